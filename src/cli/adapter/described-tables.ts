import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type TableMetadata } from 'kysely';
import { type AnyAgencyDatabase, dialectIn } from '../../../adapters/contract.ts';
import { codeOf, failureWords } from '../../compile/dialects/failure.ts';
import { openAgencyDatabase } from '../../compile/run/agency-database.ts';
import { agencySetting } from '../../config/agency-settings.ts';
import { createDatabase, dropDatabase } from '../../store/embedded/databases.ts';
import { startEmbedded } from '../../store/embedded/start-embedded.ts';
import { openStore } from '../../store/store.ts';
import { ownDatabase } from './own-database.ts';

/** The tables of an agency cannot be known. Its message says why, and what to give. */
export class NoTablesError extends Error {
  override readonly name = 'NoTablesError';
  readonly code = 'NO_TABLES';
}

/** Milliseconds for one look at a catalogue. */
const LOOK_MS = 30_000;

export const schemaFile = (root: string, agency: string): string =>
  join(root, 'fixtures', agency, 'schema.sql');

/**
 * The tables of the agency's own database, at `<AGENCY>_DATABASE_URL`: its catalogue, and none of its rows.
 * @throws NoTablesError where it is not given, cannot be asked, or shows the login no table; SettingError
 */
export async function tablesOfDatabase(agency: string, env: NodeJS.ProcessEnv): Promise<TableMetadata[]> {
  const setting = agencySetting(agency);
  if (!env[setting]?.trim())
    throw new NoTablesError(`${agency} has no fixtures/${agency}/schema.sql: give that, or ${setting}`);
  const database = openAgencyDatabase({ ...ownDatabase(agency, env), queueLimit: 1 });
  try {
    const db = database.feed({ statementMs: LOOK_MS, signal: AbortSignal.timeout(2 * LOOK_MS) });
    const tables = await catalogueOf(db);
    if (tables.length === 0)
      throw new NoTablesError(`${setting}: there is no table in its schema that this login may know of`);
    return tables;
  } catch (error) {
    if (error instanceof NoTablesError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new NoTablesError(`${setting}: ${failureWords(cause)} (${codeOf(cause) ?? 'no code'})`, { cause });
  } finally {
    await database.close();
  }
}

/**
 * The tables of `fixtures/<agency>/schema.sql`, as a PostgreSQL describes them that has read it. One server serves any
 * number of agencies: `of` makes a database for each and drops it.
 */
export async function withSchemaFiles<T>(
  work: (of: (agency: string) => Promise<TableMetadata[]>) => Promise<T>,
  root: string,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-tables-'));
  try {
    const server = await startEmbedded({ dataDir });
    try {
      return await work((agency) =>
        tablesOfSchema(server.url, readFileSync(schemaFile(root, agency), 'utf8')),
      );
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @param url address of a database of a server on which databases may be made */
export async function tablesOfSchema(
  url: (database: string) => string,
  schema: string,
): Promise<TableMetadata[]> {
  const name = `tables_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await createDatabase(url('postgres'), name);
  const { db, close } = openStore(url(name), { connections: 1 });
  try {
    await sql.raw(schema).execute(db);
    return await catalogueOf(db);
  } finally {
    await close();
    await dropDatabase(url('postgres'), name);
  }
}

export const hasSchemaFile = (root: string, agency: string): boolean => existsSync(schemaFile(root, agency));

/** Tables and views of the schema that a session finds without naming it. */
export async function catalogueOf(db: AnyAgencyDatabase): Promise<TableMetadata[]> {
  const schema = dialectIn(db) === 'mysql' ? sql`database()` : sql`current_schema()`;
  const { rows } = await sql<{ own: string }>`select ${schema} as own`.execute(db);
  const tables = await db.introspection.getTables();
  return tables.filter((table) => table.schema === rows[0]?.own);
}
