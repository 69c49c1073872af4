import { type FormEvent, useEffect, useRef, useState } from 'react';
import { timeInWords } from '../governance/words.ts';
import { nameInWords } from './hole-words.ts';
import type { Askable } from './openable.ts';
import type { AskedRequest, RequestClient } from './requests.ts';

const REASONS: Readonly<Record<string, string>> = {
  NOT_NECESSARY: 'it is not needed for what you asked it for',
  ANOTHER_ROUTE: 'there is another way: call them',
  LAW_EXCLUDES: 'the law or the agreement does not carry it',
  NOT_ANSWERED: 'nobody answered in time: call them',
};

interface RequestPanelProps {
  /** What of the answer somebody of an agency decides. */
  askable: readonly Askable[];
  client: RequestClient;
  agencies: Readonly<Record<string, string>>;
}

/** What of the answer an agency can be asked to decide, what it was asked, and what came of that. */
export function RequestPanel({ askable, client, agencies }: RequestPanelProps) {
  const [asked, setAsked] = useState<readonly AskedRequest[]>([]);
  const [wanted, setWanted] = useState<Askable | null>(null);
  const [problem, setProblem] = useState('');
  const nameOf = (agency: string) => agencies[agency] ?? nameInWords(agency);
  const look = async () => {
    setProblem('');
    try {
      setAsked(await client.again(asked));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  // What was permitted may be used up by what was just asked.
  const before = useRef(asked);
  before.current = asked;
  useEffect(() => {
    if (askable.length === 0 || !before.current.some(({ state }) => state === 'PERMITTED')) return;
    client.again(before.current).then(setAsked, () => {});
  }, [askable, client]);
  const stands = asked.filter(({ state }) => state !== 'USED');
  const open = askable.filter(
    (one) =>
      !asked.some(
        (other) => isSame(one, other) && (other.state === 'WAITING' || other.state === 'PERMITTED'),
      ),
  );
  return (
    <>
      {(open.length > 0 || stands.length > 0 || problem) && (
        <ul className="glass" aria-label="Decisions of agencies">
          {stands.map((one) => (
            <li key={one.id}>
              {whatOf(one)}: {standsInWords(one, nameOf(one.agency))}{' '}
              {one.state === 'WAITING' && (
                <button type="button" className="graphiql-un-styled" onClick={look}>
                  Look whether they have answered
                </button>
              )}
            </li>
          ))}
          {open.map((one) => (
            <li key={`${one.person} ${one.section} ${one.agency}`}>
              <button type="button" className="graphiql-un-styled" onClick={() => setWanted(one)}>
                Ask {nameOf(one.agency)} to decide on {whatOf(one, 'within')} …
              </button>
            </li>
          ))}
          {problem && <li role="alert">{problem}</li>}
        </ul>
      )}
      {wanted && (
        <WhyDialog
          askable={wanted}
          agency={nameOf(wanted.agency)}
          client={client}
          onAsked={(request) => {
            setAsked((all) => [...all.filter((one) => !isSame(one, request)), request]);
            setWanted(null);
          }}
          onCancel={() => setWanted(null)}
        />
      )}
    </>
  );
}

const isSame = (one: Askable, other: Askable) =>
  one.person === other.person && one.section === other.section && one.agency === other.agency;

/** "Clinical of Maya Kerr"; within a sentence "clinical of Maya Kerr". */
function whatOf({ section, name }: Askable, place: 'first' | 'within' = 'first'): string {
  const words = nameInWords(section);
  const what = place === 'within' ? words.toLowerCase() : words;
  return name ? `${what} of ${name}` : what;
}

function standsInWords({ state, reason, answerBy }: AskedRequest, agency: string): string {
  if (state === 'WAITING') return `${agency} was asked, and answers by ${timeInWords(answerBy)}.`;
  if (state === 'PERMITTED') return `${agency} lets you see it. Run the query again.`;
  return `${agency} did not give it: ${REASONS[reason ?? ''] ?? 'call them'}.`;
}

interface WhyDialogProps {
  askable: Askable;
  agency: string;
  client: RequestClient;
  onAsked: (request: AskedRequest) => void;
  onCancel: () => void;
}

/** Why it is needed, for whoever decides. */
function WhyDialog({ askable, agency, client, onAsked, onCancel }: WhyDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget).get('why') ?? '');
    setProblem('');
    setSending(true);
    try {
      onAsked(await client.ask(askable, why));
    } catch (error) {
      setProblem((error as Error).message);
      setSending(false);
    }
  };
  return (
    <dialog ref={dialog} className="glass-dialog" aria-labelledby="request-title" onClose={onCancel}>
      <form onSubmit={send}>
        <h2 id="request-title">
          Ask {agency} to decide on {whatOf(askable, 'within')}
        </h2>
        <p>
          A person there decides whether you see it, for this case alone. You are told the same whether or not
          they have anything.
        </p>
        <label>
          Why you need it, for whoever decides
          <textarea name="why" required minLength={8} maxLength={2_000} rows={4} />
        </label>
        <p role="alert">{problem}</p>
        <div>
          <button type="submit" disabled={sending}>
            Ask
          </button>
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
