import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import pg from 'pg';
import { type AnyTables, PADDING } from '../../../../adapters/contract.ts';
import type { Dialect } from '../dialect.ts';
import { readOnlyDriver } from '../read-only-driver.ts';
import { feedPoolOptions, poolOptions } from './pool-options.ts';
import { StatementRunner } from './statement-runner.ts';

// All that the compiler knows of PostgreSQL in particular.

const parts = {
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db: Kysely<AnyTables>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};

export const postgres: Dialect = {
  name: 'postgres',
  builder: new Kysely<AnyTables>({ dialect: { ...parts, createDriver: () => new DummyDriver() } }),
  keysInWhere: false,
  keys: 'AS_COLUMN_TELLS',
  kysely: (run) => ({ ...parts, createDriver: () => readOnlyDriver(run) }),

  /** The list is one parameter, so that the statement's text is the same for one value and for two hundred. */
  slots: () => null,
  isOneOf: (value, values) => sql`${value} = any(${sql.val(values)})`,
  isNoneOf: (value, values) => sql`${value} <> all(${sql.val(values)})`,
  same: (one, other) => sql`${one} = ${other}`,
  apart: (value) => value,
  asCode: (column) => sql`coalesce(upper(btrim(${sql.ref(column)}, ${PADDING}) collate "C"), '')`,

  newestFirst(column) {
    const time = sql.ref(column);
    const isDate = sql`${time} >= '1900-01-02' and ${time} < '2200-01-01' and not (${time} >= '1901-01-01' and ${time} < '1901-01-02')`;
    return sql`case when ${isDate} then ${time} end desc nulls last`;
  },

  likelyNewestFirst(column, dayFirst) {
    const text = sql.ref(column);
    if (!dayFirst) return sql`${text} collate "C" desc nulls last`;
    return sql`(substr(${text}, 7) || substr(${text}, 4, 2) || substr(${text}, 1, 2)) collate "C" desc nulls last`;
  },

  placesIn: (values, value): RawBuilder<unknown> => sql`array_positions(${sql.val(values)}, ${value})`,

  connect(agency, { of, queueLimit, lost }) {
    const pool = new pg.Pool(of === 'FEED' ? feedPoolOptions(agency) : poolOptions(agency));
    pool.on('error', (error) => {
      // A goodbye that the server did not wait for is no loss.
      if (!pool.ending) lost(error);
    });
    return new StatementRunner(pool, queueLimit);
  },

  grants(login, columns, schema) {
    const reader = quoted(login);
    const tables = [...columns].map(([table, names]) => ({ ...placed(table, schema ?? 'public'), names }));
    const schemas = new Set([schema ?? 'public', ...tables.map((table) => table.schema)]);
    return [
      ...[...schemas]
        .map(quoted)
        .flatMap((one) => [
          `revoke all on all tables in schema ${one} from ${reader}`,
          `grant usage on schema ${one} to ${reader}`,
        ]),
      ...tables.map(
        (table) =>
          `grant select (${[...table.names].map(quoted).join(', ')}) on ${quoted(table.schema)}.${quoted(table.name)} to ${reader}`,
      ),
    ];
  },
};

/** A table by its name, which may begin with its schema. */
function placed(table: string, usual: string): { schema: string; name: string } {
  const dot = table.indexOf('.');
  return { schema: dot < 0 ? usual : table.slice(0, dot), name: table.slice(dot + 1) };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
