import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { AnyAdapter, DialectName } from '../../../adapters/contract.ts';
import { type AgencyDatabase, openAgencyDatabase } from '../../../src/compile/run/agency-database.ts';
import { grantStatements } from '../../../src/compile/sql/grants.ts';
import { createDatabase, dropDatabase } from '../../../src/store/embedded/databases.ts';
import { openMaria } from '../../support/mariadb.ts';
import { testPool, testServer } from '../../support/postgres.ts';
import { SILENT } from '../../support/silent-log.ts';
import { agencyFile } from './agency-files.ts';
import { fillWithDirt } from './dirt.ts';

/**
 * An agency's database of dirt, and a login for the gateway. On MariaDB it is written by way of its twin on PostgreSQL, of
 * which `settle` takes every row: the same rows are asked of both.
 */
export interface TestAgency {
  /** Writes rows, on PostgreSQL. */
  admin: pg.Client;
  dialect: DialectName;
  /** The gateway's view of it, with what `grant` last gave. */
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  reader: Kysely<any>;
  /** The same as the gateway asks. */
  database: AgencyDatabase;
  /** Runs a statement of the test's own as the gateway's login; identifiers stand in double quotes. */
  read(statement: string): Promise<unknown>;
  /** Leaves the login with what this adapter reads, and nothing else. */
  grant(adapter: AnyAdapter): Promise<void>;
  /** What was written is what is read from here on. */
  settle(): Promise<void>;
  /** Takes every row away. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The code by which a database refuses a column that the login may not read. */
export const REFUSED: Readonly<Record<DialectName, string>> = {
  postgres: '42501',
  mysql: 'ER_COLUMNACCESS_DENIED_ERROR',
};

export const schemaSql = (agency: string): string => agencyFile(agency, `fixtures/${agency}/schema.sql`);

/** Words in capitals and numbers of the schema, its comments included: all the codes that the agency knows. */
export const codesIn = (agency: string): string[] => [
  ...new Set([...(schemaSql(agency).match(/\b[A-Z0-9]{1,8}\b/g) ?? []), 'SELF HARM']),
];

/** The agency's tables full of dirt. */
export async function openAgency(agency: string, dialect: DialectName = 'postgres'): Promise<TestAgency> {
  const opened = await openEmptyAgency(agency, dialect);
  await fillWithDirt(opened.admin, codesIn(agency));
  await opened.settle();
  return opened;
}

const limits = { maxConnections: 2, statementTimeoutMs: 10_000, queueLimit: 20, log: SILENT };

/** The agency's tables without any row. */
export async function openEmptyAgency(
  agency: string,
  dialect: DialectName = 'postgres',
): Promise<TestAgency> {
  const { url } = await testServer();
  const login = `conformance_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await createDatabase(url('postgres'), login);
  const admin = new pg.Client({ connectionString: url(login) });
  await admin.connect();
  await admin.query(schemaSql(agency));
  await admin.query(`create role ${login} login password '${password}'`);
  const address = new URL(url(login));
  Object.assign(address, { username: login, password });
  const empty = async () => void (await admin.query(TRUNCATE_WHAT_HAS_ROWS));
  const drop = async () => {
    await admin.query(`drop owned by ${login}`);
    await admin.query(`drop role ${login}`);
    await admin.end();
    await dropDatabase(url('postgres'), login);
  };
  if (dialect === 'mysql') return onMaria({ admin, empty, drop }, agency);
  const readerPool = testPool({ connectionString: address.href, max: 4 });
  const reader = new Kysely({ dialect: new PostgresDialect({ pool: readerPool }) });
  const database = openAgencyDatabase({ agency, url: address.href, ...limits });
  return {
    ...{ admin, dialect, reader, database, empty },
    read: (statement) => readerPool.query(statement),
    async grant(adapter) {
      for (const statement of grantStatements(adapter, login)) await admin.query(statement);
    },
    async settle() {},
    async close() {
      await Promise.all([reader.destroy(), database.close()]);
      await drop();
    },
  };
}

async function onMaria(
  twin: Pick<TestAgency, 'admin' | 'empty'> & { drop(): Promise<void> },
  agency: string,
): Promise<TestAgency> {
  const maria = await openMaria(agency, schemaSql(agency));
  const database = openAgencyDatabase({ agency, url: maria.url, ...limits });
  const { signal } = new AbortController();
  // It is up before its rights are given anew, in the middle of which it would let nobody in.
  await database.query({ sql: 'select 1', parameters: [] }, { signal });
  const reader = database.feed({ statementMs: 60_000, signal });
  return {
    ...{ admin: twin.admin, empty: twin.empty, dialect: 'mysql', reader, database },
    read: (statement) => sql.raw(statement.replaceAll('"', '`')).execute(reader),
    grant: maria.grant,
    settle: () => maria.copyFrom(twin.admin),
    async close() {
      await database.close();
      await maria.drop();
      await twin.drop();
    },
  };
}

/** A table that has none takes as long to truncate as one that has many. */
const TRUNCATE_WHAT_HAS_ROWS = `do $$
declare
  one regclass;
  filled boolean;
begin
  for one in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute format('select exists (select from %s)', one) into filled;
    if filled then execute format('truncate %s cascade', one); end if;
  end loop;
end $$`;
