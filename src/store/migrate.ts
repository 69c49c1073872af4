import pg from 'pg';
import { up as register } from './migrations/010-register.ts';
import { up as withdrawals } from './migrations/020-withdrawals.ts';
import { up as personIndex } from './migrations/030-person-index.ts';
import { up as humanDecisions } from './migrations/040-human-decisions.ts';
import { up as linkage } from './migrations/050-linkage.ts';
import { up as searches } from './migrations/060-searches.ts';
import { up as feedProgress } from './migrations/070-feed-progress.ts';
import { up as indexKeys } from './migrations/080-index-keys.ts';

export interface Migration {
  readonly name: string;
  /** Plain SQL, several statements. */
  readonly up: string;
}

/** The store's tables, in the order in which they are made. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '010-register', up: register },
  { name: '020-withdrawals', up: withdrawals },
  { name: '030-person-index', up: personIndex },
  { name: '040-human-decisions', up: humanDecisions },
  { name: '050-linkage', up: linkage },
  { name: '060-searches', up: searches },
  { name: '070-feed-progress', up: feedProgress },
  { name: '080-index-keys', up: indexKeys },
];

/** Any number, the same for every gateway: replicas that start together take turns. */
const LOCK = 7_464_271_003;

/** The store's tables could not be made or brought up to date; nothing of it was kept. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'MIGRATION_FAILED';

  constructor(migration: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`The store could not be brought up to date (${migration}): ${why}`, { cause });
  }
}

/**
 * Brings the own store's tables up to date, all or nothing. Does one look-up when nothing is to do.
 * @param url address of the store, as a login that owns its tables
 * @returns names of what was applied now
 * @throws MigrationError; the driver's own error when the store cannot be reached
 */
export async function migrate(url: string, migrations = MIGRATIONS): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const missing = await missingOf(client, migrations);
    return missing.length === 0 ? [] : await applyAll(client, migrations);
  } finally {
    await client.end();
  }
}

async function applyAll(client: pg.Client, migrations: readonly Migration[]): Promise<readonly string[]> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists store_migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const missing = await missingOf(client, migrations);
    for (const migration of missing) await apply(client, migration);
    await client.query('commit');
    return missing.map(({ name }) => name);
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function apply(client: pg.Client, { name, up }: Migration): Promise<void> {
  try {
    await client.query(up);
    await client.query('insert into store_migration (name) values ($1)', [name]);
  } catch (cause) {
    throw new MigrationError(name, cause);
  }
}

async function missingOf(client: pg.Client, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const known = await client.query<{ known: boolean }>(
    `select to_regclass('store_migration') is not null as known`,
  );
  if (known.rows[0]?.known !== true) return migrations;
  const applied = await client.query<{ name: string }>('select name from store_migration');
  const names = new Set(applied.rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}
