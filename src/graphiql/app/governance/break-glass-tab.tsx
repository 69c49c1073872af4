import { type FormEvent, useState } from 'react';
import type { Ask } from '../ask.ts';
import { nameInWords } from '../hole-words.ts';
import type { PartProps } from './governance-page.tsx';
import { useAct, useAnswer } from './use-answer.ts';
import { fieldInWords, listInWords, timeInWords, untilInWords } from './words.ts';

export const BREAK_GLASS = /* GraphQL */ `query BreakGlass($state: BreakGlassState, $after: ID) {
  breakGlassGrants(state: $state, first: 20, after: $after) {
    items {
      id
      state
      fields
      ground
      personsView
      statement
      relationship
      reference
      openedBy { name role organisation }
      openedAt
      endsAt
      ownRecords
      agencies { id }
      reviewBy
      reviews { agency { id } finding personTold why by at }
      confirmBy
      confirmed
    }
    next
  }
}
`;
export const REVIEW = /* GraphQL */ `mutation Review($id: ID!, $finding: BreakGlassFinding!, $personTold: PersonTold!, $why: String!) {
  reviewBreakGlass(id: $id, finding: $finding, personTold: $personTold, why: $why) { id }
}
`;
export const CONFIRM = /* GraphQL */ `mutation Confirm($id: ID!, $present: Boolean!, $why: String!) {
  confirmBreakGlass(id: $id, present: $present, why: $why) { id }
}
`;

interface Glass {
  id: string;
  state: 'OPEN' | 'AWAITING_REVIEW' | 'REVIEWED' | 'OVERDUE';
  fields: readonly string[];
  ground: string;
  personsView: string;
  statement: string | null;
  relationship: string;
  reference: string;
  openedBy: { name: string | null; role: string; organisation: string };
  openedAt: string;
  endsAt: string;
  ownRecords: readonly string[];
  agencies: readonly { id: string }[];
  reviewBy: string;
  reviews: readonly {
    agency: { id: string };
    finding: string;
    personTold: string;
    why: string | null;
    by: string | null;
    at: string;
  }[];
  confirmBy: string;
  confirmed: boolean | null;
}
interface Grants {
  breakGlassGrants: { items: readonly Glass[]; next: string | null };
}

const STATES: Readonly<Record<string, string>> = {
  '': 'All',
  OPEN: 'Open now',
  AWAITING_REVIEW: 'Awaiting review',
  OVERDUE: 'Overdue',
  REVIEWED: 'Reviewed',
};
const STATE_WORDS: Readonly<Record<Glass['state'], string>> = {
  OPEN: 'Open now',
  AWAITING_REVIEW: 'Awaiting review',
  OVERDUE: 'Overdue',
  REVIEWED: 'Reviewed',
};

/** What was opened in an emergency: to be confirmed by the organisation that asked, and reviewed by the one whose data it was. */
export function BreakGlassTab({ ask, organisation, agencies }: PartProps) {
  const [state, setState] = useState('');
  const [after, setAfter] = useState<string | null>(null);
  const { data, problem, again } = useAnswer<Grants>(ask, BREAK_GLASS, { state: state || null, after });
  return (
    <>
      <p>
        Each time somebody opened what is given in an emergency only. Your agency reviews what was opened of
        its own data; your organisation confirms what its own staff opened.
      </p>
      <label>
        Show
        <select
          value={state}
          onChange={({ target }) => {
            setAfter(null);
            setState(target.value);
          }}
        >
          {Object.entries(STATES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <p role="alert">{problem}</p>
      {data && data.breakGlassGrants.items.length === 0 && <p>Nothing of this kind.</p>}
      <ul className="cards">
        {data?.breakGlassGrants.items.map((glass) => (
          <li key={glass.id}>
            <GlassCard {...{ glass, organisation, agencies, ask }} onDone={again} />
          </li>
        ))}
      </ul>
      {data?.breakGlassGrants.next && (
        <button type="button" onClick={() => setAfter(data.breakGlassGrants.next)}>
          Earlier ones
        </button>
      )}
    </>
  );
}

interface GlassCardProps extends PartProps {
  glass: Glass;
  onDone: () => void;
}

function GlassCard({ glass, organisation, agencies, ask, onDone }: GlassCardProps) {
  const named = (agency: string) => agencies[agency] ?? nameInWords(agency);
  const { openedBy } = glass;
  const mine = openedBy.organisation === organisation;
  const owner = glass.agencies.some(({ id }) => id === organisation);
  const last = glass.reviews.filter(({ agency }) => agency.id === organisation).at(-1);
  const toReview = owner && (!last || last.finding === 'MORE_NEEDED');
  const toConfirm = mine && glass.confirmed === null;
  return (
    <article aria-labelledby={`glass-${glass.id}`}>
      <h3 id={`glass-${glass.id}`}>
        {listInWords(glass.fields.map(fieldInWords))}
        <span className={`state ${glass.state.toLowerCase()}`}>{STATE_WORDS[glass.state]}</span>
      </h3>
      <dl>
        <Fact
          term="Opened by"
          is={`${openedBy.name ?? 'somebody'}, ${nameInWords(openedBy.role).toLowerCase()}, ${named(openedBy.organisation)}`}
        />
        <Fact term="When" is={`${timeInWords(glass.openedAt)} to ${timeInWords(glass.endsAt)}`} />
        <Fact term="On" is={`${glass.reference} (tie to the person: ${nameInWords(glass.relationship)})`} />
        <Fact term="Ground" is={nameInWords(glass.ground)} />
        <Fact term="The person" is={nameInWords(glass.personsView)} />
        <Fact
          term="Account"
          is={glass.statement ?? 'Told to agencies that hold something of this person alone.'}
        />
        {glass.ownRecords.length > 0 && <Fact term="Your records" is={glass.ownRecords.join(', ')} />}
        {glass.reviews.map((review) => (
          <Fact
            key={`${review.agency.id} ${review.at}`}
            term={`Review by ${named(review.agency.id)}`}
            is={`${nameInWords(review.finding)}; person told: ${nameInWords(review.personTold)}. ${review.why ?? ''}`}
          />
        ))}
        {glass.confirmed !== null && (
          <Fact term="Confirmed" is={glass.confirmed ? 'They were there' : 'They were not there'} />
        )}
      </dl>
      {toReview && <ReviewForm {...{ glass, ask, onDone }} />}
      {toConfirm && <ConfirmForm {...{ glass, ask, onDone }} />}
    </article>
  );
}

export function Fact({ term, is }: { term: string; is: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{is}</dd>
    </div>
  );
}

interface FormProps {
  glass: Glass;
  ask: Ask;
  onDone: () => void;
}

function ReviewForm({ glass, ask, onDone }: FormProps) {
  const { act, problem, acting } = useAct();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = Object.fromEntries(new FormData(event.currentTarget));
    void act(async () => {
      await ask(REVIEW, { id: glass.id, ...written });
      onDone();
    });
  };
  return (
    <form onSubmit={send}>
      <h4>
        Review, by {timeInWords(glass.reviewBy)} ({untilInWords(glass.reviewBy, Date.now())})
      </h4>
      <label>
        Was it needed?
        <select name="finding" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          <option value="JUSTIFIED">Yes: justified</option>
          <option value="NOT_JUSTIFIED">No: a breach is recorded</option>
          <option value="MORE_NEEDED">More must be known first</option>
        </select>
      </label>
      <label>
        Is the person told?
        <select name="personTold" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          <option value="YES">Yes</option>
          <option value="LATER">Later</option>
          <option value="NOT_SAFE">It would not be safe</option>
        </select>
      </label>
      <label>
        Why (kept by your agency)
        <textarea name="why" required rows={3} maxLength={2_000} />
      </label>
      <p role="alert">{problem}</p>
      <button type="submit" disabled={acting}>
        Record the review
      </button>
    </form>
  );
}

function ConfirmForm({ glass, ask, onDone }: FormProps) {
  const { act, problem, acting } = useAct();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    void act(async () => {
      await ask(CONFIRM, {
        id: glass.id,
        present: written.get('present') === 'yes',
        why: written.get('why'),
      });
      onDone();
    });
  };
  return (
    <form onSubmit={send}>
      <h4>
        Confirm, by {timeInWords(glass.confirmBy)} ({untilInWords(glass.confirmBy, Date.now())})
      </h4>
      <label>
        Was {glass.openedBy.name ?? 'whoever opened it'} there?
        <select name="present" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          <option value="yes">Yes, our own log says so</option>
          <option value="no">No</option>
        </select>
      </label>
      <label>
        How it is known
        <textarea name="why" required rows={3} maxLength={2_000} />
      </label>
      <p role="alert">{problem}</p>
      <button type="submit" disabled={acting}>
        Record the confirmation
      </button>
    </form>
  );
}
