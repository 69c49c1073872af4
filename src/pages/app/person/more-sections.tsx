import { useEffect, useId, useState } from 'react';
import { reasonInWords } from '../gaps/hole-words.ts';
import { AskedClock, Asking } from './asking.tsx';
import type { PersonMayAskQuery } from './generated/answers.ts';
import { useQuestion } from './question.ts';
import { useReader } from './reader.ts';
import { SectionBody, type Subject } from './section-card.tsx';
import { holesOf, type SectionData } from './section-data.ts';
import { SECTIONS, type SectionKind } from './sections.tsx';
import type { Tools } from './tools.ts';

type Grants = PersonMayAskQuery['viewer']['mayAsk'];

interface MoreSectionsProps {
  person: Subject;
  tools: Tools;
  /** What policy gives of each section; null until that is known. */
  policy: Grants | null;
  /** Grows when everything is to be asked again. */
  round: number;
  onPerson: (person: Subject) => void;
}

/** Everything else, section by section. What nobody opens is not asked, and so not disclosed. */
export function MoreSections({ policy, ...rest }: MoreSectionsProps) {
  const { subject } = useReader();
  const of = (kind: SectionKind) => policy?.filter(({ section }) => section === kind.id) ?? null;
  const isWithheld = (kind: SectionKind) => {
    const grants = of(kind);
    return grants !== null && grants.length > 0 && grants.every(({ level }) => level === null);
  };
  // Somebody who reads of themselves is not walked past everything that is never shown here.
  const last = subject ? SECTIONS.filter(isWithheld) : [];
  const first = SECTIONS.filter((kind) => !last.includes(kind));
  return (
    <section className="more" aria-labelledby="more">
      <h3 id="more">{subject ? 'More about you' : 'More'}</h3>
      <p className="quiet">
        {subject
          ? 'Open what you want to read.'
          : 'Each is asked when you open it, and stands in the register then.'}
      </p>
      {first.map((kind) => (
        <OpenedSection key={kind.id} kind={kind} grants={of(kind)} {...rest} />
      ))}
      {last.length > 0 && (
        <details className="fold">
          <summary>Not shown here to anybody about themselves</summary>
          {last.map((kind) => (
            <OpenedSection key={kind.id} kind={kind} grants={of(kind)} {...rest} />
          ))}
        </details>
      )}
    </section>
  );
}

interface OpenedSectionProps extends Omit<MoreSectionsProps, 'policy'> {
  kind: SectionKind;
  grants: Grants | null;
}

function OpenedSection({ kind, grants, person, tools, round, onPerson }: OpenedSectionProps) {
  const { subject } = useReader();
  const body = useId();
  const [open, setOpen] = useState(false);
  const question = useQuestion<{ person: Record<string, SectionData> | null }>(tools.ask, kind.document);
  const { ask, answer, asking } = question;
  const again = (after: string | null = null) => ask({ id: person.id, ...(after && { after }) });
  // Asked anew with the rest, where it was asked before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only `round` asks again
  useEffect(() => {
    if (round > 0 && answer) again();
  }, [round]);
  const title = subject ? kind.titleForSubject : kind.title;
  const data = answer?.data.person?.[kind.id];
  return (
    <div className="opened" data-open={open}>
      <h4>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          onClick={() => {
            if (!open && !answer && !asking) again();
            setOpen(!open);
          }}
        >
          <span>{title}</span>
          {grants && grants.length > 0 && !open && (
            <span className="offer">{offerInWords(grants, subject)}</span>
          )}
        </button>
      </h4>
      <div id={body} hidden={!open}>
        {answer && !asking && <AskedClock receivedAt={answer.receivedAt} again={() => again()} />}
        <Asking what={`about ${title.toLowerCase()}`} question={question} again={() => again()} />
        {answer && data && (
          <SectionBody
            id={kind.id}
            title={title}
            data={data}
            holes={holesOf(kind.id, answer.holes)}
            {...{ person, tools }}
            onChanged={() => again()}
          >
            {kind.show(data, { onPerson })}
            {kind.next?.(data) && (
              <button type="button" onClick={() => again(kind.next?.(data))}>
                Show what was before that
              </button>
            )}
          </SectionBody>
        )}
        {answer && !data && (
          <p role="alert">Nobody can be shown here any more. That does not prove that nothing is known.</p>
        )}
      </div>
    </div>
  );
}

/** What policy says of a section before anybody is asked: the same for every person. */
function offerInWords(grants: Grants, subject: boolean): string {
  const given = grants.filter(({ level }) => level !== null);
  const best = ['FULL', 'SUMMARY', 'EXISTS'].find((level) => given.some((grant) => grant.level === level));
  if (best === 'FULL') return subject ? 'can be shown' : 'may be shown';
  if (best === 'SUMMARY') return 'a summary may be shown';
  if (best === 'EXISTS') return 'whether there is anything, and whom to call';
  const reasons = grants.map(({ reason }) => reason);
  if (reasons.includes('NEEDS_BREAK_GLASS')) return 'withheld; some of it opens in an emergency';
  if (reasons.includes('NEEDS_REVIEW')) return 'withheld; the agency decides each time';
  if (reasons.includes('CONSENT_REQUIRED')) return 'withheld until they agree';
  if (subject) return 'not shown here';
  const [reason] = reasons;
  return reason ? `withheld: ${reasonInWords(reason)}` : 'withheld';
}
