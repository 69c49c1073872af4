import {
  Kysely,
  type MigrationProvider,
  Migrator,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  sql,
} from 'kysely';
import { connectOurs, type OurClient, schemaOf } from '../session.ts';
import { up as register } from './migrations/010-register.ts';
import { up as withdrawals } from './migrations/020-withdrawals.ts';
import { up as personIndex } from './migrations/030-person-index.ts';
import { up as humanDecisions } from './migrations/040-human-decisions.ts';
import { up as linkage } from './migrations/050-linkage.ts';
import { up as searches } from './migrations/060-searches.ts';
import { up as feedProgress } from './migrations/070-feed-progress.ts';
import { up as indexKeys } from './migrations/080-index-keys.ts';
import { up as withdrawalsTakenBack } from './migrations/090-withdrawals-taken-back.ts';
import { up as numberLookUps } from './migrations/100-number-look-ups.ts';
import { up as secondWord } from './migrations/110-second-word.ts';
import { up as whoMayAppear } from './migrations/120-who-may-appear.ts';
import { up as policyInForce } from './migrations/130-policy-in-force.ts';
import { up as feedDigest } from './migrations/140-feed-digest.ts';
import { up as goneRecords } from './migrations/150-gone-records.ts';
import { up as alerts } from './migrations/160-alerts.ts';
import { up as breakGlass } from './migrations/170-break-glass.ts';
import { up as disclosureRequests } from './migrations/180-disclosure-requests.ts';
import { up as relays } from './migrations/181-relays.ts';
import { up as wishes } from './migrations/190-wishes.ts';
import { up as registerReading } from './migrations/200-register-reading.ts';
import { up as registerActs } from './migrations/201-register-acts.ts';
import { up as policySignatures } from './migrations/210-policy-signatures.ts';
import { up as proof } from './migrations/220-proof.ts';
import { up as retention } from './migrations/230-retention.ts';
import { up as subjectAnswers } from './migrations/240-subject-answers.ts';
import { up as trustedDocuments } from './migrations/250-trusted-documents.ts';
import { up as counting } from './migrations/260-counting.ts';

export interface Migration {
  readonly name: string;
  /** Plain SQL, several statements. */
  readonly up: string;
}

/** The store's tables, in the order of their names, in which they are made. One that a store may have applied never changes. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '010-register', up: register },
  { name: '020-withdrawals', up: withdrawals },
  { name: '030-person-index', up: personIndex },
  { name: '040-human-decisions', up: humanDecisions },
  { name: '050-linkage', up: linkage },
  { name: '060-searches', up: searches },
  { name: '070-feed-progress', up: feedProgress },
  { name: '080-index-keys', up: indexKeys },
  { name: '090-withdrawals-taken-back', up: withdrawalsTakenBack },
  { name: '100-number-look-ups', up: numberLookUps },
  { name: '110-second-word', up: secondWord },
  { name: '120-who-may-appear', up: whoMayAppear },
  { name: '130-policy-in-force', up: policyInForce },
  { name: '140-feed-digest', up: feedDigest },
  { name: '150-gone-records', up: goneRecords },
  { name: '160-alerts', up: alerts },
  { name: '170-break-glass', up: breakGlass },
  { name: '180-disclosure-requests', up: disclosureRequests },
  { name: '181-relays', up: relays },
  { name: '190-wishes', up: wishes },
  { name: '200-register-reading', up: registerReading },
  { name: '201-register-acts', up: registerActs },
  { name: '210-policy-signatures', up: policySignatures },
  { name: '220-proof', up: proof },
  { name: '230-retention', up: retention },
  { name: '240-subject-answers', up: subjectAnswers },
  { name: '250-trusted-documents', up: trustedDocuments },
  { name: '260-counting', up: counting },
];

/** Any number, the same for every gateway of whichever version: those that start together take turns. */
const LOCK = 7_464_271_003;

/** Where Kysely's Migrator keeps which migrations the store has. */
const RECORD = 'store_migration';

/** The store's tables could not be made or brought up to date; nothing of it was kept. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'MIGRATION_FAILED';

  constructor(migration: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`The store could not be brought up to date (${migration}): ${why}`, { cause });
  }
}

/** The store has migrations that this program does not know: what they changed, it would read and write wrongly. */
export class NewerStoreError extends Error {
  override readonly name = 'NewerStoreError';
  readonly code = 'STORE_NEWER';

  constructor(unknown: readonly string[]) {
    super(
      `The store was brought up to date by a newer version of Sightline (it has ${unknown.join(', ')}). Run that version or a ` +
        'later one on it, or restore the backup of the store that was made before',
    );
  }
}

/**
 * Brings the own store's tables up to date, all or nothing. Does one look-up when nothing is to do.
 * @param url address of the store, as a login that owns its tables
 * @returns names of what was applied now
 * @throws MigrationError, NewerStoreError, SessionRefusedError; the driver's own error when the store cannot be reached
 */
export async function migrate(url: string, migrations = MIGRATIONS): Promise<readonly string[]> {
  const schema = schemaOf(url);
  const config = { connectionString: url, connectionTimeoutMillis: 5_000 };
  const client = await connectOurs(config, { schema, readOnly: false, statementMs: 0 });
  const db = new Kysely<RecordTable>({ dialect: new LockedDialect({ pool: poolOf(client) }) });
  try {
    await refuseOtherSchema(db, schema);
    if (await isUpToDate(db, migrations)) return [];
    return await inOneTransaction(client, () => applyMissing(db, schema, migrations));
  } finally {
    await db.destroy();
  }
}

interface RecordTable {
  store_migration: { name: string; timestamp: string };
}

/** A store that lies in another schema is not overlooked for a new, empty one. */
async function refuseOtherSchema(db: Kysely<RecordTable>, schema: string): Promise<void> {
  const { rows } = await sql<{ schema: string }>`
    select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = ${RECORD} and c.relkind = 'r'`.execute(db);
  const [other] = rows;
  if (other === undefined || rows.some((row) => row.schema === schema)) return;
  throw new MigrationError(
    'none',
    new Error(
      `its tables are in the schema ${other.schema}: name it in DATABASE_URL, as ?schema=${other.schema}`,
    ),
  );
}

async function isUpToDate(db: Kysely<RecordTable>, migrations: readonly Migration[]): Promise<boolean> {
  const form = await recordForm(db);
  if (form === null) return false;
  const rows = await db.selectFrom(RECORD).select('name').execute();
  const applied = new Set(rows.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new NewerStoreError(unknown.toSorted());
  return form === 'KYSELY' && migrations.every(({ name }) => applied.has(name));
}

/** Null for a store that has no tables yet; OWN as versions made it that kept the record themselves. */
async function recordForm(db: Kysely<RecordTable>): Promise<'OWN' | 'KYSELY' | null> {
  const { rows } = await sql<{ form: 'OWN' | 'KYSELY' | null }>`
    select case
      when to_regclass(${RECORD}) is null then null
      when exists (select from pg_attribute where attrelid = to_regclass(${RECORD})
        and attname = 'applied_at' and not attisdropped) then 'OWN' else 'KYSELY' end as form`.execute(db);
  return rows[0]?.form ?? null;
}

async function inOneTransaction<T>(client: OurClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const done = await work();
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Within a transaction that has the lock: another gateway may have brought the store up to date meanwhile. */
async function applyMissing(
  db: Kysely<RecordTable>,
  schema: string,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  if (await isUpToDate(db, migrations)) return [];
  if ((await recordForm(db)) === 'OWN') await carryRecordOver(db);
  const { error, results = [] } = await new Migrator({
    db,
    provider: providerOf(migrations),
    migrationTableName: RECORD,
    migrationLockTableName: `${RECORD}_lock`,
    migrationTableSchema: await existing(db, schema),
    // By their names alone: the clocks of two machines that migrated one store need not agree.
    allowUnorderedMigrations: true,
    // All of it is in a transaction already, with the record itself.
    disableTransactions: true,
  }).migrateToLatest();
  if (error !== undefined)
    throw new MigrationError(
      results.find(({ status }) => status === 'Error')?.migrationName ?? 'none',
      error,
    );
  return results.map(({ migrationName }) => migrationName);
}

const providerOf = (migrations: readonly Migration[]): MigrationProvider => ({
  getMigrations: async () =>
    Object.fromEntries(
      migrations.map(({ name, up }) => [name, { up: async (db) => void (await sql.raw(up).execute(db)) }]),
    ),
});

/** The Migrator would make a schema that is not there: a slip in an address must not begin a new, empty store. */
async function existing(db: Kysely<RecordTable>, schema: string): Promise<string> {
  const { rows } = await sql`select from pg_namespace where nspname = ${schema}`.execute(db);
  if (rows.length > 0) return schema;
  throw new MigrationError('none', new Error(`there is no schema ${schema}: make it, or name another`));
}

/** The record as versions up to migration 140 kept it, in the Migrator's form: nothing that was applied is applied again. */
async function carryRecordOver(db: Kysely<RecordTable>): Promise<void> {
  await sql`
    alter table store_migration add column "timestamp" varchar(255);
    update store_migration
      set "timestamp" = to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
    alter table store_migration alter column "timestamp" set not null, alter column name type varchar(255),
      drop column applied_at`.execute(db);
}

/** The Migrator works on the one connection that the transaction is on. */
function poolOf(client: OurClient): PostgresPool {
  const connected = Object.assign(client, { release() {} });
  return { connect: async () => connected, end: () => client.end() };
}

/** Whoever migrates has the store's own lock by now, which versions without the Migrator take as well. */
class LockedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new LockedAdapter();
  }
}
class LockedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
