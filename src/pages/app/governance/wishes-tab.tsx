import { nameInWords } from '../gaps/hole-words.ts';
import { ActForm, Choice, Words } from './act-form.tsx';
import { Card } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { PagedList } from './pages.tsx';
import { type Asker, askerInWords, dateInWords, timeInWords, untilInWords } from './words.ts';

const OBJECTIONS = /* GraphQL */ `query Objections($state: QueueState, $after: ID) {
  objections(state: $state, first: 20, after: $after) {
    items { id state section agency { id } at answerBy fromPerson why recordedBy { name role organisation } ownRecords }
    next
  }
}
`;
const DECIDE_OBJECTION = /* GraphQL */ `mutation DecideObjection($id: ID!, $upheld: Boolean!, $why: String!) {
  decideObjection(id: $id, upheld: $upheld, why: $why) { id }
}
`;
const MISTAKES = /* GraphQL */ `query Mistakes($state: QueueState, $after: ID) {
  mistakes(state: $state, first: 20, after: $after) {
    items { id state section field agency { id } at answerBy fromPerson why recordedBy { name role organisation } ownRecords ownRow }
    next
  }
}
`;
const ANSWER_MISTAKE = /* GraphQL */ `mutation AnswerMistake($id: ID!, $corrected: Boolean!, $why: String!) {
  answerMistake(id: $id, corrected: $corrected, why: $why) { id }
}
`;
const CONSENTS = /* GraphQL */ `query ConsentsToConfirm($after: ID) {
  consentsToConfirm(first: 20, after: $after) {
    items { id purpose to { id } evidence recordedBy { name role organisation } recordedAt until reference confirmBy ownRecords }
    next
  }
}
`;
const CONFIRM_CONSENT = /* GraphQL */ `mutation ConfirmConsent($id: ID!) {
  confirmConsent(id: $id) { id }
}
`;

interface Queued {
  id: string;
  state: string;
  section: string;
  agency: { id: string };
  at: string;
  answerBy: string;
  fromPerson: boolean;
  why: string;
  recordedBy: Asker;
  ownRecords: readonly string[];
}
interface Consent {
  id: string;
  purpose: string;
  to: { id: string };
  evidence: string;
  recordedBy: Asker;
  recordedAt: string;
  until: string | null;
  reference: string | null;
  confirmBy: string;
  ownRecords: readonly string[];
}

const OBJECTION_STATES = { WAITING: 'Waiting', UPHELD: 'Upheld', NOT_UPHELD: 'Not upheld' };
const MISTAKE_STATES = { WAITING: 'Waiting', CORRECTED: 'Corrected', NOT_CORRECTED: 'Not corrected' };

/** What people wish of their own data, and what somebody found wrong in it. */
export function WishesTab({ ask, organisation, agencies }: PartProps) {
  const mine = ({ state, agency }: Queued) => state === 'WAITING' && agency.id === organisation;
  const facts = (one: Queued) => ({
    'Held by': agencies[one.agency.id] ?? nameInWords(one.agency.id),
    'Written down by': one.fromPerson
      ? 'The person’s own login: speak to the person first'
      : askerInWords(one.recordedBy, agencies),
    When: timeInWords(one.at),
    Why: one.why,
    'Your records': one.ownRecords.join(', ') || null,
    'Answer by':
      one.state === 'WAITING'
        ? `${timeInWords(one.answerBy)} (${untilInWords(one.answerBy, Date.now())})`
        : null,
  });
  return (
    <>
      <h3>Objections</h3>
      <PagedList<Queued>
        {...{ ask, query: OBJECTIONS, states: OBJECTION_STATES, none: 'No objections of this kind.' }}
        show={(one, again) => (
          <Card
            key={one.id}
            title={nameInWords(one.section)}
            state={nameInWords(one.state)}
            waits={one.state === 'WAITING'}
            facts={facts(one)}
          >
            {mine(one) && (
              <ActForm
                title="Decide"
                does="Record the decision"
                send={({ upheld, why }) =>
                  ask(DECIDE_OBJECTION, { id: one.id, upheld: upheld === 'yes', why })
                }
                onDone={again}
              >
                <Choice
                  label="Is it upheld?"
                  name="upheld"
                  options={{ yes: 'Yes: it stays unshared', no: 'No: it is shared again' }}
                />
                <Words label="Why" name="why" />
              </ActForm>
            )}
          </Card>
        )}
      />
      <h3>Mistakes</h3>
      <PagedList<Queued & { field: string; ownRow: string | null }>
        {...{ ask, query: MISTAKES, states: MISTAKE_STATES, none: 'No mistakes of this kind.' }}
        show={(one, again) => (
          <Card
            key={one.id}
            title={`${nameInWords(one.section)}: ${nameInWords(one.field).toLowerCase()}`}
            state={nameInWords(one.state)}
            waits={one.state === 'WAITING'}
            facts={{ ...facts(one), 'Your own row': one.ownRow }}
          >
            {mine(one) && (
              <ActForm
                title="Answer"
                does="Record the answer"
                send={({ corrected, why }) =>
                  ask(ANSWER_MISTAKE, { id: one.id, corrected: corrected === 'yes', why })
                }
                onDone={again}
              >
                <Choice
                  label="Is it corrected in your own system?"
                  name="corrected"
                  options={{ yes: 'Yes', no: 'No: it is right as it is' }}
                />
                <Words label="Why" name="why" />
              </ActForm>
            )}
          </Card>
        )}
      />
      <h3>Consents to confirm</h3>
      <PagedList<Consent>
        {...{ ask, query: CONSENTS, none: 'No consent waits for your word.' }}
        show={(consent, again) => (
          <Card
            key={consent.id}
            title={`${nameInWords(consent.purpose)}, to ${agencies[consent.to.id] ?? nameInWords(consent.to.id)}`}
            state={null}
            facts={{
              'Recorded by': askerInWords(consent.recordedBy, agencies),
              When: timeInWords(consent.recordedAt),
              'How evidenced': consent.evidence,
              Until: consent.until && dateInWords(consent.until),
              On: consent.reference,
              'Your records': consent.ownRecords.join(', ') || null,
              'Confirm by': `${timeInWords(consent.confirmBy)} (${untilInWords(consent.confirmBy, Date.now())})`,
            }}
          >
            <ActForm
              title="Confirm"
              does="Confirm the consent"
              send={() => ask(CONFIRM_CONSENT, { id: consent.id })}
              onDone={again}
            >
              <p>You have asked the person, or seen what they signed.</p>
            </ActForm>
          </Card>
        )}
      />
    </>
  );
}
