import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryError } from './errors.ts';
import { birthMark, isAlive } from './processes.ts';

export const LOCK_FILE = 'sightline.lock';
const ATTEMPTS = 5;

export interface Lock {
  /** Whether a process that died without letting go held it before. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly born: string | null;
}

/**
 * Claims a data directory for this process, for one start at a time.
 * @throws DataDirectoryError DATA_DIRECTORY_IN_USE, naming the process that holds it;
 *   DATA_DIRECTORY_UNWRITABLE if the lock cannot be written.
 */
export async function acquireLock(directory: string): Promise<Lock> {
  const file = join(directory, LOCK_FILE);
  const mine = JSON.stringify({ pid: process.pid, born: await birthMark(process.pid) } satisfies Holder);
  let takenOver = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await claim(directory, file, mine)) return { takenOver, release: () => release(file, mine) };
    const held = await readFile(file, 'utf8').catch(() => null);
    if (held === null) continue;
    const holder = parseHolder(held);
    if (holder !== null && (await lives(holder))) {
      throw new DataDirectoryError(
        'DATA_DIRECTORY_IN_USE',
        directory,
        `another Sightline runs on it (process ${holder.pid})`,
      );
    }
    await removeStale(file, held);
    takenOver = true;
  }
  throw new DataDirectoryError('DATA_DIRECTORY_IN_USE', directory, 'others are starting on it just now');
}

/** A link appears whole or not at all: no reader ever sees a lock that is half written. */
async function claim(directory: string, file: string, mine: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await writeFile(draft, mine, { mode: 0o600, flag: 'wx' });
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new DataDirectoryError('DATA_DIRECTORY_UNWRITABLE', directory, 'it cannot be written to', error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function lives(holder: Holder): Promise<boolean> {
  if (!(await isAlive(holder.pid))) return false;
  const born = await birthMark(holder.pid);
  // An id is given again after a restart, of a container above all: the mark tells the two apart.
  return holder.born === null || born === null || born === holder.born;
}

/** Takes the dead holder's lock away, unless someone else was quicker and the lock is now theirs. */
async function removeStale(file: string, held: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== held) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
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
