import type { GraphQLFieldResolver } from 'graphql';
import { type AgencyAnswer, type SectionAnswer, sectionState } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { HELPERS } from '../request/prune.ts';
import { type SectionSelection, scopeOfSelection } from '../request/selection.ts';

type Resolver = GraphQLFieldResolver<SectionAnswer, GatewayContext>;

export const resolveState: Resolver = (answer) =>
  sectionState([...answer.agencies.values()].map((one) => one.state));

export const resolveSources: Resolver = (answer, _args, context) =>
  [...answer.agencies.values()].map((one) => sourceAnswer(one, answer.selection, context));

/** `SourceAnswer` of the public schema. */
function sourceAnswer(answer: AgencyAnswer, { fields }: SectionSelection, context: GatewayContext) {
  const { agency, state, level, reason, decision, asOf, retrievedAt, beside } = answer;
  return {
    agency: publicAgency(agency, context),
    state,
    level,
    reason,
    scope: scopeOfSelection(
      decision,
      fields.some((field) => field.filtered),
    ),
    message: [beside, decision.message].filter(Boolean).join(' ') || null,
    contact: context.agencies.contact(agency, decision.desk, context.now),
    asOf,
    retrievedAt,
  };
}

/** What the gateway asked of an item for itself, beside what the query asked. */
interface ItemSource {
  record: string;
  asOf?: string | null;
  otherPerson?: string | null;
}

export function itemSource(item: Readonly<Record<string, unknown>>): ItemSource {
  const source = item[HELPERS.source] as ItemSource | undefined;
  if (!source) throw new Error('An item came without the record that it is from');
  return source;
}

/** Resolves `source` of an item: whose it is follows from the place in the list, never from the item itself. */
export const resolveSource: GraphQLFieldResolver<Record<string, unknown>, GatewayContext> = (
  item,
  _args,
  context,
  info,
) => {
  const { agency, answer } = context.ledger.locate(info.path) ?? {};
  if (!agency || !answer) throw new Error('An item stands in no list that this request has assembled');
  const { record, asOf } = itemSource(item);
  return {
    agency: publicAgency(agency, context),
    record: context.subjects.recordToken(agency, record, answer.subject),
    asOf: asOf ?? null,
  };
};
