import { useEffect, useRef, useState } from 'react';
import { ActDialog } from './act-dialog.tsx';
import { nameInWords } from './hole-words.ts';
import type { Askable } from './openable.ts';
import type { AskedRequest, RequestClient } from './requests.ts';

const TIME = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});
const timeInWords = (instant: string) => TIME.format(new Date(instant));

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
  /** An agency has permitted something: what is shown is to be asked again. Left out where the reader does that. */
  onChanged?: () => void;
}

/** What of the answer an agency can be asked to decide, what it was asked, and what came of that. */
export function RequestPanel({ askable, client, agencies, onChanged }: RequestPanelProps) {
  const [asked, setAsked] = useState<readonly AskedRequest[]>([]);
  const [wanted, setWanted] = useState<Askable | null>(null);
  const [problem, setProblem] = useState('');
  const nameOf = (agency: string) => agencies[agency] ?? nameInWords(agency);
  const look = async () => {
    setProblem('');
    try {
      const now = await client.again(asked);
      setAsked(now);
      if (now.some(({ state }) => state === 'PERMITTED')) onChanged?.();
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
  if (state === 'PERMITTED') return `${agency} lets you see it. Ask again.`;
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
  return (
    <ActDialog
      title={`Ask ${agency} to decide on ${whatOf(askable, 'within')}`}
      does="Ask"
      onCancel={onCancel}
      send={async ({ why = '' }) => onAsked(await client.ask(askable, why))}
    >
      <p>
        A person there decides whether you see it, for this case alone. You are told the same whether or not
        they have anything.
      </p>
      <label>
        Why you need it, for whoever decides
        <textarea name="why" required minLength={8} maxLength={2_000} rows={4} />
      </label>
    </ActDialog>
  );
}
