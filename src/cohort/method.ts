import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { CountingMethod } from '../counting/count-cohort.ts';
import type { PerturbationTable } from '../counting/perturbation-table.ts';
import { recordKeyOf } from '../counting/record-key.ts';
import type { StoreDatabase } from '../store/tables.ts';

/** By which table and secret a store counts. */
export interface StoreMethod extends CountingMethod {
  recordKey(person: string): number;
}

/** Counting is closed: the secret or the table is not that of the store's life. Says which, and nothing of either. */
export class CountingMethodError extends Error {
  override readonly name = 'CountingMethodError';
  readonly code = 'COUNTING_METHOD';
}

export interface MethodSource {
  store: StoreDatabase;
  dataDir: string;
  /** `COUNTING_KEY`: base64 or hex of at least 32 bytes; for several gateways on one store. */
  env?: string | undefined;
  table: PerturbationTable;
  tableName: string;
}

const BYTES = 32;
const FILE = 'counting.key';

/**
 * The method of this store. Its secret is made once, with the store's first count, in `counting.key` of the data directory:
 * one that is lost is refused and never replaced, since counts under two secrets would tell of each other's noise.
 * @throws CountingMethodError, and whatever the store throws
 */
export async function storeMethod({
  store,
  dataDir,
  env,
  table,
  tableName,
}: MethodSource): Promise<StoreMethod> {
  const before = await kept(store);
  const secret = env ? secretFrom(env, 'COUNTING_KEY') : secretFrom(readKey(dataDir, before === null), FILE);
  const own = { secret_id: fingerprint(secret), table_id: table.fingerprint };
  if (before === null)
    await sql`insert into counting_method (secret_id, table_id) values (${own.secret_id}, ${own.table_id}) on conflict do nothing`.execute(
      store,
    );
  const now = before ?? (await kept(store));
  if (now?.secret_id !== own.secret_id)
    throw new CountingMethodError(
      `${env ? 'COUNTING_KEY' : FILE} is not the secret by which this store has counted so far: give that one`,
    );
  if (now.table_id !== own.table_id)
    throw new CountingMethodError(
      'this store has counted by another perturbation table so far: give that one',
    );
  return { table, tableName, recordKey: (person) => recordKeyOf(secret, person) };
}

async function kept(store: StoreDatabase): Promise<{ secret_id: string; table_id: string } | null> {
  const { rows } = await sql<{ secret_id: string; table_id: string }>`
    select secret_id, table_id from counting_method`.execute(store);
  return rows[0] ?? null;
}

const fingerprint = (secret: Buffer): string =>
  createHash('sha256').update('counting id').update(secret).digest('hex').slice(0, 16);

function secretFrom(text: string, name: string): Buffer {
  const trimmed = text.trim();
  const secret = Buffer.from(trimmed, /^[0-9a-f]{64,}$/i.test(trimmed) ? 'hex' : 'base64');
  if (secret.length < BYTES)
    throw new CountingMethodError(`${name} must hold at least ${BYTES} bytes, in base64 or hex`);
  return secret;
}

/** Made under its own name only when it is whole, and never over another's. */
function readKey(dataDir: string, first: boolean): string {
  const path = join(dataDir, FILE);
  if (!existsSync(path)) {
    if (!first)
      throw new CountingMethodError(
        `${FILE} is lost: restore it from its backup, or give COUNTING_KEY, as every gateway needs that shares a store with another. This store has counted by it, and counts by no other`,
      );
    mkdirSync(dataDir, { recursive: true });
    const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
    writeFileSync(unfinished, randomBytes(BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
    try {
      linkSync(unfinished, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(unfinished);
    }
  }
  return readFileSync(path, 'utf8');
}
