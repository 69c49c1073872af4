import type { GraphQLFieldResolver } from 'graphql';
import { isoInLondon } from '../../../adapters/contract.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { itemSource } from '../sections/standing-fields.ts';
import { type Event, momentOf } from './events.ts';
import { inWords } from './title-words.ts';

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
