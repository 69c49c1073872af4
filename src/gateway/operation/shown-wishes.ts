import type { Actor } from '../../acts/actor.ts';
import type { Concern, ConcernKind } from '../../acts/wishes/concerns.ts';
import type { Consent } from '../../acts/wishes/consents.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { isSubject } from './wishes.ts';

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
  const own = mayGovern ? consent.agencies.find(({ agency }) => agency === caller.organisation) : undefined;
  const confirmed = own ? own.confirmed : consent.agencies.some((one) => one.confirmed);
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
    ownRecords: own?.records ?? [],
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
