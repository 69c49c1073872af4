import { chmod, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder that others may pass through and that nobody else can have planted or can change, since its
 * parent may be open to everybody. @returns false where that cannot be had.
 */
export async function ownFolder(path: string): Promise<boolean> {
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
export async function canEnter(uid: number, gid: number, path: string): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    const found = await stat(folder);
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
