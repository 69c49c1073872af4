import {
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
} from 'graphql';
import { isoInLondon } from '../../../adapters/contract.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { isUnreadable } from '../sections/hole-error.ts';
import { itemSource } from '../sections/standing-fields.ts';
import { type Event, momentOf } from './events.ts';

type Resolver = GraphQLFieldResolver<Event, GatewayContext>;

/** Fields of `TimelineItem`. What could not be read comes back as it is, for the hole in its place. */
export const TIMELINE_ITEM: Readonly<Record<string, Resolver>> = {
  date: ({ item, list }) => {
    const date = item[list.date];
    if (typeof date !== 'string') return date ?? null;
    const moment = momentOf(date);
    return date.length > 'YYYY-MM-DD'.length || moment === null ? date : isoInLondon(moment);
  },
  section: ({ answer }) => answer.section.name,
  title: ({ item, list }) => inWords(item, list.item, list.title),
  detail: ({ item, list }) => (list.detail === null ? null : inWords(item, list.item, list.detail)),
  source: ({ item, agency, answer }, _args, context) => {
    const { record, asOf } = itemSource(item);
    return {
      agency: publicAgency(agency, context),
      record: context.subjects.recordToken(agency, record, answer.subject),
      asOf: asOf ?? null,
    };
  },
};

/**
 * A field of an item in words: a value of an enum by its description in the vocabulary, a coded one by its text, several one after the
 * other. What could not be read stays what stands in its place; null for nothing.
 */
function inWords(item: Readonly<Record<string, unknown>>, type: GraphQLObjectType, field: string): unknown {
  const definition = type.getFields()[field];
  return definition ? words(item[field], getNamedType(definition.type)) : null;
}

function words(value: unknown, type: GraphQLNamedType): unknown {
  if (value === null || value === undefined) return null;
  if (isUnreadable(value)) return value;
  if (Array.isArray(value)) {
    const parts = value.map((one) => words(one, type));
    return parts.find(isUnreadable) ?? (parts.filter((one) => one !== null).join('; ') || null);
  }
  if (isEnumType(type)) return type.getValue(String(value))?.description?.replace(/\.$/, '') ?? String(value);
  if (typeof value === 'object') return words((value as { text?: unknown }).text, type);
  return String(value);
}
