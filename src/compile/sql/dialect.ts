import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { type AnyTables, PADDING } from '../../../adapters/contract.ts';

// All that the compiler knows of PostgreSQL in particular.

/** Builds statements and runs none. */
export const builder = new Kysely<AnyTables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The list is one parameter, so that the statement's text is the same for one value and for two hundred. */
export function isOneOf(value: RawBuilder<unknown>, values: readonly unknown[]): RawBuilder<boolean> {
  return sql`${value} = any(${sql.val(values)})`;
}

/** As in SQL, an empty cell is in no list and outside no list: it does not pass. */
export function isNoneOf(value: RawBuilder<unknown>, values: readonly unknown[]): RawBuilder<boolean> {
  return sql`${value} <> all(${sql.val(values)})`;
}

/**
 * A column as `bareCode` reads it: without padding, letters of ASCII in capitals, an empty text for null. Never cast: a
 * column that is no text any more has to fail, and not to read as codes that nobody knows, which would be "none".
 */
export function asCode(column: string): RawBuilder<string> {
  return sql`coalesce(upper(btrim(${sql.ref(column)}, ${PADDING}) collate "C"), '')`;
}

/** By a column of date or timestamp type. What decoders read as no date comes last: fillers, infinity, years of no record. */
export function newestFirst(column: string): RawBuilder<unknown> {
  const time = sql.ref(column);
  const isDate = sql`${time} >= '1900-01-02' and ${time} < '2200-01-01' and not (${time} >= '1901-01-01' and ${time} < '1901-01-02')`;
  return sql`case when ${isDate} then ${time} end desc nulls last`;
}

/** A guess at the newest first, where days are text: most begin with the year, those of DD/MM/YYYY end with it. */
export function likelyNewestFirst(column: string, dayFirst: boolean): RawBuilder<unknown> {
  const text = sql.ref(column);
  if (!dayFirst) return sql`${text} desc nulls last`;
  return sql`substr(${text}, 7) || substr(${text}, 4, 2) || substr(${text}, 1, 2) desc nulls last`;
}

/** The places of a list, from 1, at which the value stands, compared as the value's own type compares. */
export function placesIn(values: readonly unknown[], value: RawBuilder<unknown>): RawBuilder<number[]> {
  return sql`array_positions(${sql.val(values)}, ${value})`;
}
