import { type RawBuilder, sql } from 'kysely';
import { bareCode, type DecodeContext } from '../../../adapters/contract.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Predicate } from './any-table.ts';

/**
 * Conditions on rows are decided in two places. SQL decides what it can tell as surely as a decoder; what is left is
 * decided on decoded values once the rows have come, before any are counted, cut or picked from, and SQL only leaves
 * out beforehand what cannot belong.
 */

/** The condition with everything in it that SQL can tell exactly left to SQL. */
export function exactly(predicate: Predicate): Predicate {
  if ('any' in predicate) return { any: predicate.any.map(exactly) };
  if ('all' in predicate) return { all: predicate.all.map(exactly) };
  return 'decoded' in predicate ? (predicate.decoded.exact ?? predicate) : predicate;
}

/** Whether SQL alone cannot decide it. */
export function isDecoded(predicate: Predicate): boolean {
  if ('any' in predicate) return predicate.any.some(isDecoded);
  if ('all' in predicate) return predicate.all.some(isDecoded);
  return 'decoded' in predicate;
}

/** Conditions that all must hold, none of which is itself such a list: each is decided in one place. */
export const conjuncts = (predicates: readonly Predicate[]): readonly Predicate[] =>
  predicates.flatMap((one) => ('all' in one ? conjuncts(one.all) : [one]));

/** A condition of the contract as SQL, every value bound. Of decoded parts, as much as SQL may leave out. */
export function toSql(predicate: Predicate, dialect: Dialect): RawBuilder<boolean> {
  if ('any' in predicate) return joined(predicate.any, 'or', 'false', dialect);
  if ('all' in predicate) return joined(predicate.all, 'and', 'true', dialect);
  if ('decoded' in predicate) return toSql(predicate.decoded.narrow ?? { all: [] }, dialect);
  if ('oneOf' in predicate) return dialect.isOneOf(dialect.asCode(predicate.code), predicate.oneOf);
  if ('noneOf' in predicate) return dialect.isNoneOf(dialect.asCode(predicate.code), predicate.noneOf);
  const column = sql.ref(predicate.column);
  if ('in' in predicate) return isIn(predicate.column, predicate.in, dialect);
  if ('notIn' in predicate)
    return dialect.isNoneOf(
      column,
      predicate.notIn.filter((value) => value !== null),
    );
  if ('from' in predicate) return sql`${column} >= ${predicate.from}`;
  if ('before' in predicate) return sql`${column} < ${predicate.before}`;
  return predicate.isNull ? sql`${column} is null` : sql`${column} is not null`;
}

/** What stands for a value of a request, and for a list of values without nulls. */
export interface Giving {
  value(value: unknown): unknown;
  list(values: readonly unknown[]): readonly unknown[];
}

/**
 * The condition as SQL sees it, with each value, or list of values, in the place of what `give` makes of it. Two
 * conditions that are alike in all but these have the same text.
 */
export function withValues(predicate: Predicate, give: Giving): Predicate {
  const given = (value: unknown) => give.value(value) as never;
  const all = (list: readonly unknown[]) => [...give.list(list.filter((value) => value !== null))] as never[];
  if ('any' in predicate) return { any: predicate.any.map((one) => withValues(one, give)) };
  if ('all' in predicate) return { all: predicate.all.map((one) => withValues(one, give)) };
  if ('decoded' in predicate) return withValues(predicate.decoded.narrow ?? { all: [] }, give);
  if ('oneOf' in predicate) return { ...predicate, oneOf: all(predicate.oneOf) };
  if ('noneOf' in predicate) return { ...predicate, noneOf: all(predicate.noneOf) };
  if ('in' in predicate)
    return { ...predicate, in: [...all(predicate.in), ...(predicate.in.includes(null) ? [null] : [])] };
  if ('notIn' in predicate) return { ...predicate, notIn: all(predicate.notIn) };
  if ('from' in predicate) return { ...predicate, from: given(predicate.from) };
  return 'before' in predicate ? { ...predicate, before: given(predicate.before) } : predicate;
}

/**
 * Whether a row meets a condition that SQL left open; null where a part that could not be read decides. Throws
 * TypeError for a condition in which decoded values and the columns of SQL alone are mixed.
 */
export function meets(
  predicate: Predicate,
  cell: (column: string) => unknown,
  context: DecodeContext,
): boolean | null {
  if ('any' in predicate)
    return firstOf(
      predicate.any.map((one) => meets(one, cell, context)),
      true,
    );
  if ('all' in predicate)
    return firstOf(
      predicate.all.map((one) => meets(one, cell, context)),
      false,
    );
  if ('decoded' in predicate) return predicate.decoded.meets(predicate.decoded.columns.map(cell), context);
  if (!('code' in predicate)) throw new TypeError(`A condition on ${predicate.column} is for SQL to decide`);
  const code = bareCode(cell(predicate.code), context) ?? '';
  return 'oneOf' in predicate ? predicate.oneOf.includes(code) : !predicate.noneOf.includes(code);
}

/** One such part decides; else one that could not be read leaves it open. */
const firstOf = (parts: readonly (boolean | null)[], deciding: boolean): boolean | null =>
  parts.includes(deciding) ? deciding : parts.includes(null) ? null : !deciding;

function isIn(column: string, values: readonly unknown[], dialect: Dialect): RawBuilder<boolean> {
  const stored = dialect.isOneOf(
    sql.ref(column),
    values.filter((value) => value !== null),
  );
  return values.includes(null) ? sql`(${stored} or ${sql.ref(column)} is null)` : stored;
}

function joined(
  parts: readonly Predicate[],
  word: 'and' | 'or',
  none: 'true' | 'false',
  dialect: Dialect,
): RawBuilder<boolean> {
  if (parts.length === 0) return sql.raw(none);
  const each = parts.map((part) => toSql(part, dialect));
  return sql`(${sql.join(each, sql.raw(` ${word} `))})`;
}
