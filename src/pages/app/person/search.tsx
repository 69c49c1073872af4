import { type FormEvent, useEffect, useRef, useState } from 'react';
import { groupHoles, type Hole } from '../gaps/hole.ts';
import { holeInWords } from '../gaps/hole-words.ts';
import { dayInWords, yearsOf } from './ages.ts';
import { AskedClock, Asking } from './asking.tsx';
import { Call } from './call.tsx';
import { FIND, FIND_BY_NUMBER } from './documents.ts';
import type { FindPersonByNumberQuery, FindPersonQuery } from './generated/answers.ts';
import { useQuestion } from './question.ts';
import { useReader } from './reader.ts';
import type { Subject } from './section-card.tsx';
import { StateMark } from './state-mark.tsx';
import { inWords } from './telling.tsx';
import type { Tools } from './tools.ts';

/** What was typed of somebody. Kept while the same person works, and by nobody longer. */
export interface Typed {
  by: 'name' | 'number';
  familyName: string;
  givenName: string;
  dateOfBirth: string;
  postcode: string;
  system: string;
  number: string;
}
export const NOTHING_TYPED: Typed = {
  by: 'name',
  ...{ familyName: '', givenName: '', dateOfBirth: '', postcode: '', system: 'NHS_NUMBER', number: '' },
};

const SYSTEMS: Readonly<Record<string, string>> = {
  NHS_NUMBER: 'NHS number',
  UPN: 'Unique pupil number',
  NINO: 'National Insurance number',
  PNC: 'PNC id',
  CRN: 'Probation CRN',
};

interface SearchProps {
  tools: Tools;
  typed: Typed;
  onTyped: (typed: Typed) => void;
  onFound: (person: Subject) => void;
  /** Why nothing can be asked yet; empty where it can. */
  missing: string;
}

/** Finds somebody by what is known of them; what was looked at is said beside every outcome. */
export function Search({ tools, typed, onTyped, onFound, missing }: SearchProps) {
  const { subject } = useReader();
  const byName = useQuestion<FindPersonQuery>(tools.ask, FIND);
  const byNumber = useQuestion<FindPersonByNumberQuery>(tools.ask, FIND_BY_NUMBER);
  const [asked, setAsked] = useState<Typed | null>(null);
  const find = (what: Typed) => {
    setAsked(what);
    if (what.by === 'number') {
      byName.giveUp();
      byNumber.ask({ system: what.system, value: what.number.trim() });
    } else {
      byNumber.giveUp();
      byName.ask({ by: searchOf(what) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing) find(typed);
  };
  const set = (part: Partial<Typed>) => onTyped({ ...typed, ...part });
  const question = asked?.by === 'number' ? byNumber : byName;
  return (
    <main className="search">
      <h2>{subject ? 'Your own record' : 'Find a person'}</h2>
      {subject && <p>So that we show the right record, type your name and your date of birth.</p>}
      <form onSubmit={submit} aria-label={subject ? 'Who you are' : 'Find a person'}>
        {!subject && (
          <fieldset className="ways">
            <legend>By</legend>
            <label>
              <input
                type="radio"
                name="by"
                checked={typed.by === 'name'}
                onChange={() => set({ by: 'name' })}
              />
              name
            </label>
            <label>
              <input
                type="radio"
                name="by"
                checked={typed.by === 'number'}
                onChange={() => set({ by: 'number' })}
              />
              a number of theirs
            </label>
          </fieldset>
        )}
        {typed.by === 'name' ? (
          <>
            <Field label="Family name" value={typed.familyName} set={(familyName) => set({ familyName })} />
            <Field label="Given name" value={typed.givenName} set={(givenName) => set({ givenName })} />
            <Field
              label="Date of birth"
              type="date"
              value={typed.dateOfBirth}
              set={(dateOfBirth) => set({ dateOfBirth })}
            />
            {!subject && (
              <Field label="Postcode" value={typed.postcode} set={(postcode) => set({ postcode })} />
            )}
          </>
        ) : (
          <>
            <label>
              Which number
              <select value={typed.system} onChange={({ target }) => set({ system: target.value })}>
                {Object.entries(SYSTEMS).map(([system, words]) => (
                  <option key={system} value={system}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            <Field label="Number" value={typed.number} set={(number) => set({ number })} />
          </>
        )}
        {missing && <p className="say">{missing}</p>}
        <button type="submit" className="primary" disabled={missing !== ''}>
          {subject ? 'Show my record' : 'Search'}
        </button>
      </form>
      {asked && <Asking what={`for ${inWordsOf(asked)}`} question={question} again={() => find(asked)} />}
      {asked && question.answer && !question.asking && (
        <section className="outcome" aria-label="What was found">
          <AskedClock receivedAt={question.answer.receivedAt} again={() => find(asked)} />
          {asked.by === 'name' && byName.answer ? (
            <Outcome
              found={byName.answer.data.findPeople}
              holes={byName.answer.holes}
              {...{ asked, onFound }}
            />
          ) : (
            byNumber.answer && (
              <ByNumber
                person={byNumber.answer.data.personByIdentifier}
                holes={byNumber.answer.holes}
                {...{ asked, onFound }}
              />
            )
          )}
        </section>
      )}
    </main>
  );
}

interface FieldProps {
  label: string;
  type?: string;
  value: string;
  set: (value: string) => void;
}

function Field({ label, type = 'text', value, set }: FieldProps) {
  return (
    <label>
      {label}
      <input
        type={type}
        value={value}
        onChange={({ target }) => set(target.value)}
        autoComplete="off"
        autoCapitalize={type === 'text' ? 'words' : undefined}
        autoCorrect="off"
        spellCheck={false}
        max={type === 'date' ? new Date().toISOString().slice(0, 10) : undefined}
      />
    </label>
  );
}

function searchOf({ familyName, givenName, dateOfBirth, postcode }: Typed): Record<string, string> {
  const given = { familyName, givenName, dateOfBirth, postcode };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
  );
}

/** "Maya Kerr, born 14 Mar 2002". */
function inWordsOf({ by, system, number, ...typed }: Typed): string {
  if (by === 'number') return `${SYSTEMS[system] ?? system} ${number}`;
  const name = [typed.givenName, typed.familyName].filter(Boolean).join(' ');
  return [
    name,
    typed.dateOfBirth && `born ${dayInWords(typed.dateOfBirth)}`,
    typed.postcode && `at ${typed.postcode}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const HEADINGS: Readonly<Record<string, string>> = {
  MATCH: 'Found',
  POSSIBLE_MATCH: 'Somebody may fit, but not surely enough to show',
  MANY_MATCH: 'Several people fit, so nobody is shown',
  NO_MATCH: 'Nobody found whom you may see. They may still be known',
  TOO_BROAD: 'Not enough to go on',
};

interface OutcomeProps {
  found: FindPersonQuery['findPeople'];
  holes: readonly Hole[];
  asked: Typed;
  onFound: (person: Subject) => void;
}

function Outcome({ found: { outcome, message, contacts, people }, holes, asked, onFound }: OutcomeProps) {
  const heading = useFocus<HTMLHeadingElement>();
  const notLooked = holes.filter(({ path }) => path.length === 1);
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {HEADINGS[outcome] ?? inWords(outcome)}
      </h3>
      <p>{message}</p>
      <p className="quiet">Searched for: {inWordsOf(asked)}.</p>
      {people.map((match) => (
        <Match key={match.person.id} {...match} onFound={onFound} />
      ))}
      <NotLooked holes={notLooked} />
      {outcome !== 'MATCH' && (
        <>
          <h4>Call somebody who may know</h4>
          <ul className="desks">
            {whoAnswersFirst(contacts).map((contact) => (
              <li key={contact.desk}>
                <Call contact={contact} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type Desks = FindPersonQuery['findPeople']['contacts'];

/** Desks where somebody answers at this hour before those where nobody does. */
function whoAnswersFirst(contacts: Desks): Desks {
  const rank = (staffed: boolean | null) => (staffed === true ? 0 : staffed === false ? 2 : 1);
  return contacts.toSorted((one, other) => rank(one.staffedNow) - rank(other.staffedNow));
}

/** Agencies that were not looked at: without them "nobody found" says less than it seems to. */
function NotLooked({ holes }: { holes: readonly Hole[] }) {
  const { agencies, role } = useReader();
  if (holes.length === 0) return null;
  return (
    <>
      <h4>Not looked at</h4>
      <ul className="gap-list">
        {groupHoles(holes).map((hole) => {
          const { whose, why } = holeInWords(hole, agencies, role);
          return (
            <li key={JSON.stringify(hole)} data-state={hole.state}>
              <p>
                <StateMark state={hole.state} /> <strong>{whose}</strong>
              </p>
              <p className="why">{why}. People whom only they know are not found.</p>
              {hole.contact && <Call contact={hole.contact} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}

type MatchProps = FindPersonQuery['findPeople']['people'][number] & { onFound: OutcomeProps['onFound'] };

/** Somebody who fits: who it is, and why it is thought so, to be checked before anything is opened. */
function Match({ person, confidence, agreesOn, differsOn, explanation, onFound }: MatchProps) {
  const { name } = person.identity;
  return (
    <PersonCard person={person} onFound={onFound}>
      <p>
        {confidence === 'CONFIRMED' ? 'Sure, by a number of theirs.' : 'Probable: check it with the person.'}{' '}
        {agreesOn.length > 0 && `Agrees: ${explanation.join(', ') || list(agreesOn)}.`}
      </p>
      {differsOn.length > 0 && (
        <p className="say">
          Differs from what you typed: {list(differsOn)}. {name ? `Is it ${name}?` : ''}
        </p>
      )}
    </PersonCard>
  );
}

const list = (fields: readonly string[]) => fields.map((field) => inWords(field)?.toLowerCase()).join(', ');

type Found = NonNullable<FindPersonByNumberQuery['personByIdentifier']>;

function PersonCard({
  person: { id, identity },
  onFound,
  children,
}: {
  person: Found;
  onFound: OutcomeProps['onFound'];
  children?: React.ReactNode;
}) {
  const { now, subject } = useReader();
  const { name, dateOfBirth, sex, deceased, differs } = identity;
  const years = dateOfBirth ? yearsOf(dateOfBirth, now) : null;
  return (
    <article className="card match">
      <h4>{name ?? 'Name not shown'}</h4>
      <p>
        {[
          dateOfBirth ? `born ${dayInWords(dateOfBirth)}` : 'date of birth not shown',
          years !== null && deceased !== true && `${years} years`,
          inWords(sex)?.toLowerCase(),
          deceased === true && 'a record says they have died',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {differs && differs.length > 0 && <p className="say">Agencies do not agree on the {list(differs)}.</p>}
      {children}
      <button type="button" className="primary" onClick={() => onFound({ id, name })}>
        {subject ? 'Open your record' : `Open ${name ?? 'this person'}`}
      </button>
    </article>
  );
}

interface ByNumberProps {
  person: FindPersonByNumberQuery['personByIdentifier'];
  holes: readonly Hole[];
  asked: Typed;
  onFound: OutcomeProps['onFound'];
}

function ByNumber({ person, holes, asked, onFound }: ByNumberProps) {
  const heading = useFocus<HTMLHeadingElement>();
  const contact = groupHoles(holes)[0]?.contact;
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {person ? HEADINGS.MATCH : HEADINGS.NO_MATCH}
      </h3>
      <p className="quiet">Searched for: {inWordsOf(asked)}.</p>
      {person ? (
        <PersonCard person={person} onFound={onFound} />
      ) : (
        <>
          <p>
            Not known by this number, not tied to your reference, or not to be shown: it is said in the same
            way. Try the name and date of birth as well.
          </p>
          {contact && <Call contact={contact} />}
        </>
      )}
    </>
  );
}

/** Where whoever hears the page goes on. */
function useFocus<Element extends HTMLElement>() {
  const element = useRef<Element>(null);
  useEffect(() => element.current?.focus(), []);
  return element;
}
