import type { Caller } from './caller.ts';
import { type Contact, groupHoles, type Hole, type HoleGroup } from './hole.ts';
import { holeInWords } from './hole-words.ts';

/** What was answered last: who asked, and what is missing from it. */
export interface Answer {
  caller: Caller;
  /** Null where the answer says nothing of it, such as a refused query. */
  holes: readonly Hole[] | null;
}

interface HolesPanelProps {
  answer: Answer | null;
  agencies: Readonly<Record<string, string>>;
}

/** Under the result: what it leaves out, why, and whom to call. */
export function HolesPanel({ answer, agencies }: HolesPanelProps) {
  const groups = groupHoles(answer?.holes ?? []);
  return (
    <section className="holes" aria-label="What is missing from this answer">
      <details open>
        <summary>
          <span role="status">
            <strong>{title(answer, groups.length)}</strong> {answer && asked(answer.caller)}
          </span>
        </summary>
        {groups.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <ul tabIndex={0} aria-label="Gaps">
            {groups.map((hole) => (
              <HoleItem key={JSON.stringify(hole)} hole={hole} agencies={agencies} />
            ))}
          </ul>
        )}
      </details>
    </section>
  );
}

function HoleItem({ hole, agencies }: { hole: HoleGroup; agencies: HolesPanelProps['agencies'] }) {
  const { what, whose, why, where } = holeInWords(hole, agencies);
  return (
    <li data-state={hole.state} title={hole.paths.join('\n')}>
      <div>
        <span>
          <strong>{what}</strong>
          {whose && ` · ${whose}`}
        </span>{' '}
        <code>{where}</code>
      </div>
      <div>
        {why}. {hole.contact && <Call contact={hole.contact} />}
      </div>
    </li>
  );
}

function Call({ contact }: { contact: Contact }) {
  const { desk, phone, email, hours, staffedNow, advice } = contact;
  const when = [hours, staffedNow === false && 'closed now'].filter(Boolean).join(', ');
  return (
    <>
      Call {desk}
      {phone && ' '}
      {phone && <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>}
      {!phone && email && ' '}
      {!phone && email && <a href={`mailto:${email}`}>{email}</a>}
      {when && ` (${when})`}.{advice && ` ${advice}`}
    </>
  );
}

function title(answer: Answer | null, count: number): string {
  if (answer === null) return 'Gaps in the answer will be listed here';
  if (answer.holes === null) return 'This answer does not say what it leaves out';
  if (count === 0) return 'No gaps named in this answer';
  return count === 1 ? '1 gap in this answer' : `${count} gaps in this answer`;
}

function asked({ name, purpose, reference }: Caller): string {
  const parts = [name && `as ${name}`, purpose && `for ${purpose}`, reference && `on ${reference}`];
  return ['asked', ...parts.filter(Boolean)].join(' ');
}
