import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataDirectoryError } from './errors.ts';
import type { ServerAccount } from './programs.ts';

const POINTER_FILE = 'cluster-place.json';

/** Folders for clusters whose data directory the server's account cannot enter; the first that works. */
const ELSEWHERE = () => ['/var/lib', '/var/tmp', tmpdir()].map((base) => join(base, 'sightline-embedded'));

interface Pointer {
  readonly place: string;
  /** Of the data directory: follows it when it is moved, and tells a copy of it from the original. */
  readonly inode: number;
}

export const clusterIn = (place: string): string => join(place, 'cluster');

/**
 * The folder that holds this data directory's cluster: itself, or one elsewhere; null before the first start.
 * @throws DataDirectoryError DATA_DIRECTORY_DAMAGED if the cluster elsewhere is gone.
 */
export async function existingPlace(dataDir: string): Promise<string | null> {
  const pointer = await readPointer(dataDir);
  if (pointer === null) return existsSync(clusterIn(dataDir)) ? dataDir : null;
  if (!existsSync(clusterIn(pointer.place))) {
    const gone = `its database was in ${pointer.place} and is gone; remove the directory to start anew`;
    throw new DataDirectoryError('DATA_DIRECTORY_DAMAGED', dataDir, gone);
  }
  return pointer.place;
}

/**
 * A folder for a new cluster that the account can enter: the data directory wherever possible. Root's own
 * home, which PostgreSQL's account may not enter, is the case where it is not. @returns null if there is none.
 */
export async function newPlace(dataDir: string, account: ServerAccount): Promise<string | null> {
  const { uid, gid } = account;
  if (uid === undefined || gid === undefined) return dataDir;
  const { mode, ino } = await stat(dataDir);
  await chmod(dataDir, (mode & 0o777) | 0o011);
  if (await canEnter(uid, gid, dataDir)) return dataDir;
  const name = createHash('sha256').update(`${dataDir}\n${ino}`).digest('hex').slice(0, 16);
  for (const base of ELSEWHERE()) {
    const place = join(base, name);
    if ((await ownFolder(base)) && (await ownFolder(place)) && (await canEnter(uid, gid, place)))
      return place;
  }
  return null;
}

/** Removes a place that is not the data directory itself, and what it was put into if nothing else is there. */
export async function removePlace(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true });
  await rmdir(dirname(place)).catch(() => {});
}

/** Notes where the cluster is; to be called once it is whole. */
export async function rememberPlace(dataDir: string, place: string): Promise<void> {
  if (place === dataDir) return;
  const pointer: Pointer = { place, inode: (await stat(dataDir)).ino };
  await writeFile(join(dataDir, POINTER_FILE), JSON.stringify(pointer), { mode: 0o600 });
}

export const pointerFile = (dataDir: string): string => join(dataDir, POINTER_FILE);

async function readPointer(dataDir: string): Promise<Pointer | null> {
  try {
    const pointer = JSON.parse(await readFile(pointerFile(dataDir), 'utf8')) as Pointer;
    return pointer.inode === (await stat(dataDir)).ino ? pointer : null;
  } catch {
    return null;
  }
}

/**
 * Makes a folder that others may pass through and that nobody else can have planted or can change, since its
 * parent may be open to everybody. @returns false where that cannot be had.
 */
async function ownFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o711 }).catch(() => {});
    const found = await lstat(path);
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return false;
    await chmod(path, 0o711);
    return true;
  } catch {
    return false;
  }
}

/** Whether an account may pass through a folder and all those above it. */
async function canEnter(uid: number, gid: number, path: string): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    const found = await stat(folder);
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
