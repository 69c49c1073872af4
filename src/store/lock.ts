import { createHash, randomBytes } from 'node:crypto';
import { link, open, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirectoryError } from './embedded/errors.ts';
import { birthMark, isAlive } from './embedded/processes.ts';

export const LOCK_FILE = 'sightline.lock';
const ATTEMPTS = 10;
const RETRY_MS = 20;
/** Taking over takes a moment; whoever has not finished after this long was killed in it. */
const ABANDONED_MS = 10_000;
/** A lock is touched this often while its process lives … */
const BEAT_MS = 1_000;
/** … and one whose process cannot be seen from here is dead when it was not touched for so long. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 250;

export interface Lock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** The folder to name when it is refused, where that is another than the one the lock lies in. */
  named?: string;
  /** Told once if another process has taken the lock, which may happen to one that was stopped for a long time. */
  onLost?(): void;
}

interface Holder {
  readonly pid: number;
  readonly born: string | null;
  /** Where process ids mean the same: two containers have the same ids for different processes. */
  readonly space: string | null;
  /** Of the directory: a copy of it, as a backup is one, is locked by nobody. */
  readonly inode: number | null;
}

/**
 * Claims a directory for this process, for one start at a time; takes over from a process that died.
 * @throws DataDirectoryError DATA_DIRECTORY_IN_USE, naming the process that holds it;
 *   DATA_DIRECTORY_UNWRITABLE if the lock cannot be written.
 */
export async function acquireLock(directory: string, options: LockOptions = {}): Promise<Lock> {
  const { named = directory } = options;
  const file = join(directory, LOCK_FILE);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const me = await myself(directory);
    const mine = JSON.stringify(me);
    await writeFile(draft, mine, { mode: 0o600, flag: 'wx' });
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const held = await claim(draft, file);
      if (held === null || (await takeOver(file, held, draft, me, named))) {
        return beating(file, mine, options.onLost ?? (() => {}));
      }
      await sleep(RETRY_MS);
    }
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error;
    throw new DataDirectoryError('DATA_DIRECTORY_UNWRITABLE', named, 'it cannot be written to', error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  throw new DataDirectoryError('DATA_DIRECTORY_IN_USE', named, 'others are starting on it just now');
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
async function takeOver(
  file: string,
  held: string,
  draft: string,
  me: Holder,
  named: string,
): Promise<boolean> {
  const holder = parseHolder(held);
  const copied = holder?.inode != null && holder.inode !== me.inode;
  if (holder !== null && !copied) {
    const elsewhere = holder.space !== null && holder.space !== me.space;
    if (elsewhere ? await beats(file) : await lives(holder)) {
      const where = elsewhere ? ' in another container or on another machine' : '';
      const why = `another Sightline runs on it (process ${holder.pid}${where}). Give each gateway a DATA_DIR of its own`;
      throw new DataDirectoryError('DATA_DIRECTORY_IN_USE', named, why);
    }
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

/** Whether a lock is touched while we watch. Clocks of two machines are not compared: only that the time changes. */
async function beats(file: string): Promise<boolean> {
  const before = await touchedAt(file);
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    await sleep(LOOK_EVERY_MS);
    if ((await touchedAt(file)) !== before) return true;
  }
  return false;
}

/** Opened first: a network file system looks at the server only then. Null where the file is gone. */
async function touchedAt(file: string): Promise<number | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
  }
}

function beating(file: string, mine: string, onLost: () => void): Lock {
  const beat = async () => {
    const held = await readFile(file, 'utf8').catch(() => null);
    if (held === mine) return utimes(file, new Date(), new Date());
    // A disk that cannot be read for a moment is no other gateway.
    if (held === null) return;
    clearInterval(timer);
    onLost();
  };
  const timer = setInterval(() => void beat().catch(() => {}), BEAT_MS);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      if ((await readFile(file, 'utf8').catch(() => null)) === mine) await rm(file, { force: true });
    },
  };
}

async function myself(directory: string): Promise<Holder> {
  const { ino: inode } = await stat(directory);
  return { pid: process.pid, born: await birthMark(process.pid), space: await processSpace(), inode };
}

/** Processes of one boot and one process namespace see each other; null where the system does not tell. */
async function processSpace(): Promise<string | null> {
  if (process.platform !== 'linux') return hostname() || null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  const namespace = await readlink('/proc/self/ns/pid').catch(() => null);
  return boot === null || namespace === null ? null : `${boot.trim()}/${namespace}`;
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, born = null, space = null, inode = null } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) ? { pid: pid as number, born, space, inode } : null;
  } catch {
    return null;
  }
}
