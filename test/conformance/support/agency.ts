import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { grantStatements } from '../../../src/compile/grants.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { createDatabase, dropDatabase } from '../../../src/store/embedded/databases.ts';
import { testPool, testServer } from '../../support/postgres.ts';
import { fillWithDirt } from './dirt.ts';

/** An agency's database of dirt, and a login for the gateway. */
export interface TestAgency {
  admin: pg.Client;
  /** The gateway's view of it, with what `grant` last gave. */
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  reader: Kysely<any>;
  readerPool: pg.Pool;
  /** Leaves the login with what this adapter reads, and nothing else. */
  grant(adapter: AnyAdapter): Promise<void>;
  close(): Promise<void>;
}

export const schemaSql = (agency: string): string =>
  readFileSync(join(projectRoot(), 'fixtures', agency, 'schema.sql'), 'utf8');

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
  return {
    admin,
    reader,
    readerPool,
    async grant(adapter) {
      for (const statement of grantStatements(adapter, login)) await admin.query(statement);
    },
    async close() {
      await reader.destroy();
      await admin.query(`drop owned by ${login}`);
      await admin.query(`drop role ${login}`);
      await admin.end();
      await dropDatabase(url('postgres'), login);
    },
  };
}
