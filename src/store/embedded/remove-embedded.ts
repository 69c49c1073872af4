import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock } from '../lock.ts';
import { removeUnfinished } from './cluster.ts';
import { removeCopies } from './copy-binaries.ts';
import { LOG_FILE, PASSWORD_FILE, prepareDirectory } from './data-directory.ts';
import { endLeftBehind } from './end-postmaster.ts';
import { clusterIn, existingPlace, pointerFile, removePlace } from './place.ts';
import { settle } from './site.ts';

/**
 * Removes an embedded database for good, wherever its files are, with a server left behind on it. Other
 * files in the data directory stay; the directory itself goes if there are none.
 * @throws DataDirectoryError DATA_DIRECTORY_IN_USE while a Sightline runs on it
 */
export async function removeEmbedded(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const dataDir = await prepareDirectory(directory);
  const lock = await acquireLock(dataDir);
  try {
    // A cluster that is gone from where it was leaves nothing to end.
    const place = await existingPlace(dataDir).catch(() => null);
    if (place !== null) await endLeftBehind(await settle(dataDir));
    if (place !== null && place !== dataDir) await removePlace(place);
    await removeUnfinished(dataDir);
    await removeCopies(dataDir);
    const ours = [
      clusterIn(dataDir),
      pointerFile(dataDir),
      join(dataDir, PASSWORD_FILE),
      join(dataDir, LOG_FILE),
    ];
    await Promise.all(ours.map((path) => rm(path, { recursive: true, force: true })));
  } finally {
    await lock.release();
  }
  await rmdir(dataDir).catch(() => {});
}
