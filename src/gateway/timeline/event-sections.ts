import { getDirective } from '@graphql-tools/utils';
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';

/** The field of `Person` that is made of events of other sections, and is no section of the policy itself. */
export const TIMELINE = 'timeline';

/** A list of a section, or one value of it, whose items are events. */
export interface EventList {
  /** Field name within the section: `items`. */
  list: string;
  /** False for a single value. */
  many: boolean;
  /** The list takes `first`. */
  cut: boolean;
  item: GraphQLObjectType;
  /** Field names within the item. */
  date: string;
  title: string;
  detail: string | null;
}
export interface EventSection {
  section: string;
  type: GraphQLObjectType;
  lists: readonly EventList[];
}

const bySchema = new WeakMap<GraphQLSchema, readonly EventSection[]>();

/**
 * The sections of a person in which events stand, in the order of the schema: those with items of a type that the vocabulary
 * marks with `@event`. Throws where the mark names a field that the type does not have.
 */
export function eventSections(schema: GraphQLSchema): readonly EventSection[] {
  const before = bySchema.get(schema);
  if (before) return before;
  const person = schema.getType('Person');
  if (!isObjectType(person)) throw new Error('The public schema has no type Person');
  const sections = Object.values(person.getFields()).flatMap((field): EventSection[] => {
    const type = getNamedType(field.type);
    if (field.name === TIMELINE || !isObjectType(type)) return [];
    const lists = Object.values(type.getFields()).flatMap((one): EventList[] => {
      const item = getNamedType(one.type);
      const event = isObjectType(item) ? getDirective(schema, item, 'event')?.[0] : undefined;
      if (!event || !isObjectType(item)) return [];
      const many = isListType(getNullableType(one.type));
      const cut = one.args.some(({ name }) => name === 'first');
      return [{ list: one.name, many, cut, item, ...fieldsOf(item, event) }];
    });
    return lists.length > 0 ? [{ section: field.name, type, lists }] : [];
  });
  bySchema.set(schema, sections);
  return sections;
}

function fieldsOf(item: GraphQLObjectType, { date, title, detail = null }: Record<string, unknown>) {
  for (const name of [date, title, detail])
    if (name !== null && !item.getFields()[String(name)])
      throw new Error(`@event of ${item.name} names ${name}, which it does not have`);
  return { date: String(date), title: String(title), detail: detail === null ? null : String(detail) };
}

/** Dotted paths within the section: of the list, and of what an event is told by. */
export function pathsOf({ list, date, title, detail }: EventList) {
  return {
    list,
    date: `${list}.${date}`,
    title: `${list}.${title}`,
    detail: detail === null ? null : `${list}.${detail}`,
  };
}
