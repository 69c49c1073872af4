import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { type AgencyDatabase, openAgencyDatabase } from '../../../src/compile/run/agency-database.ts';
import { grantStatements } from '../../../src/compile/sql/grants.ts';
import { createDatabase, dropDatabase } from '../../../src/store/embedded/databases.ts';
import { testPool, testServer } from '../../support/postgres.ts';
import { SILENT } from '../../support/silent-log.ts';
import { agencyFile } from './agency-files.ts';
import { fillWithDirt } from './dirt.ts';

/** An agency's database of dirt, and a login for the gateway. */
export interface TestAgency {
  admin: pg.Client;
  /** The gateway's view of it, with what `grant` last gave. */
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  reader: Kysely<any>;
  readerPool: pg.Pool;
  /** The same, as the gateway asks. */
  database: AgencyDatabase;
  /** Leaves the login with what this adapter reads, and nothing else. */
  grant(adapter: AnyAdapter): Promise<void>;
  /** Takes every row away. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const schemaSql = (agency: string): string => agencyFile(agency, `fixtures/${agency}/schema.sql`);

/** Words in capitals and numbers of the schema, its comments included: all the codes that the agency knows. */
export const codesIn = (agency: string): string[] => [
  ...new Set([...(schemaSql(agency).match(/\b[A-Z0-9]{1,8}\b/g) ?? []), 'SELF HARM']),
];

/** The agency's tables full of dirt. */
export async function openAgency(agency: string): Promise<TestAgency> {
  const opened = await openEmptyAgency(agency);
  await fillWithDirt(opened.admin, codesIn(agency));
  return opened;
}

/** The agency's tables without any row. */
export async function openEmptyAgency(agency: string): Promise<TestAgency> {
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
  const readerPool = testPool({ connectionString: address.href, max: 4 });
  const reader = new Kysely({ dialect: new PostgresDialect({ pool: readerPool }) });
  const database = openAgencyDatabase({
    agency,
    url: address.href,
    maxConnections: 2,
    statementTimeoutMs: 10_000,
    queueLimit: 20,
    log: SILENT,
  });
  return {
    admin,
    reader,
    readerPool,
    database,
    async grant(adapter) {
      for (const statement of grantStatements(adapter, login)) await admin.query(statement);
    },
    async empty() {
      await admin.query(TRUNCATE_WHAT_HAS_ROWS);
    },
    async close() {
      await Promise.all([reader.destroy(), database.close()]);
      await admin.query(`drop owned by ${login}`);
      await admin.query(`drop role ${login}`);
      await admin.end();
      await dropDatabase(url('postgres'), login);
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
