import { useGraphiQLActions } from '@graphiql/react';
import { useRef, useState } from 'react';
import type { GlassClient } from '../gaps/break-glass.ts';
import { BreakGlassPanel } from '../gaps/break-glass-panel.tsx';
import { byKind, type Contact, groupHoles, type Hole, type HoleGroup, type Outage } from '../gaps/hole.ts';
import { holeInWords, kindInWords, nameInWords } from '../gaps/hole-words.ts';
import type { Askable, Openable } from '../gaps/openable.ts';
import { RequestPanel } from '../gaps/request-panel.tsx';
import type { RequestClient } from '../gaps/requests.ts';
import type { PageCaller } from '../page/caller.ts';

/** What was answered last: who asked, and what is missing from it. */
export interface Answer {
  caller: PageCaller;
  /** Null where the answer says nothing of it, such as a refused query. */
  holes: readonly Hole[] | null;
  /** Null unless nobody is answered for now. */
  outage: Outage | null;
  /** What of it break-glass may open. */
  openable: readonly Openable[];
  /** What of it somebody of an agency decides. */
  askable: readonly Askable[];
}

interface HolesPanelProps {
  answer: Answer | null;
  /** The caller whose answers were cleared because somebody else asks now; null if there were none. */
  former: string | null;
  /** Who asks now. */
  asking: PageCaller;
  agencies: Readonly<Record<string, string>>;
  /** Opens what can be opened in an emergency. */
  glass: GlassClient;
  /** Asks agencies to decide. */
  requests: RequestClient;
}

/** Under the result: what it leaves out, why, and whom to call, by what can be done about it. */
export function HolesPanel({ answer, former, asking, agencies, glass, requests }: HolesPanelProps) {
  const { run } = useGraphiQLActions();
  const groups = groupHoles(answer?.holes ?? []);
  const role = answer?.caller.role ?? null;
  // What somebody else was answered a moment ago is no offer to who asks now.
  const own = answer?.caller.persona === asking.persona ? answer : null;
  const { height, separator } = useHeight();
  return (
    <section
      className="gaps"
      aria-label="What is missing from this answer"
      style={height === null ? {} : { height, maxHeight: 'none' }}
    >
      {separator}
      <p role="status">
        <strong>{title(answer, groups.length, former)}</strong>{' '}
        {answer ? callerInWords(answer.caller) : former && `nothing was asked as ${asking.name} yet`}
      </p>
      {answer?.outage && <Desks contacts={answer.outage.contacts} agencies={agencies} />}
      <BreakGlassPanel
        key={`glass ${asking.persona}`}
        openable={own?.openable ?? []}
        client={glass}
        onChanged={run}
      />
      <RequestPanel
        key={`requests ${asking.persona}`}
        askable={own?.askable ?? []}
        client={requests}
        agencies={agencies}
      />
      {groups.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="gap-groups" tabIndex={0} aria-label="Gaps">
          {[...byKind(groups)].map(([kind, same]) => (
            <details key={kind} className="gap-group" open={kind !== 'policy'}>
              <summary>{kindInWords(kind, same.length, role)}</summary>
              <ul>
                {same.map((hole) => (
                  <HoleItem key={JSON.stringify(hole)} hole={hole} agencies={agencies} role={role} />
                ))}
              </ul>
            </details>
          ))}
        </section>
      )}
    </section>
  );
}

/** Pixels that one press of an arrow key moves the edge of the panel. */
const STEP = 24;
const LEAST = 60;

/** The height that the reader gave the panel, null while they gave none, and the edge by which it is drawn. */
function useHeight() {
  const [height, setHeight] = useState<number | null>(null);
  const edge = useRef<HTMLHRElement>(null);
  const set = (wanted: number) => setHeight(Math.round(Math.min(Math.max(wanted, LEAST), innerHeight * 0.8)));
  const current = () => edge.current?.parentElement?.getBoundingClientRect() ?? new DOMRect();
  const separator = (
    <hr
      ref={edge}
      className="gaps-edge"
      tabIndex={0}
      aria-label="Height of the panel of gaps"
      aria-orientation="horizontal"
      aria-valuenow={height ?? 0}
      aria-valuemin={LEAST}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(current().bottom - event.clientY);
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? STEP : event.key === 'ArrowDown' ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        set(current().height + by);
      }}
    />
  );
  return { height, separator };
}

interface HoleItemProps {
  hole: HoleGroup;
  agencies: HolesPanelProps['agencies'];
  role: string | null;
}

function HoleItem({ hole, agencies, role }: HoleItemProps) {
  const { what, whose, why, where } = holeInWords(hole, agencies, role);
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
        {why}. {hole.message && `${hole.message} `}
        {hole.contact && <Call contact={hole.contact} />}
      </div>
    </li>
  );
}

function Desks({ contacts, agencies }: Pick<Outage, 'contacts'> & Pick<HolesPanelProps, 'agencies'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="gap-groups" tabIndex={0} aria-label="Whom to call">
      <ul>
        {contacts.map((contact) => (
          <li key={`${contact.agency} ${contact.desk}`}>
            <strong>{agencies[contact.agency] ?? nameInWords(contact.agency)}</strong>.{' '}
            <Call contact={contact} />
          </li>
        ))}
      </ul>
    </section>
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

function title(answer: Answer | null, count: number, former: string | null): string {
  if (answer === null && former !== null) return `The answers to ${former} were cleared:`;
  if (answer === null) return 'Gaps in the answer will be listed here';
  if (answer.outage) return answer.outage.message;
  if (answer.holes === null) return 'This answer does not say what it leaves out';
  if (count === 0) return 'No gaps named in this answer';
  return count === 1 ? '1 gap in this answer' : `${count} gaps in this answer`;
}

function callerInWords({ name, purpose, reference }: PageCaller): string {
  const parts = [name && `as ${name}`, purpose && `for ${purpose}`, reference && `on ${reference}`];
  return ['asked', ...parts.filter(Boolean)].join(' ');
}
