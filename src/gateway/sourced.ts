import type { GraphQLFieldResolver } from 'graphql';
import type { GatewayContext } from './context.ts';
import { HELPERS } from './prune.ts';
import { publicAgency } from './public-agency.ts';

/** What the gateway asked of an item for itself, beside what the query asked. */
export interface ItemSource {
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
  const agency = context.ledger.locate(info.path)?.agency;
  if (!agency) throw new Error('An item stands in no list that this request has assembled');
  const { record, asOf } = itemSource(item);
  return {
    agency: publicAgency(agency, context),
    record: context.subjects.recordToken(agency, record),
    asOf: asOf ?? null,
  };
};
