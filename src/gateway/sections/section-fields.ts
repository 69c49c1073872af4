import { defaultMergedResolver } from '@graphql-tools/delegate';
import {
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLList,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isCompositeType,
} from 'graphql';
import { requestError } from '../../errors.ts';
import { LIMITS } from '../limits/limits.ts';
import {
  type AgencyAnswer,
  isKnown,
  type RecordPart,
  type SectionAnswer,
  withheldField,
  worstFirst,
} from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { DERIVED_FIELDS, HELPERS } from '../request/prune.ts';
import {
  type AgencyValue,
  anyTrue,
  firstGiven,
  flagOfRecords,
  mostGiven,
  type Rule,
  recordsInOrder,
} from './combine.ts';
import { holeError, isUnreadable, notCoveredError, unreadableError } from './hole-error.ts';

type Resolver = GraphQLFieldResolver<SectionAnswer, GatewayContext>;

/**
 * Resolves one data field of a section from its suppliers' answers: lists stand side by side, single values are
 * picked by a written rule. Null without an error means known to be empty; else an error says what is not known.
 */
export function dataFieldResolver(section: string, field: GraphQLField<unknown, unknown>): Resolver {
  const type = getNullableType(field.type);
  if (type instanceof GraphQLList && isCompositeType(getNamedType(type))) return listResolver(field.name);
  return valueResolver(
    field.name,
    type.toString() === 'Boolean' ? anyTrue : section === 'identity' ? mostGiven : firstGiven,
  );
}

function listResolver(name: string): Resolver {
  return (answer, args, context, info) => {
    // A list of no items by request would look like one that is known to be empty.
    if (typeof args.first === 'number' && (args.first < 1 || args.first > LIMITS.first))
      throw requestError(
        'BAD_USER_INPUT',
        `first must be from 1 to ${LIMITS.first}; ${args.first} was given`,
      );
    const { known, open } = suppliersOf(name, answer);
    const lists = known.map((one) => ({ one, values: valuesOf(one.parts, args, context, info) }));
    const items = lists.flatMap(({ one: { agency }, values }) =>
      values.flatMap((value) =>
        (Array.isArray(value) ? value : []).map((item): Item => ({ agency, item, time: timeOf(item) })),
      ),
    );
    const errors = lists.flatMap(({ one, values }) => {
      if (isCapped(one, info.path.key)) return [tooManyRows(one, answer, context, info)];
      return values.some(isUnreadable) ? [unreadableError(one, answer, context, info)] : [];
    });
    if (items.length === 0 && (errors[0] || open))
      throw errors[0] ?? openError(open, name, answer, context, info);
    const shown = items.sort(newestFirst).slice(0, typeof args.first === 'number' ? args.first : undefined);
    context.ledger.addOrigin(
      info.path,
      shown.map(({ agency }) => agency),
    );
    return shown.map(({ item }) => item);
  };
}

interface Item {
  agency: string;
  item: unknown;
  /** Milliseconds; null where the item has no date, or none that the caller is given. */
  time: number | null;
}

function timeOf(item: unknown): number | null {
  const date = (item as Record<string, unknown> | null)?.[HELPERS.date];
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/**
 * The written order of every list of items: newest first, those without a date last; what is equal stays as it came, in
 * the fixed order of agencies and within one in its own.
 */
function newestFirst(one: Item, other: Item): number {
  return (other.time ?? Number.NEGATIVE_INFINITY) - (one.time ?? Number.NEGATIVE_INFINITY) || 0;
}

/**
 * Resolves `truncated` of a section: whether more items were released than a list of it shows, over all suppliers
 * together. Where no list is asked, of the list at the length that it has by default.
 */
export const resolveTruncated: Resolver = (answer, _args, context, info) => {
  const { known, open } = suppliersOf('truncated', answer);
  const cut = (DERIVED_FIELDS[answer.section.name]?.truncated ?? []).some((list) => {
    const asked = answer.selection.fields.filter(({ path }) => path === list);
    const usual = info.parentType.getFields()[list]?.args.find(({ name }) => name === 'first')?.defaultValue;
    const lists = asked.map(({ response, first }) => ({ key: response.join('.'), first }));
    if (lists.length === 0) lists.push({ key: HELPERS.input + list, first: usual as number });
    return lists.some(({ key, first = Number.POSITIVE_INFINITY }) => {
      const items = known.flatMap(({ parts }) => parts.flatMap((part) => part[key] ?? []));
      return items.length > first || known.some((one) => isCapped(one, key));
    });
  });
  if (!cut && open) throw openError(open, 'truncated', answer, context, info);
  return cut;
};

function valueResolver(name: string, rule: Rule): Resolver {
  const valueThatCounts = (
    one: AgencyAnswer,
    answer: SectionAnswer,
    ...place: [Record<string, unknown>, GatewayContext, GraphQLResolveInfo]
  ): unknown => {
    const values = valuesOf(recordsInOrder(one, String(place[2].path.key), answer), ...place);
    return rule === anyTrue ? flagOfRecords(values) : (values[0] ?? null);
  };
  return (answer, args, context, info) => {
    const { known, open } = suppliersOf(name, answer);
    const all = known.map((one) => ({
      answer: one,
      given: { agency: one.agency, value: valueThatCounts(one, answer, args, context, info) } as AgencyValue,
    }));
    // What a record would say that has more rows than were looked at is not known, unless one says what decides.
    const capped = all.filter((one) => isCapped(one.answer, info.path.key) && one.given.value !== true);
    const unread = all.filter((one) => !capped.includes(one) && isUnreadable(one.given.value));
    const rest = all.filter((one) => !capped.includes(one) && !unread.includes(one));
    const readable = rest.map(({ given }) => given);
    const picked = rule(readable, !open && capped.length === 0 && unread.length === 0);
    if (!picked) {
      const errors = [
        ...capped.map((one) => tooManyRows(one.answer, answer, context, info)),
        ...unread.map((one) => unreadableError(one.answer, answer, context, info)),
      ];
      throw errors[0] ?? openError(open, name, answer, context, info);
    }
    if (picked.agency) context.ledger.addOrigin(info.path, picked.agency);
    return picked.value;
  };
}

/** Whether there are rows behind this very field that the agency did not look at. */
function isCapped({ parts }: AgencyAnswer, key: string | number): boolean {
  return parts.some((part) => (part[HELPERS.capped] as unknown[] | undefined)?.includes(key));
}

/** Names the hole, and gives the error for a place that stays null by it. */
function tooManyRows(
  capped: AgencyAnswer,
  answer: SectionAnswer,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Error {
  const open: AgencyAnswer = { ...capped, state: 'UNAVAILABLE', reason: 'TOO_MANY_ROWS', parts: [] };
  context.ledger.addUnreadable(info.path, { section: answer, answer: open });
  return holeError(open, answer.section.name, context, info);
}

/** A part keeps the agency's own answer under the query's response keys; stitching's resolver reads it from there. */
function valuesOf(
  parts: readonly RecordPart[],
  args: Record<string, unknown>,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): unknown[] {
  return parts.map((part) => defaultMergedResolver(part as never, args, context, info));
}

/** Suppliers of a field whose answer is known (even that there is none), and the worst of those that leave it open. */
export function suppliersOf(
  name: string,
  answer: SectionAnswer,
): { known: AgencyAnswer[]; open: AgencyAnswer | 'NOT_COVERED' | null } {
  const suppliers = answer.section.fields.get(name)?.suppliers ?? [];
  const answers = suppliers
    .map((agency) => withheldField(answer, agency, name))
    .filter((one) => one !== null);
  const open = answers.filter((one) => !isKnown(one)).sort(worstFirst)[0] ?? null;
  return { known: answers.filter(isKnown), open: answers.length === 0 ? 'NOT_COVERED' : open };
}

export function openError(
  open: AgencyAnswer | 'NOT_COVERED' | null,
  name: string,
  answer: SectionAnswer,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Error {
  if (open === null) return new Error(`${answer.section.name}.${name} is known, and still was not answered`);
  return open === 'NOT_COVERED'
    ? notCoveredError(answer.section.name, info)
    : holeError(open, answer.section.name, context, info);
}
