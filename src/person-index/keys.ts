import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys of the index: identifiers are kept only as keyed hashes, and public ids are sealed with them. */
export interface Keys {
  /** `id` is stored beside what the key made, so that a change of key is seen and the features are made anew. */
  current: { id: string; key: Buffer };
}

/** The key is unusable: too short, or the file cannot be read or made. */
export class IndexKeyError extends Error {
  readonly code = 'INDEX_KEY';
}

const BYTES = 32;

/**
 * The index key from `INDEX_KEY` (base64 or hex of at least 32 bytes), else from `index.key` in the data directory,
 * made once and readable by its owner alone.
 * @throws IndexKeyError
 */
export function loadKeys(source: { dataDir: string; env?: string | undefined }): Keys {
  return source.env ? keysFrom(source.env, 'INDEX_KEY') : keysFrom(readOrMake(source.dataDir), 'index.key');
}

/** Keys from their text, base64 or hex. `name` says where the text came from. */
export function keysFrom(text: string, name: string): Keys {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64,}$/i.test(trimmed) ? 'hex' : 'base64');
  if (key.length < BYTES)
    throw new IndexKeyError(`${name} must hold at least ${BYTES} bytes, in base64 or hex`);
  return { current: { id: fingerprint(key), key } };
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
export function keyFor(keys: Keys, use: string): Buffer {
  const { key } = keys.current;
  const known = derived.get(key) ?? new Map<string, Buffer>();
  derived.set(key, known);
  const made = known.get(use) ?? Buffer.from(hkdfSync('sha256', key, '', `sightline ${use}`, BYTES));
  known.set(use, made);
  return made;
}
