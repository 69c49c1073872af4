/** What consents, objections and mistakes have in common, as a caller meets them. */
import { GraphQLError } from 'graphql';
import type { KeptFrom } from '../../acts/page.ts';
import type { Subject } from '../../person-index/records/types.ts';
import { SUBJECT } from '../../sharing/policy/policies.ts';
import type { GatewayContext } from '../request/context.ts';
import { referenceOf } from './acts.ts';
import { refusedAct } from './register-entries.ts';

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
