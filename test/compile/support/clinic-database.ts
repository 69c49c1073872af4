import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, dropDatabase } from '../../../src/store/embedded/databases.ts';
import { logSince, logSize } from '../../support/log-since.ts';
import { testServer } from '../../support/postgres.ts';

export interface ClinicDatabase {
  name: string;
  url: string;
  /** Runs SQL as the owner. */
  sql(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  /** Lines of the server's log that speak of this database, from now on; null where the log cannot be read. */
  watchLog(): () => string[] | null;
  drop(): Promise<void>;
}

const TABLES = `
  create table "T_PERSON" ("P_ID" char(6) primary key, "NAME" text, "BORN" varchar(10), "POSTCODE" text, "PLAN_TXT" text, "AGREED" char(1), "UPD" date);
  create table "T_VISIT" ("V_NO" integer primary key, "P_ID" char(6), "KIND" char(2), "ON_DT" date, "SITE" text, "NOTE" text, "SEALED" char(1));
  create index on "T_VISIT" ("P_ID");
`;

/** A database of the clinic's, empty. */
export async function clinicDatabase(): Promise<ClinicDatabase> {
  const server = await testServer();
  const name = `clinic_${randomBytes(6).toString('hex')}`;
  await createDatabase(server.url('postgres'), name);
  const url = server.url(name);
  const sql = async (text: string, values?: unknown[]) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(text, values);
    } finally {
      await client.end();
    }
  };
  await sql(TABLES);
  const watchLog = () => {
    const { logFile } = server;
    if (logFile === null) return () => null;
    const from = logSize(logFile);
    return () =>
      logSince(logFile, from)
        .split('\n')
        .filter((line) => line.includes(`|${name}|`));
  };
  return {
    name,
    url,
    sql,
    watchLog,
    drop: () => dropDatabase(server.url('postgres'), name),
  };
}
