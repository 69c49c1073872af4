import { GraphQLError } from 'graphql';
import type { Actor } from '../../../acts/act.ts';
import type { KeptFrom } from '../../../acts/page.ts';
import type { Concern, ConcernKind } from '../../../acts/wishes/concerns.ts';
import type { Consent } from '../../../acts/wishes/consents.ts';
import type { Subject } from '../../../person-index/records/types.ts';
import { SUBJECT } from '../../../sharing/policy/policies.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { refusedAct } from '../register-entries.ts';
import { referenceOf } from './acts.ts';

export type QueueState = 'WAITING' | 'UPHELD' | 'NOT_UPHELD' | 'CORRECTED' | 'NOT_CORRECTED';

/** How a concern stands, by what its agency answered. */
export const CONCERN_STATES = {
  OBJECTION: { waiting: 'WAITING', agreed: 'UPHELD', 'not agreed': 'NOT_UPHELD' },
  MISTAKE: { waiting: 'WAITING', agreed: 'CORRECTED', 'not agreed': 'NOT_CORRECTED' },
} as const satisfies Record<ConcernKind, Record<'waiting' | 'agreed' | 'not agreed', QueueState>>;

/** What the person reads in place of what staff wrote: whoever holds their phone reads it too. */
const EVIDENCE_FOR_PERSON = 'Ask the organisation that recorded it how it was evidenced.';

/** `Consent` of the public schema, as this caller may see it. */
export function publicConsent(consent: Consent, context: GatewayContext) {
  const { caller, mayGovern } = context;
  const toPerson = isSubject(context);
  const ownAgency = mayGovern
    ? consent.agencies.find(({ agency }) => agency === caller.organisation)
    : undefined;
  const confirmed = ownAgency ? ownAgency.confirmed : consent.agencies.some((one) => one.confirmed);
  return {
    id: consent.id,
    purpose: consent.purpose,
    to: publicAgency(consent.to, context),
    confirmed,
    evidence: toPerson ? EVIDENCE_FOR_PERSON : consent.evidence,
    recordedBy: toPerson ? withoutName(consent.recordedBy) : publicActor(consent.recordedBy),
    recordedAt: consent.recordedAt.toISOString(),
    until: consent.until,
    withdrawnAt: consent.withdrawnAt?.toISOString() ?? null,
    reference: toPerson ? null : consent.reference,
    agencies: context.agencies.ids
      .filter((id) => consent.agencies.some(({ agency }) => agency === id))
      .map((id) => publicAgency(id, context)),
    confirmBy: wholeSecond(consent.confirmBy),
    ownRecords: ownAgency?.records ?? [],
  };
}

/** `Objection` or `Mistake` of the public schema, to who raised it or to an officer of the agency. */
export function publicConcern(concern: Concern, context: GatewayContext) {
  const states = CONCERN_STATES[concern.kind];
  const answer = concern.agreed ? states.agreed : states['not agreed'];
  return {
    id: concern.id,
    state: concern.agreed === null ? states.waiting : answer,
    section: concern.section,
    field: concern.field,
    agency: publicAgency(concern.agency, context),
    at: concern.at.toISOString(),
    answerBy: wholeSecond(concern.answerBy),
    fromPerson: concern.bySubject,
    why: concern.why,
    recordedBy: publicActor(concern.raisedBy),
    ownRecords: context.mayGovern ? concern.records : [],
    ownRow: context.mayGovern ? concern.row : null,
  };
}

const publicActor = ({ issuer: _, staff: __, ...asker }: Actor) => asker;
const withoutName = (actor: Actor) => ({ ...publicActor(actor), sub: null, name: null, site: null });

/** Dates that end with a day end with a whole second, and are written as one. */
const wholeSecond = (date: Date): string => date.toISOString().replace('.000Z', 'Z');

/** The person themselves, or whoever holds their phone. */
export const isSubject = ({ caller }: Pick<GatewayContext, 'caller'>): boolean =>
  caller.role === SUBJECT.role;

/** Of a list for an officer, the people from whom that officer is kept. */
export const listedFor =
  ({ subjects }: GatewayContext): KeptFrom =>
  (people) =>
    subjects.keptFrom(people);

/**
 * Somebody whom the caller sees and whom the reference ties; null where they see nobody. Throws where they see the person by
 * their own word alone, or the issuing system cannot say: then nothing is recorded of what the person is said to want.
 */
export async function tiedPerson(id: string, what: string, context: GatewayContext): Promise<Subject | null> {
  const [subject] = await context.subjects.byIds([id]);
  if (!subject) {
    context.ledger.refusals += 1;
    return null;
  }
  if (subject.relationship === 'VERIFIED') return subject;
  const reason = 'RELATIONSHIP_UNVERIFIED';
  await context.record([refusedAct(context, context.policies.version, what, reason, subject)]);
  const [issuer = ''] = referenceOf(context).split(':');
  throw new GraphQLError(
    'It needs a reference that is live, that you are on, and that ties the person to it. Call the desk.',
    {
      extensions: {
        ...{ code: 'WITHHELD', reason, agency: null, section: null },
        contact: context.agencies.has(issuer) ? context.agencies.contact(issuer, null, context.now) : null,
      },
    },
  );
}
