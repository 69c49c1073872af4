import { nameInWords } from '../gaps/hole-words.ts';
import { ActForm, Choice, Words } from './act-form.tsx';
import { Card } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { PagedList } from './pages.tsx';
import { askerInWords, fieldInWords, listInWords, timeInWords, untilInWords } from './words.ts';

const BREAK_GLASS = /* GraphQL */ `query BreakGlass($state: BreakGlassState, $after: ID) {
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
const REVIEW = /* GraphQL */ `mutation Review($id: ID!, $finding: BreakGlassFinding!, $personTold: PersonTold!, $why: String!) {
  reviewBreakGlass(id: $id, finding: $finding, personTold: $personTold, why: $why) { id }
}
`;
const CONFIRM = /* GraphQL */ `mutation Confirm($id: ID!, $present: Boolean!, $why: String!) {
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

const STATES: Readonly<Record<Glass['state'], string>> = {
  OPEN: 'Open now',
  AWAITING_REVIEW: 'Awaiting review',
  OVERDUE: 'Overdue',
  REVIEWED: 'Reviewed',
};

/** What was opened in an emergency: to be confirmed by the organisation that asked, and reviewed by the one whose data it was. */
export function BreakGlassTab({ ask, organisation, agencies }: PartProps) {
  return (
    <>
      <p>
        Each time somebody opened what is given in an emergency only. Your agency reviews what was opened of
        its own data; your organisation confirms what its own staff opened.
      </p>
      <PagedList<Glass>
        {...{ ask, query: BREAK_GLASS, states: STATES, none: 'Nothing of this kind.' }}
        show={(glass, again) => (
          <GlassCard key={glass.id} {...{ glass, organisation, agencies, ask }} onDone={again} />
        )}
      />
    </>
  );
}

interface GlassCardProps extends Omit<PartProps, 'purposesOf' | 'role'> {
  glass: Glass;
  onDone: () => void;
}

function GlassCard({ glass, organisation, agencies, ask, onDone }: GlassCardProps) {
  const { id, openedBy, reviews } = glass;
  const owner = glass.agencies.some((agency) => agency.id === organisation);
  const last = reviews.filter(({ agency }) => agency.id === organisation).at(-1);
  const toReview = owner && (!last || last.finding === 'MORE_NEEDED');
  const toConfirm = openedBy.organisation === organisation && glass.confirmed === null;
  return (
    <Card
      title={listInWords(glass.fields.map(fieldInWords))}
      state={STATES[glass.state]}
      waits={glass.state === 'OPEN' || glass.state === 'OVERDUE'}
      facts={{
        'Opened by': askerInWords(openedBy, agencies),
        When: `${timeInWords(glass.openedAt)} to ${timeInWords(glass.endsAt)}`,
        On: `${glass.reference} (tie to the person: ${nameInWords(glass.relationship).toLowerCase()})`,
        Ground: nameInWords(glass.ground),
        'The person': nameInWords(glass.personsView),
        Account: glass.statement ?? 'Told to agencies that hold something of this person alone.',
        'Your records': glass.ownRecords.join(', ') || null,
        ...Object.fromEntries(
          reviews.map(({ agency, finding, personTold, why, at }) => [
            `Review by ${agencies[agency.id] ?? nameInWords(agency.id)}, ${timeInWords(at)}`,
            `${nameInWords(finding)}; person told: ${nameInWords(personTold).toLowerCase()}. ${why ?? ''}`,
          ]),
        ),
        Confirmed: { null: null, true: 'They were there', false: 'They were not there' }[
          `${glass.confirmed}`
        ],
      }}
    >
      {toReview && (
        <ActForm
          title={`Review, by ${timeInWords(glass.reviewBy)} (${untilInWords(glass.reviewBy, Date.now())})`}
          does="Record the review"
          send={(written) => ask(REVIEW, { id, ...written })}
          onDone={onDone}
        >
          <Choice
            label="Was it needed?"
            name="finding"
            options={{
              JUSTIFIED: 'Yes: justified',
              NOT_JUSTIFIED: 'No: a breach is recorded',
              MORE_NEEDED: 'More must be known first',
            }}
          />
          <Choice
            label="Is the person told?"
            name="personTold"
            options={{ YES: 'Yes', LATER: 'Later', NOT_SAFE: 'It would not be safe' }}
          />
          <Words label="Why (kept by your agency)" name="why" />
        </ActForm>
      )}
      {toConfirm && (
        <ActForm
          title={`Confirm, by ${timeInWords(glass.confirmBy)} (${untilInWords(glass.confirmBy, Date.now())})`}
          does="Record the confirmation"
          send={({ present, why }) => ask(CONFIRM, { id, why, present: present === 'yes' })}
          onDone={onDone}
        >
          <Choice
            label={`Was ${openedBy.name ?? 'whoever opened it'} there?`}
            name="present"
            options={{ yes: 'Yes, our own log says so', no: 'No' }}
          />
          <Words label="How it is known" name="why" />
        </ActForm>
      )}
    </Card>
  );
}
