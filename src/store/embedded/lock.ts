import { createHash, randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirectoryError } from './errors.ts';
import { birthMark, isAlive } from './processes.ts';

export const LOCK_FILE = 'sightline.lock';
const ATTEMPTS = 10;
const RETRY_MS = 20;
/** Taking over takes a moment; whoever has not finished after this long was killed in it. */
const ABANDONED_MS = 10_000;

export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly born: string | null;
}

/**
 * Claims a data directory for this process, for one start at a time; takes over from a process that died.
 * @throws DataDirectoryError DATA_DIRECTORY_IN_USE, naming the process that holds it;
 *   DATA_DIRECTORY_UNWRITABLE if the lock cannot be written.
 */
export async function acquireLock(directory: string): Promise<Lock> {
  const file = join(directory, LOCK_FILE);
  const mine = JSON.stringify({ pid: process.pid, born: await birthMark(process.pid) } satisfies Holder);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, mine, { mode: 0o600, flag: 'wx' });
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const held = await claim(draft, file);
      if (held === null || (await takeOver(directory, file, held, draft))) {
        return { release: () => release(file, mine) };
      }
      await sleep(RETRY_MS);
    }
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error;
    throw new DataDirectoryError('DATA_DIRECTORY_UNWRITABLE', directory, 'it cannot be written to', error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  throw new DataDirectoryError('DATA_DIRECTORY_IN_USE', directory, 'others are starting on it just now');
}

/** A link appears whole or not at all, so nobody reads half a lock. @returns what the holder wrote, if any. */
async function claim(draft: string, file: string): Promise<string | null> {
  try {
    await link(draft, file);
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFile(file, 'utf8').catch(() => '');
  }
}

/**
 * Puts our lock in the place of a dead one. Only one of many can make the mark that bears this dead lock's
 * name, and who comes later finds another lock behind it. @returns false if somebody else was quicker.
 */
async function takeOver(directory: string, file: string, held: string, draft: string): Promise<boolean> {
  const holder = parseHolder(held);
  if (holder !== null && (await lives(holder))) {
    const why = `another Sightline runs on it (process ${holder.pid})`;
    throw new DataDirectoryError('DATA_DIRECTORY_IN_USE', directory, why);
  }
  const mark = `${file}.dead-${createHash('sha256').update(held).digest('hex').slice(0, 12)}`;
  try {
    await link(file, mark);
  } catch {
    const made = await stat(mark).catch(() => null);
    if (made !== null && Date.now() - made.ctimeMs > ABANDONED_MS) await rm(mark, { force: true });
    return false;
  }
  try {
    if ((await readFile(mark, 'utf8')) !== held) return false;
    await rename(draft, file);
    return true;
  } finally {
    await rm(mark, { force: true });
  }
}

async function lives(holder: Holder): Promise<boolean> {
  if (!(await isAlive(holder.pid))) return false;
  const born = await birthMark(holder.pid);
  // An id is given again after a restart, of a container above all: the mark tells the two apart.
  return holder.born === null || born === null || born === holder.born;
}

async function release(file: string, mine: string): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => null);
  if (held === mine) await rm(file, { force: true });
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, born } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) ? { pid: pid as number, born: born ?? null } : null;
  } catch {
    return null;
  }
}
