import type { SectionDecision } from '../../sharing/policy/types.ts';
import type { AnswerReason } from '../../states.ts';
import type { GatewayContext } from './context.ts';

/** What somebody in another role may know and pass on: what needs another's act, and not what is kept from whoever asks for good. */
const PASSED_ON: ReadonlySet<AnswerReason | null> = new Set<AnswerReason>([
  'NEEDS_REVIEW',
  'NEEDS_BREAK_GLASS',
]);

export const mayBePassedOn = (reason: AnswerReason | null): boolean => PASSED_ON.has(reason);

/** The roles that an organisation's staff may hold at this purpose: which of them somebody on a log has, the log does not say. */
export function rolesAt(organisation: string, { policies, purpose }: GatewayContext): readonly string[] {
  const asserting = policies.purposes.get(purpose ?? '')?.roles ?? [];
  return asserting.filter((role) => policies.roles.get(role)?.organisations.includes(organisation));
}

/**
 * Who on the caller's own reference may know what is withheld from them, in words; null where nobody may. From the reference's
 * log and from policy alone, so that it is the same whoever is asked about, and whatever there is.
 */
export async function whoMayKnow(
  { agency, section, reason }: SectionDecision,
  context: GatewayContext,
): Promise<string | null> {
  if (!mayBePassedOn(reason)) return null;
  const { beside, standing } = await context.subjects.standing();
  const organisations = new Set(beside.map((one) => one.organisation));
  for (const organisation of context.agencies.ids.filter((id) => organisations.has(id)))
    for (const role of rolesAt(organisation, context)) {
      const caller = { role, organisation, site: null };
      const question = {
        caller,
        purpose: context.purpose ?? '',
        relationship: 'VERIFIED' as const,
        standing,
      };
      if (context.decisionsOf(question).section(agency, section).level === null) continue;
      const title = context.policies.roles.get(role)?.title ?? role;
      const { name } = context.agencies.get(organisation).adapter;
      return `Ask the ${title.charAt(0).toLowerCase()}${title.slice(1)} of ${name} beside you.`;
    }
  return null;
}
