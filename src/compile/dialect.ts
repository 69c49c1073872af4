// biome-ignore-all lint/suspicious/noExplicitAny: one compiler reads any agency's tables
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';

// All that the compiler knows of PostgreSQL in particular.

/** Builds statements and runs none. */
export const builder = new Kysely<any>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The list is one parameter, so that the statement's text is the same for one value and for two hundred. */
export function isOneOf(column: string, values: readonly unknown[]): RawBuilder<boolean> {
  return sql`${sql.ref(column)} = any(${sql.val(values)})`;
}

/** As in SQL, an empty cell is in no list and outside no list: it does not pass. */
export function isNoneOf(column: string, values: readonly unknown[]): RawBuilder<boolean> {
  return sql`${sql.ref(column)} <> all(${sql.val(values)})`;
}

export function newestFirst(column: string): RawBuilder<unknown> {
  return sql`${sql.ref(column)} desc nulls last`;
}

/** The name of a record as a text that can be compared: fixed-width columns come back padded. */
export function recordName(cell: unknown): string {
  return String(cell).trimEnd();
}
