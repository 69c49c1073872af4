import type { PeopleSet } from './people-set.ts';

/**
 * A condition of a filter: the people whom one value of one field holds for. A list of values is `any` of a condition for
 * each, and a range of months `any` of its months: each value counts as a condition of its own.
 */
export interface CohortCondition {
  /** Its name, the same however it is asked: `education.attendanceBand=PERSISTENTLY_ABSENT`. */
  readonly condition: string;
  readonly people: PeopleSet;
  /** The field, where a person has at most one value of it; conditions of one field then exclude each other. */
  readonly field?: string;
  /**
   * For such a field, and a condition under a `not`: a condition for each other value of its closed list, so that leaving
   * one value out counts like asking for all others.
   */
  readonly otherValues?: readonly { readonly condition: string; readonly people: PeopleSet }[];
}

/** What is asked for: conditions, and how they are joined. */
export type CohortFilter =
  | CohortCondition
  | { readonly all: readonly CohortFilter[] }
  | { readonly any: readonly CohortFilter[] }
  | { readonly not: CohortFilter };

/** A filter in its plain form: no `not` but at a condition, nothing nested in its own kind, nothing twice. */
export type PlainFilter =
  | { readonly kind: 'condition'; readonly condition: CohortCondition; readonly holds: boolean }
  | { readonly kind: 'all' | 'any'; readonly of: readonly PlainFilter[] };

/** The plain form of a filter. An empty `all` or `any`, as whoever asks may write it, is `all` of nothing or `any` of nothing. */
export function plainFilter(filter: CohortFilter, holds = true): PlainFilter {
  if ('not' in filter) return plainFilter(filter.not, !holds);
  if ('condition' in filter) return { kind: 'condition', condition: filter, holds };
  const joined = 'all' in filter ? filter.all : filter.any;
  const kind = 'all' in filter === holds ? 'all' : 'any';
  return joinPlain(
    kind,
    joined.map((part) => plainFilter(part, holds)),
  );
}

/** `all` or `any` of plain filters, in one order, each once; `all` of nothing is everybody, `any` of nothing nobody. */
export function joinPlain(kind: 'all' | 'any', parts: readonly PlainFilter[]): PlainFilter {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const decides = flat.find((part) => part.kind !== 'condition' && part.of.length === 0);
  if (decides) return decides;
  const named = new Map(flat.map((part) => [nameOf(part), part]));
  const of = [...named.keys()].toSorted().flatMap((name) => named.get(name) ?? []);
  return of.length === 1 && of[0] ? of[0] : { kind, of };
}

/** Every condition of a filter, as often as it stands there. */
export const plainConditions = (filter: PlainFilter): CohortCondition[] =>
  filter.kind === 'condition' ? [filter.condition] : filter.of.flatMap(plainConditions);

const names = new WeakMap<PlainFilter, string>();

/** The name of a plain filter, the same for filters that are written in another order. */
export function nameOf(filter: PlainFilter): string {
  const before = names.get(filter);
  if (before !== undefined) return before;
  const name =
    filter.kind === 'condition'
      ? `${filter.holds ? '' : '!'}${JSON.stringify(filter.condition.condition)}`
      : `${filter.kind}(${filter.of.map(nameOf).join(',')})`;
  names.set(filter, name);
  return name;
}
