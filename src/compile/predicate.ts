import { type RawBuilder, sql } from 'kysely';
import type { Predicate } from './any-table.ts';
import { isNoneOf, isOneOf } from './dialect.ts';

/** A condition of the contract as SQL, every value bound. */
export function toSql(predicate: Predicate): RawBuilder<boolean> {
  if ('any' in predicate) return joined(predicate.any, 'or', 'false');
  if ('all' in predicate) return joined(predicate.all, 'and', 'true');
  if ('in' in predicate) return isIn(predicate.column, predicate.in);
  if ('notIn' in predicate)
    return isNoneOf(
      predicate.column,
      predicate.notIn.filter((value) => value !== null),
    );
  const column = sql.ref(predicate.column);
  if ('from' in predicate) return sql`${column} >= ${predicate.from}`;
  if ('before' in predicate) return sql`${column} < ${predicate.before}`;
  return predicate.isNull ? sql`${column} is null` : sql`${column} is not null`;
}

function isIn(column: string, values: readonly unknown[]): RawBuilder<boolean> {
  const stored = isOneOf(
    column,
    values.filter((value) => value !== null),
  );
  return values.includes(null) ? sql`(${stored} or ${sql.ref(column)} is null)` : stored;
}

function joined(
  parts: readonly Predicate[],
  word: 'and' | 'or',
  none: 'true' | 'false',
): RawBuilder<boolean> {
  if (parts.length === 0) return sql.raw(none);
  return sql`(${sql.join(parts.map(toSql), sql.raw(` ${word} `))})`;
}
