import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IndexKeyError, keysFrom } from './keys.ts';

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
