import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';

/** Keys of the index: identifiers are kept only as keyed hashes, and public ids are sealed with them. */
export interface Keys {
  current: IndexKey;
  /** The key before, while records may still be under it; null where no key is being changed. */
  previous: IndexKey | null;
}
export interface IndexKey {
  /** A fingerprint, stored beside what the key made, so that a change of key is seen. */
  id: string;
  key: Buffer;
}

/** A key is unusable: too short, the same twice, without its successor, not the store's, or its file cannot be read or made. */
export class IndexKeyError extends Error {
  override readonly name = 'IndexKeyError';
  readonly code = 'INDEX_KEY';
}

const BYTES = 32;

/**
 * The index key from `INDEX_KEY` (base64 or hex of at least 32 bytes), else from `index.key` in the data directory,
 * made once and readable by its owner alone. The previous key comes from where the current one does:
 * `INDEX_KEY_PREVIOUS`, or `index.key.previous` beside `index.key`.
 * @throws IndexKeyError
 */
export function loadKeys(source: KeySource): Keys {
  const { dataDir, env, previousEnv } = source;
  if (previousEnv && !env) throw new IndexKeyError('INDEX_KEY_PREVIOUS needs INDEX_KEY beside it');
  if (env) return keysFrom(env, 'INDEX_KEY', previousEnv || null);
  const previous = readIfThere(join(dataDir, PREVIOUS_FILE));
  // A key made now would look like the successor of one that is lost.
  if (previous !== null && !existsSync(join(dataDir, 'index.key')))
    throw new IndexKeyError(`${PREVIOUS_FILE} needs index.key beside it`);
  return keysFrom(readOrMake(dataDir), 'index.key', previous);
}

export interface KeySource {
  dataDir: string;
  env?: string | undefined;
  previousEnv?: string | undefined;
}

const PREVIOUS_FILE = 'index.key.previous';
const PREVIOUS_NAMES: Readonly<Record<string, string>> = {
  INDEX_KEY: 'INDEX_KEY_PREVIOUS',
  'index.key': PREVIOUS_FILE,
};

/**
 * Keys from their text, base64 or hex. `name` says where the text came from.
 * @throws IndexKeyError
 */
export function keysFrom(text: string, name: string, previousText: string | null = null): Keys {
  const current = keyFrom(text, name);
  if (previousText === null) return { current, previous: null };
  const previousName = PREVIOUS_NAMES[name] ?? `the previous key of ${name}`;
  const previous = keyFrom(previousText, previousName);
  if (previous.id === current.id) throw new IndexKeyError(`${previousName} must be another key than ${name}`);
  return { current, previous };
}

function keyFrom(text: string, name: string): IndexKey {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64,}$/i.test(trimmed) ? 'hex' : 'base64');
  if (key.length < BYTES)
    throw new IndexKeyError(`${name} must hold at least ${BYTES} bytes, in base64 or hex`);
  return { id: fingerprint(key), key };
}

function readOrMake(dataDir: string): string {
  const path = join(dataDir, 'index.key');
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(path)) make(path);
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new IndexKeyError(`cannot read or make ${path}`, { cause });
  }
}

function readIfThere(path: string): string | null {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  } catch (cause) {
    throw new IndexKeyError(`cannot read ${path}`, { cause });
  }
}

/** Under its own name only when it is whole, and never over another's: two that start at once agree on the first. */
function make(path: string): void {
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

const fingerprint = (key: Buffer): string =>
  createHash('sha256').update('id').update(key).digest('hex').slice(0, 8);

const derived = new WeakMap<Buffer, Map<string, Buffer>>();

/** A key of its own for one use, so that no two uses share one. 32 bytes; derived once for each key. */
export function keyFor({ key }: IndexKey, use: string): Buffer {
  const known = derived.get(key) ?? new Map<string, Buffer>();
  derived.set(key, known);
  const made = known.get(use) ?? Buffer.from(hkdfSync('sha256', key, '', `sightline ${use}`, BYTES));
  known.set(use, made);
  return made;
}

/** How many records still carry an identifier or a place under another key than the current one. */
export async function rowsUnderOtherKeys(store: StoreDatabase, keys: Keys): Promise<number> {
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others from index_record
    where key_id is distinct from ${keys.current.id} and (place is not null or identifiers <> '[]')`.execute(
    store,
  );
  return rows[0]?.others ?? 0;
}

/**
 * Refuses keys that do not fit the store: what is hashed under neither meets nothing by number or place, so that a
 * shield would no longer reach everybody at a place, and nobody would see it.
 * @throws IndexKeyError naming the agencies, where records with an identifier or a place are under another key
 */
export async function refuseUnknownKeys(store: StoreDatabase, keys: Keys): Promise<void> {
  const known = [keys.current.id, ...(keys.previous ? [keys.previous.id] : [])];
  const { rows } = await sql<{ agency: string; records: number }>`
    select agency, count(*)::int as records from index_record
    where key_id <> all(${known}::text[]) and (place is not null or identifiers <> '[]')
    group by agency order by agency`.execute(store);
  if (rows.length === 0) return;
  const what = rows.map(({ agency, records }) => `${agency} ${records}`).join(', ');
  throw new IndexKeyError(
    `the person index has records under a key that is neither the current nor the previous one (${what}), which place ` +
      'shields could miss. Give that key as INDEX_KEY_PREVIOUS or index.key.previous; where it is lost, run ' +
      '`npx sightline index refresh`, which makes them anew',
  );
}

/** Fingerprints of the key before and of the new one. */
export interface ChangedKey {
  readonly before: string;
  readonly now: string;
}

/**
 * Puts a new key in the place of `index.key`, and the one before beside it as `index.key.previous`, for gateways to take when they
 * next start. Nobody may run on the directory meanwhile.
 * @param record writes it down first; what it throws is thrown here, and nothing is changed
 * @throws IndexKeyError where there is no key, or one is being changed already
 */
export async function changeIndexKey(
  dataDir: string,
  record: (change: ChangedKey) => Promise<void>,
): Promise<ChangedKey> {
  const [path, previous] = [join(dataDir, 'index.key'), join(dataDir, 'index.key.previous')];
  if (!existsSync(path)) throw new IndexKeyError(`there is no ${path} to change`);
  const before = readFileSync(path, 'utf8');
  // The same key at both places was left by a change that was cut short.
  const begun = existsSync(previous) && readFileSync(previous, 'utf8') === before;
  if (existsSync(previous) && !begun)
    throw new IndexKeyError(
      'the key is being changed already: when `index status` says that all records are under the current key, remove index.key.previous',
    );
  const text = randomBytes(32).toString('base64');
  const { current } = keysFrom(text, 'the new key');
  const change = { before: keysFrom(before, 'index.key').current.id, now: current.id };
  await record(change);
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
  try {
    if (!begun) linkSync(path, previous);
    renameSync(unfinished, path);
  } catch (cause) {
    unlinkSync(unfinished);
    throw new IndexKeyError(`cannot change ${path}`, { cause });
  }
  return change;
}
