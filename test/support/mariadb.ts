import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import type pg from 'pg';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { HOUSING_STAMPS, mariaTables, stampTriggers } from '../../fixtures/mariadb.ts';
import { mysql } from '../../src/compile/dialects/mysql/mysql.ts';
import { grantStatements } from '../../src/compile/sql/grants.ts';

/** The server of TEST_MARIADB_URL, as one who may make databases and logins there; null where there is none. */
export const mariaServer = (): string | null => process.env.TEST_MARIADB_URL || null;

/** A database of a test's own, with a login that has no right there but to enter. */
export interface MariaDatabase {
  name: string;
  /** As that login. */
  url: string;
  admin: Connection;
  drop(): Promise<void>;
}

export async function makeMaria(): Promise<MariaDatabase> {
  const server = mariaServer();
  if (server === null) throw new Error('TEST_MARIADB_URL names no server');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const { hostname, port, username, password: own } = new URL(server);
  const admin = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(own),
    charset: 'utf8mb4_bin',
    dateStrings: true,
  });
  await admin.query(`create database \`${name}\``);
  await admin.query(`use \`${name}\``);
  await admin.query(`create user \`${name}\`@'%' identified by '${password}'`);
  // Who has no right in a database may not even enter it; `grant` takes this one away.
  await admin.query(`grant execute on \`${name}\`.* to \`${name}\`@'%'`);
  return {
    ...{ name, admin },
    url: `mysql://${name}:${password}@${hostname}:${port || 3306}/${name}`,
    async drop() {
      await admin.query(`drop database \`${name}\``);
      await admin.query(`drop user \`${name}\`@'%'`);
      await admin.end();
    },
  };
}

/** An agency's database on MariaDB, which holds what its twin on PostgreSQL held when it was last copied. */
export interface MariaAgency extends MariaDatabase {
  /** Leaves the login with what the adapter reads, and nothing else. */
  grant(adapter: AnyAdapter): Promise<void>;
  /** Takes every row of the twin, in place of those that are here. */
  copyFrom(twin: pg.ClientBase): Promise<void>;
}

/** Makes the agency's tables in a new database, with a new login. */
export async function openMaria(agency: string, schema: string): Promise<MariaAgency> {
  const made = await makeMaria();
  const { admin } = made;
  const tables = mariaTables(schema);
  for (const statement of tables) await admin.query(statement);
  if (agency === 'housing')
    for (const statement of stampTriggers(HOUSING_STAMPS)) await admin.query(statement);
  const names = tables.flatMap((text) => /^create table `?(\w+)/.exec(text)?.[1] ?? []);
  return {
    ...made,
    async grant(adapter) {
      for (const statement of grantStatements(adapter, made.name, null, mysql)) await admin.query(statement);
    },
    async copyFrom(twin) {
      await admin.beginTransaction();
      for (const table of names) {
        await admin.query(`delete from \`${table}\``);
        await copyTable(twin, admin, table);
      }
      await admin.commit();
    },
  };
}

/** No date of MariaDB's is without end. */
const LAST_DAY = '9999-12-31';
const ROWS_AT_ONCE = 500;

async function copyTable(from: pg.ClientBase, to: Connection, table: string): Promise<void> {
  const { rows: columns } = await from.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
  const cells = columns.map(({ name, type }, at) =>
    type === 'timestamp with time zone'
      ? `("${name}" at time zone 'UTC')::text as c${at}`
      : `"${name}"::text as c${at}`,
  );
  const { rows } = await from.query<Record<string, string | null>>(
    `select ${cells.join(', ')} from "${table}"`,
  );
  const read = rows.map((row) =>
    columns.map(({ type }, at) => {
      const cell = row[`c${at}`] ?? null;
      return cell === 'infinity' && /^(date|timestamp)/.test(type) ? LAST_DAY : cell;
    }),
  );
  const named = columns.map(({ name }) => `\`${name}\``).join(', ');
  for (let at = 0; at < read.length; at += ROWS_AT_ONCE)
    await to.query(`insert into \`${table}\` (${named}) values ?`, [read.slice(at, at + ROWS_AT_ONCE)]);
}
