import { type ReactNode, useId } from 'react';
import { hasData } from '../../../client/section.ts';
import { BreakGlassPanel } from '../gaps/break-glass-panel.tsx';
import { ConsentPanel } from '../gaps/consent-panel.tsx';
import { byKind, groupHoles, type Hole, type HoleGroup, type HoleGroupKind } from '../gaps/hole.ts';
import { holeInWords, kindInWords } from '../gaps/hole-words.ts';
import { askableIn, openableIn } from '../gaps/openable.ts';
import { RequestPanel } from '../gaps/request-panel.tsx';
import { WishesPanel } from '../gaps/wishes-panel.tsx';
import { ageInWords, dayInWords } from './ages.ts';
import { Call } from './call.tsx';
import { meaningOf } from './marks.ts';
import { useReader } from './reader.ts';
import type { SectionData, SourceData } from './section-data.ts';
import { StateMark } from './state-mark.tsx';
import { TellingContext } from './telling.tsx';
import type { Tools } from './tools.ts';

/** Of whom the page speaks. */
export interface Subject {
  /** Their id on the caller's reference. */
  id: string;
  name: string | null;
}

interface SectionCardProps {
  id: string;
  title: string;
  data: SectionData;
  /** The section's own. */
  holes: readonly Hole[];
  person: Subject;
  tools: Tools;
  /** Something was opened, decided or recorded: ask again. */
  onChanged: () => void;
  /** What is shown of it; not drawn where nothing is. */
  children: ReactNode;
}

/** A section: how it stands, what it says, what is missing with the next step for each, and who was asked. */
export function SectionCard(props: SectionCardProps) {
  const { id, title, data, children } = props;
  const { subject } = useReader();
  const heading = useId();
  return (
    <section id={`section-${id}`} className="card" data-state={data.state} aria-labelledby={heading}>
      <h3 id={heading} tabIndex={-1}>
        {title} <StateMark state={data.state} subject={subject} />
      </h3>
      <SectionBody {...props} marked>
        {children}
      </SectionBody>
    </section>
  );
}

interface SectionBodyProps extends SectionCardProps {
  /** Whether its heading says already how it stands. */
  marked?: boolean;
}

/** The same without its heading, for where it has one already. */
export function SectionBody(props: SectionBodyProps) {
  const { id, data, holes, person, tools, onChanged, children, marked = false } = props;
  const { subject } = useReader();
  const { state, sources } = data;
  return (
    <TellingContext value={{ holes, sources }}>
      {!(marked && state === 'DISCLOSED') && (
        <p className="standing">
          {!marked && <StateMark state={state} subject={subject} />}
          {state !== 'DISCLOSED' && <span className="means">{meaningOf(state, subject)}</span>}
        </p>
      )}
      {hasData(data) && children}
      <Gaps holes={holes} folded={hasData(data)} />
      <Acts {...{ id, holes, person, tools, onChanged }} />
      <Sources sources={sources} />
      {hasData(data) && id !== 'timeline' && (
        <WishesPanel {...{ person, data, subject }} section={id} client={tools.wishes} />
      )}
    </TellingContext>
  );
}

/** What is missing, by what can be done about it. */
function Gaps({ holes, folded }: { holes: readonly Hole[]; folded: boolean }) {
  const { agencies, role } = useReader();
  const kinds = byKind(groupHoles(holes));
  return [...kinds].map(([kind, same]) => {
    const words = kindInWords(kind, same.length, role);
    return folded && (kind === 'policy' || kind === 'not found') ? (
      <details key={kind} className="fold">
        <summary>
          {words}
          {kind === 'not found' && `: ${namesOf(same, agencies)}`}
        </summary>
        <GapList holes={same} kind={kind} words={words} />
      </details>
    ) : (
      <GapList key={kind} holes={same} kind={kind} words={words} />
    );
  });
}

const namesOf = (holes: readonly HoleGroup[], agencies: Readonly<Record<string, string>>) =>
  [...new Set(holes.map(({ agency }) => (agency ? (agencies[agency] ?? agency) : 'no agency')))].join(', ');

function GapList({
  holes,
  kind,
  words,
}: {
  holes: readonly HoleGroup[];
  kind: HoleGroupKind;
  words: string;
}) {
  return (
    <ul className="gap-list" aria-label={words}>
      {holes.map((hole) => (
        <Gap key={JSON.stringify(hole)} hole={hole} kind={kind} />
      ))}
    </ul>
  );
}

function Gap({ hole, kind }: { hole: HoleGroup; kind: HoleGroupKind }) {
  const { agencies, role, subject } = useReader();
  const { whose, why, where } = holeInWords(hole, agencies, role);
  const colon = why.indexOf(': ');
  return (
    <li data-state={hole.state}>
      <p>
        <StateMark state={hole.state} subject={subject} /> {where && `${fieldsInWords(where)} · `}
        <strong>{whose || 'No agency'}</strong>
        {colon === -1 ? '.' : `: ${why.slice(colon + 2)}.`} {hole.message && <strong>{hole.message}</strong>}
      </p>
      {hole.contact && (
        <Call contact={kind === 'policy' ? { ...hole.contact, advice: null } : hole.contact} />
      )}
    </li>
  );
}

/** `whatHelps, items.0.detail` → "what helps, detail". */
const fieldsInWords = (where: string) =>
  where
    .split(', ')
    .map((field) =>
      field
        .replace(/^items\./, '')
        .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase(),
    )
    .join(', ');

type ActsProps = Pick<SectionCardProps, 'id' | 'holes' | 'person' | 'tools' | 'onChanged'>;

/** What whoever reads it can set going: break-glass, a decision of the agency, a consent. */
function Acts({ holes, person, tools, onChanged }: ActsProps) {
  const { agencies, purpose, role } = useReader();
  const answer = { data: { person: { id: person.id, identity: { name: person.name } } } };
  const needsConsent = holes.some(({ reason }) => reason === 'CONSENT_REQUIRED');
  return (
    <div className="acts">
      <BreakGlassPanel openable={openableIn(answer, holes)} client={tools.glass} onChanged={onChanged} />
      <RequestPanel
        askable={askableIn(answer, holes)}
        client={tools.requests}
        agencies={agencies}
        onChanged={onChanged}
      />
      {needsConsent && role !== 'data-subject' && (
        <ConsentPanel
          person={person}
          purpose={purpose}
          client={tools.consents}
          agencies={agencies}
          onChanged={onChanged}
        />
      )}
    </div>
  );
}

const LEVELS: Readonly<Record<string, string>> = {
  FULL: 'in full',
  SUMMARY: 'a summary',
  EXISTS: 'only whether there is anything, and whom to call',
};

/** Who was asked, what each said, and of when that is. */
function Sources({ sources }: { sources: readonly SourceData[] }) {
  if (sources.length === 0) return null;
  return (
    <details className="fold">
      <summary>Sources, and how old they are</summary>
      <ul className="source-list">
        {sources.map((source) => (
          <SourceRow key={source.agency.id} source={source} />
        ))}
      </ul>
    </details>
  );
}

function SourceRow({ source: { agency, state, level, scope, message, asOf } }: { source: SourceData }) {
  const { now, subject } = useReader();
  const said = [
    state === 'DISCLOSED' && level && LEVELS[level],
    scope && `asked: ${scope}`,
    asOf && `as of ${dayInWords(asOf)}, ${ageInWords(asOf, now)}`,
    message,
  ].filter(Boolean);
  return (
    <li data-state={state}>
      <p>
        <StateMark state={state} subject={subject} /> <strong>{agency.name}</strong>
      </p>
      {said.length > 0 && <p className="quiet">{said.join(' · ')}</p>}
    </li>
  );
}
