import type { GraphQLFieldResolver } from 'graphql';
import type { HouseholdMember, Subject } from '../../person-index/records/types.ts';
import type { SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { MissingPerson } from './hole-error.ts';
import { openError, suppliersOf } from './section-fields.ts';
import { itemSource } from './standing-fields.ts';

type Item = Record<string, unknown>;
/** Who a member of a household is, by the very item; kept aside because items belong to the agency's answer. */
const members = new WeakMap<Item, HouseholdMember>();

/**
 * Gates every member before the list is seen: one who does not pass is not there, and not counted. The one
 * expansion from people to people; exclusions, protection and shields take away in the person index.
 */
export function gatedMembers(
  list: GraphQLFieldResolver<SectionAnswer, GatewayContext>,
): GraphQLFieldResolver<SectionAnswer, GatewayContext> {
  return async (answer, args, context, info) => {
    const items = (await list(answer, args, context, info)) as Item[];
    const origins = items.map((_, index) => context.ledger.originOf(info.path, index));
    const gated = new Map<Item, HouseholdMember>();
    const gate = async (agency: string) => {
      const known = items.filter((item, index) => origins[index] === agency && itemSource(item).otherPerson);
      const records = known.map((item) => itemSource(item).otherPerson as string);
      const answers = await context.subjects.household(answer.subject, agency, records);
      for (const [index, item] of known.entries()) gated.set(item, answers[index] ?? 'GONE');
    };
    // All at once, so that the person index looks for all of them together.
    await Promise.all([...new Set(origins)].map(gate));
    const kept = items
      .map((item, index) => ({ item, agency: origins[index] ?? '' }))
      .filter(({ item }) => gated.get(item) !== 'GONE');
    // As where there was nobody to begin with: whom the gate took away must not turn "not known" into "none".
    const { open } = suppliersOf('members', answer);
    if (kept.length === 0 && open) throw openError(open, 'members', answer, context, info);
    for (const { item } of kept) members.set(item, gated.get(item) ?? 'UNLINKED');
    context.ledger.addOrigin(
      info.path,
      kept.map(({ agency }) => agency),
    );
    return kept.map(({ item }) => item);
  };
}

/** Resolves `RelatedPerson.person`: the person, or null with an error where the index has nobody for this member. */
export const resolveRelatedPerson: GraphQLFieldResolver<Item, GatewayContext> = (
  item,
  _args,
  context,
  info,
): Subject => {
  const member = members.get(item);
  if (member && typeof member === 'object') {
    context.ledger.addPerson(info.path, member);
    return member;
  }
  const agency = context.ledger.locate(info.path)?.agency ?? null;
  throw new MissingPerson(
    'This member of the household is not linked to a person here. They may still be known.',
    {
      reason: 'NO_LINKED_RECORD',
      agency,
      section: 'household',
      contact: agency && context.agencies.contact(agency, null, context.now),
    },
  );
};
