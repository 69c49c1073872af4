import { nameInWords } from '../gaps/hole-words.ts';
import { ActForm, Choice, Options, Words } from './act-form.tsx';
import { Card } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { PagedList } from './pages.tsx';
import { type Asker, askerInWords, timeInWords, untilInWords } from './words.ts';

const REQUESTS = /* GraphQL */ `query Requests($state: DisclosureRequestState, $after: ID) {
  disclosureRequests(state: $state, first: 20, after: $after) {
    items {
      id
      state
      section
      agency { id }
      why
      reference
      askedBy { name role organisation }
      askedAt
      answerBy
      decidedAt
      reason
      note
      level
      usesLeft
      until
      ownRecords
    }
    next
  }
}
`;
const DECIDE = /* GraphQL */ `mutation Decide($id: ID!, $verdict: DisclosureVerdict!, $reason: NotGivenReason, $level: SharingLevel, $uses: Int, $note: String!) {
  decideDisclosure(id: $id, verdict: $verdict, reason: $reason, level: $level, uses: $uses, note: $note) { id }
}
`;

interface DisclosureRequest {
  id: string;
  state: 'WAITING' | 'PERMITTED' | 'NOT_GIVEN' | 'USED';
  section: string;
  agency: { id: string };
  why: string;
  reference: string;
  askedBy: Asker;
  askedAt: string;
  answerBy: string;
  decidedAt: string | null;
  reason: string | null;
  note: string | null;
  level: string | null;
  usesLeft: number | null;
  until: string | null;
  ownRecords: readonly string[];
}

const STATES: Readonly<Record<DisclosureRequest['state'], string>> = {
  WAITING: 'Waiting',
  PERMITTED: 'Permitted',
  USED: 'Used',
  NOT_GIVEN: 'Not given',
};
const REASONS: Readonly<Record<string, string>> = {
  NOT_NECESSARY: 'It is not necessary',
  ANOTHER_ROUTE: 'There is another route',
  LAW_EXCLUDES: 'The law excludes it',
};

/** What others ask to be shown, that somebody of your agency decides each time. */
export function RequestsTab({ ask, organisation, agencies }: PartProps) {
  return (
    <PagedList<DisclosureRequest>
      {...{ ask, query: REQUESTS, states: STATES, none: 'No requests of this kind.' }}
      show={(request, again) => (
        <Card
          key={request.id}
          title={`${nameInWords(request.section)}, of ${agencies[request.agency.id] ?? nameInWords(request.agency.id)}`}
          state={STATES[request.state]}
          waits={request.state === 'WAITING'}
          facts={{
            'Asked by': askerInWords(request.askedBy, agencies),
            When: timeInWords(request.askedAt),
            On: request.reference,
            Why: request.why,
            'Your records': request.ownRecords.join(', ') || null,
            'Answer by': `${timeInWords(request.answerBy)} (${untilInWords(request.answerBy, Date.now())})`,
            Decided: request.decidedAt && timeInWords(request.decidedAt),
            Reason: request.reason && nameInWords(request.reason),
            Note: request.note,
            'Shown at most': request.level && nameInWords(request.level),
            'Times left': request.usesLeft === null ? null : String(request.usesLeft),
            Until: request.until && timeInWords(request.until),
          }}
        >
          {request.state === 'WAITING' && request.agency.id === organisation && (
            <Decision id={request.id} ask={ask} onDone={again} />
          )}
        </Card>
      )}
    />
  );
}

function Decision({ id, ask, onDone }: Pick<PartProps, 'ask'> & { id: string; onDone: () => void }) {
  return (
    <ActForm
      title="Decide"
      does="Record the decision"
      send={({ verdict = '', level, uses, note }) =>
        ask(
          DECIDE,
          verdict === 'PERMIT'
            ? { id, verdict, level, uses: Number(uses), note }
            : { id, verdict: 'DENY', reason: verdict, note },
        )
      }
      onDone={onDone}
    >
      <Choice
        label="Your decision"
        name="verdict"
        options={{
          PERMIT: 'It is shown',
          ...Object.fromEntries(
            Object.entries(REASONS).map(([reason, words]) => [reason, `Not shown: ${words}`]),
          ),
        }}
      />
      <label>
        If it is shown: at most
        <select name="level" defaultValue="SUMMARY">
          <Options of={{ EXISTS: 'That there is something', SUMMARY: 'A summary', FULL: 'All of it' }} />
        </select>
      </label>
      <label>
        If it is shown: how many times
        <input name="uses" type="number" min={1} max={20} defaultValue={1} required />
      </label>
      <Words label="Note (kept by your agency)" name="note" />
    </ActForm>
  );
}
