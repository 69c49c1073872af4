import { useCallback, useEffect, useRef, useState } from 'react';
import { groupHoles } from '../gaps/hole.ts';
import { dayInWords, yearsOf } from './ages.ts';
import { AskedClock, Asking } from './asking.tsx';
import { Call, PhoneSign, telephone } from './call.tsx';
import { callFirst } from './call-first.ts';
import { MAY_ASK, NOW } from './documents.ts';
import type { PersonMayAskQuery, PersonNowQuery } from './generated/answers.ts';
import { MoreSections } from './more-sections.tsx';
import { type Answer, useQuestion } from './question.ts';
import { useReader } from './reader.ts';
import { SectionBody, SectionCard, type Subject } from './section-card.tsx';
import { holesOf } from './section-data.ts';
import {
  day,
  Fact,
  Facts,
  FromSource,
  Item,
  Items,
  inWords,
  professional,
  since,
  until,
} from './telling.tsx';
import type { Tools } from './tools.ts';

interface PersonViewProps {
  person: Subject;
  tools: Tools;
  onPerson: (person: Subject) => void;
  onLeave: () => void;
}

type Now = NonNullable<PersonNowQuery['person']>;

/** Somebody: who is involved and whom to call first, warnings, the plan for a crisis; then the rest, as it is opened. */
export function PersonView({ person, tools, onPerson, onLeave }: PersonViewProps) {
  const { subject } = useReader();
  const now = useQuestion<PersonNowQuery>(tools.ask, NOW);
  const policy = useQuestion<PersonMayAskQuery>(tools.ask, MAY_ASK);
  const [round, setRound] = useState(0);
  const askNow = now.ask;
  const askPolicy = policy.ask;
  const again = useCallback(() => {
    askNow({ id: person.id });
    setRound((before) => before + 1);
  }, [askNow, person.id]);
  useEffect(() => askNow({ id: person.id }), [askNow, person.id]);
  // What is needed at once goes first, alone on a slow line.
  const first = now.answer !== null || now.problem !== '';
  useEffect(() => {
    if (first) askPolicy({});
  }, [first, askPolicy]);
  const found = now.answer?.data.person ?? null;
  return (
    <main className="person">
      <PersonHeader person={person} found={found}>
        {now.answer && <AskedClock receivedAt={now.answer.receivedAt} />}
      </PersonHeader>
      <Asking
        what={subject ? 'what is held about you' : 'who is involved, what to watch for and what helps'}
        question={now}
        again={again}
      />
      {now.answer && !found && <NotThere answer={now.answer} />}
      {now.answer && found && (
        <NeededNow found={found} answer={now.answer} {...{ person, tools }} onChanged={again} />
      )}
      {first && (found || !now.answer) && (
        <MoreSections
          key={person.id}
          round={round}
          policy={policy.answer?.data.viewer.mayAsk ?? null}
          {...{ person, tools, onPerson }}
        />
      )}
      <PersonActs {...{ found, again, onLeave }} asking={now.asking} />
    </main>
  );
}

interface PersonActsProps {
  found: Now | null;
  asking: boolean;
  again: () => void;
  onLeave: () => void;
}

/** What is done most, where a thumb is. */
function PersonActs({ found, asking, again, onLeave }: PersonActsProps) {
  const { purpose, organisation, subject } = useReader();
  const [first] = callFirst(found?.involvements.items ?? [], purpose, organisation);
  const phone = first?.contact?.phone;
  return (
    <nav className="person-acts" aria-label="What to do">
      {phone && !subject && (
        <a
          className="tap primary"
          href={telephone(phone)}
          aria-label={`Call first: ${first.contact?.desk}, ${phone}`}
        >
          <PhoneSign /> Call first
        </a>
      )}
      <button type="button" onClick={again} disabled={asking}>
        Ask again
      </button>
      <button type="button" onClick={onLeave}>
        {subject ? 'Close' : 'Search'}
      </button>
    </nav>
  );
}

interface PersonHeaderProps {
  person: Subject;
  found: Now | null;
  children: React.ReactNode;
}

/** Who it is: what is compared with the person in front of one, before anything is relied on. */
function PersonHeader({ person, found, children }: PersonHeaderProps) {
  const { now } = useReader();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody else is another page to whoever hears it
  useEffect(() => heading.current?.focus(), [person.id]);
  const { dateOfBirth, dateOfBirthAccuracy, sex, deceased } = found?.identity ?? {};
  const years = dateOfBirth ? yearsOf(dateOfBirth, now) : null;
  const warnings = [
    ...new Set(found?.warningMarkers.items?.map(({ type }) => inWords(type)?.toLowerCase() ?? 'other')),
  ];
  const roughly =
    dateOfBirthAccuracy && dateOfBirthAccuracy !== 'EXACT' ? inWords(dateOfBirthAccuracy) : null;
  return (
    <header className="who-is-it">
      {children}
      <h2 ref={heading} tabIndex={-1}>
        {found?.identity.name ?? person.name ?? 'This person'}
      </h2>
      {found && (
        <p>
          {[
            dateOfBirth ? `born ${dayInWords(dateOfBirth)}` : 'date of birth not shown',
            years !== null && deceased !== true && `${years} years`,
            roughly && `date: ${roughly.toLowerCase()}`,
            inWords(sex)?.toLowerCase(),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {deceased === true && <p className="say">A record says that this person has died.</p>}
      {warnings.length > 0 && (
        <p className="warned">
          <button type="button" className="link" onClick={goToWarnings}>
            Warnings: {warnings.join(', ')}
          </button>
        </p>
      )}
    </header>
  );
}

function goToWarnings() {
  const heading = document.getElementById('section-warningMarkers')?.querySelector('h3');
  heading?.scrollIntoView();
  heading?.focus();
}

/** The person cannot be shown any more: said in the same way whatever the reason is. */
function NotThere({ answer }: { answer: Answer<PersonNowQuery> }) {
  const [hole] = groupHoles(answer.holes);
  return (
    <div className="failed" role="alert">
      <p>
        <strong>Nobody can be shown here on this reference.</strong> That does not prove that nothing is
        known. Search again, or call.
      </p>
      {hole?.contact && <Call contact={hole.contact} />}
    </div>
  );
}

const TIES: Readonly<Record<string, string>> = {
  VERIFIED: 'Tied to your reference.',
  CLAIMED:
    'Not yet tied to your reference: that you looked stands in the register as a claim, and is reviewed.',
  UNVERIFIED:
    'Your tie to this person could not be checked now. Only what agencies allow in that case is shown.',
  NONE: 'Your reference does not tie you to this person.',
};

interface NeededNowProps {
  found: Now;
  answer: Answer<PersonNowQuery>;
  person: Subject;
  tools: Tools;
  onChanged: () => void;
}

function NeededNow({ found, answer, person, tools, onChanged }: NeededNowProps) {
  const { subject } = useReader();
  const of = (id: string) => ({ id, holes: holesOf(id, answer.holes), person, tools, onChanged });
  const { identity, involvements, warningMarkers, crisisPlan, domesticAbuse } = found;
  return (
    <>
      {!subject && found.relationship !== 'VERIFIED' && <p className="tie">{TIES[found.relationship]}</p>}
      {identity.differs && identity.differs.length > 0 && <Disagreement identity={identity} />}
      {!subject && domesticAbuse.seeAlone === true && (
        <p className="say">See them alone: do not ask about home in front of anybody.</p>
      )}
      <SectionCard
        {...of('involvements')}
        title={subject ? 'Who is involved with you' : 'Who is involved'}
        data={involvements}
      >
        <Involved items={involvements.items} />
      </SectionCard>
      <SectionCard
        {...of('warningMarkers')}
        title={subject ? 'Warnings about you' : 'Warnings'}
        data={warningMarkers}
      >
        <Items field="items" items={warningMarkers.items}>
          {({ type, guidance, detail, from, reviewDate, overdue, source }, at) => (
            <Item
              key={at}
              title={inWords(type) ?? 'A warning'}
              facts={[
                since(from),
                overdue === true && 'review overdue',
                reviewDate && `review due ${dayInWords(reviewDate)}`,
              ]}
              source={source}
            >
              {guidance && <p className="text">{guidance}</p>}
              {detail && <p className="text">{detail}</p>}
            </Item>
          )}
        </Items>
      </SectionCard>
      {!subject && domesticAbuse.seeAlone !== true && (
        <SectionCard {...of('domesticAbuse')} title="Whether to see them alone" data={domesticAbuse}>
          <Facts>
            <Fact
              term="To be seen alone"
              field="seeAlone"
              value={domesticAbuse.seeAlone === false ? 'None of those who answered says so' : null}
              none="Nobody says"
            />
          </Facts>
        </SectionCard>
      )}
      <SectionCard
        {...of('crisisPlan')}
        title={subject ? 'Your crisis plan' : 'Crisis plan'}
        data={crisisPlan}
      >
        <CrisisPlan plan={crisisPlan} />
      </SectionCard>
      <details className="fold">
        <summary>{subject ? 'Your names on record' : 'Names and dates of birth on record'}</summary>
        <SectionBody {...of('identity')} title="On record" data={identity}>
          <Items field="records" items={identity.records}>
            {({ name, dateOfBirth, sex, kind, source }, at) => (
              <Item
                key={at}
                title={name ?? 'Name not shown'}
                facts={[inWords(kind), dateOfBirth && `born ${dayInWords(dateOfBirth)}`, inWords(sex)]}
                source={source}
              />
            )}
          </Items>
        </SectionBody>
      </details>
    </>
  );
}

/** What agencies do not agree on, side by side, with whose word it is. */
function Disagreement({ identity }: { identity: Now['identity'] }) {
  const fields = identity.differs ?? [];
  return (
    <section className="card disagree" aria-labelledby="disagree">
      <h3 id="disagree">Agencies do not agree</h3>
      <p>
        On the {fields.map((field) => inWords(field)?.toLowerCase()).join(', ')}. Check with the person who it
        is.
      </p>
      <ul className="items">
        {identity.records?.map(({ name, dateOfBirth, sex, source }, at) => (
          <Item
            // biome-ignore lint/suspicious/noArrayIndexKey: records have no other number here
            key={at}
            title={name ?? 'Name not shown'}
            facts={[day(dateOfBirth) && `born ${day(dateOfBirth)}`, inWords(sex)]}
            source={source}
          />
        ))}
      </ul>
    </section>
  );
}

type Involvement = NonNullable<Now['involvements']['items']>[number];

/** Whom to call first, and below it everybody else who is involved, each with a call in one tap. */
function Involved({ items }: { items: Now['involvements']['items'] }) {
  const { purpose, organisation, subject } = useReader();
  const inOrder = items && callFirst(items, purpose, organisation);
  return (
    <Items field="items" items={inOrder}>
      {(one, at) =>
        at === 0 || subject ? (
          <Item
            key={at}
            title={`${subject ? '' : 'Call first: '}${serviceOf(one)}`}
            facts={sinceWhen(one)}
            source={one.source}
          >
            <Calls of={one} />
          </Item>
        ) : (
          <li key={at} className="item brief">
            <details>
              <summary>
                <strong>{serviceOf(one)}</strong> <span className="quiet">{sinceWhen(one)[0]}</span>
                {one.contact?.staffedNow === false && <span className="closed"> · closed now</span>}
              </summary>
              <Calls of={one} />
              <p className="source">
                <FromSource source={one.source} />
              </p>
            </details>
            {one.contact?.phone && (
              <a
                className="tap"
                href={telephone(one.contact.phone)}
                aria-label={`Call ${one.contact.desk}, ${one.contact.phone}`}
              >
                <PhoneSign />
              </a>
            )}
          </li>
        )
      }
    </Items>
  );
}

const serviceOf = ({ service, serviceName }: Involvement) => inWords(service) ?? serviceName ?? 'A service';

const sinceWhen = (one: Involvement) => [
  [inWords(one.status)?.toLowerCase(), since(one.from), until(one.to)].filter(Boolean).join(' '),
  one.serviceName !== one.source.agency.name && one.serviceName !== serviceOf(one) && one.serviceName,
];

/** Of one service: its desk, and who leads there. */
function Calls({ of: { contact, lead } }: { of: Involvement }) {
  const leads = lead && `Lead: ${professional(lead)}`;
  return (
    <>
      {contact && <Call contact={contact} />}
      {lead &&
        (lead.phone ? <Call contact={{ desk: '', phone: lead.phone }} name={leads ?? ''} /> : <p>{leads}</p>)}
    </>
  );
}

function CrisisPlan({ plan }: { plan: Now['crisisPlan'] }) {
  const { subject } = useReader();
  return (
    <Facts>
      <Fact term="What helps" field="whatHelps" value={plan.whatHelps} />
      <Fact term="What to avoid" field="avoid" value={plan.avoid} />
      <Fact term="What sets it off" field="triggers" value={plan.triggers} />
      <Fact
        term={subject ? 'What you agreed to share' : 'What they agreed to share'}
        field="sharedExtract"
        value={plan.sharedExtract}
      />
      <Fact
        term={subject ? 'Whom you want called' : 'Whom they want called'}
        field="contacts"
        value={
          plan.contacts && plan.contacts.length > 0
            ? plan.contacts.map(({ value }) => value).join(', ')
            : null
        }
      />
      <Fact term="To be reviewed" field="reviewDate" value={day(plan.reviewDate)} />
    </Facts>
  );
}
