import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  Kind,
  type SelectionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Catalogue, CatalogueSection } from '../../sharing/policy/types.ts';
import { LIMITS } from '../limits/limits.ts';
import type { SectionRequest } from '../request/prune.ts';
import {
  compositeTypeOf,
  type Execution,
  type SelectedField,
  selectedFields,
  selects,
} from '../request/selection.ts';
import { type EventList, type EventSection, eventSections, pathsOf } from './event-sections.ts';

/** What a timeline asks of one section: its events, by no more than what they are told by there. */
export interface TimelineQuestion extends SectionRequest {
  catalogued: CatalogueSection;
  lists: readonly EventList[];
  /** Agencies that say when an event was, in their fixed order. */
  suppliers: readonly string[];
}

/** What a query asks of a timeline: response keys, dotted → names of fields of `Timeline` and `TimelineItem`, dotted. */
export interface AskedTimeline {
  names: ReadonlyMap<string, string>;
  asOf: boolean;
  itemsAsOf: boolean;
}

/** Fields of an item that are made of a field of the section. */
const TOLD = ['date', 'title', 'detail'] as const;

/** What `nodes`, the merged selections of one timeline of the query, ask of it. */
export function askedTimeline(
  nodes: readonly FieldNode[],
  type: GraphQLCompositeType,
  execution: Execution,
): AskedTimeline {
  const names = new Map<string, string>();
  let asOf = false;
  let itemsAsOf = false;
  for (const node of selectedFields(
    nodes.map((one) => one.selectionSet),
    type,
    execution,
  )) {
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    if (name === 'sources') asOf ||= selects(node, 'asOf', compositeTypeOf(type, name), execution);
    if (name !== 'items') continue;
    names.set(key, name);
    const item = compositeTypeOf(type, name);
    if (!item) continue;
    for (const one of selectedFields([node.selectionSet], item, execution)) {
      names.set(`${key}.${one.alias?.value ?? one.name.value}`, `${name}.${one.name.value}`);
      if (one.name.value === 'source')
        itemsAsOf ||= selects(one, 'asOf', compositeTypeOf(item, 'source'), execution);
    }
  }
  return { names, asOf, itemsAsOf };
}

/**
 * One question for each section in which events stand, in the order of the schema. The same for whatever asks the same: what hangs on
 * a question's identity (gathering, and what was worked out for an agency) then serves another alias, and the next request.
 */
export function timelineQuestions(
  selected: AskedTimeline,
  { schema }: Pick<Execution, 'schema'>,
  catalogue: Catalogue,
): readonly TimelineQuestion[] {
  const made = kept.get(catalogue) ?? new LRUCache<string, readonly TimelineQuestion[]>({ max: MOST_KEPT });
  kept.set(catalogue, made);
  const key = JSON.stringify([[...selected.names], selected.asOf, selected.itemsAsOf]);
  const before = made.get(key);
  if (before) return before;
  const questions = eventSections(schema).flatMap((one) => {
    const catalogued = catalogue.sections.get(one.section);
    const question = catalogued && questionOf(one, catalogued, selected);
    return question && question.suppliers.length > 0 ? [question] : [];
  });
  made.set(key, questions);
  return questions;
}

/** Nothing of a person, nor of who asks, is in a question. */
const kept = new WeakMap<Catalogue, LRUCache<string, readonly TimelineQuestion[]>>();
const MOST_KEPT = 200;

function questionOf(
  { section, type, lists }: EventSection,
  catalogued: CatalogueSection,
  selected: AskedTimeline,
): TimelineQuestion {
  const dated = (agency: string) =>
    lists.some((list) => catalogued.fields.get(pathsOf(list).date)?.suppliers.includes(agency));
  const itemFields = new Set([...selected.names.values()].map((name) => name.split('.')[1]));
  return {
    ...{ section, type, lists, catalogued },
    suppliers: catalogued.suppliers.filter(dated),
    nodes: [
      field(
        section,
        lists.map((list) => listNode(list, itemFields, selected.itemsAsOf)),
      ),
    ],
    selection: {
      fields: lists.flatMap((list) => fieldsAsked(list, selected)),
      names: new Map(),
      asOf: selected.asOf,
    },
    requires: new Map(lists.map((list) => [list.list, pathsOf(list).date])),
  };
}

/** Where in the response what is asked of the section would stand; its date is asked whether or not the query wants to see it. */
function fieldsAsked(eventList: EventList, { names }: AskedTimeline): SelectedField[] {
  const paths = pathsOf(eventList);
  const at = (name: string) =>
    [...names].flatMap(([response, named]) => (named === name ? [response.split('.')] : []));
  const items = at('items').length > 0 ? at('items') : [['items']];
  const dates = at('items.date').length > 0 ? at('items.date') : items.map((keys) => [...keys, 'date']);
  const filtered = { filtered: true } as const;
  return [
    ...items.map((response) => ({ path: paths.list, response, ...filtered })),
    ...dates.map((response) => ({ path: paths.date, response })),
    ...at('items.title').map((response) => ({ path: paths.title, response })),
    ...(paths.detail === null
      ? []
      : at('items.detail').map((response) => ({ path: paths.detail ?? '', response }))),
  ];
}

function listNode(list: EventList, told: ReadonlySet<string | undefined>, asOf: boolean): FieldNode {
  const names = TOLD.filter((name) => name === 'date' || told.has(name)).map((name) => list[name]);
  const fields = [...new Set(names)].flatMap((name) => (name === null ? [] : [valueNode(list, name)]));
  const source = asOf ? [field('source', [field('asOf')])] : [];
  return { ...field(list.list, [...fields, ...source]), ...(list.cut && { arguments: [MOST] }) };
}

/** Of a value with fields of its own, a coded one, its words. */
const valueNode = ({ item }: EventList, name: string): FieldNode =>
  compositeTypeOf(item, name) ? field(name, [field('text')]) : field(name);

const MOST: ArgumentNode = {
  kind: Kind.ARGUMENT,
  name: { kind: Kind.NAME, value: 'first' },
  value: { kind: Kind.INT, value: String(LIMITS.first) },
};

function field(name: string, selections: readonly SelectionNode[] = []): FieldNode {
  const node: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
  return selections.length === 0
    ? node
    : { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections] } };
}
