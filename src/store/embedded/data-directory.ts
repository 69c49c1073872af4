import { randomBytes } from 'node:crypto';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { DataDirectoryError } from './errors.ts';

export const PASSWORD_FILE = 'superuser-password';
export const LOG_FILE = 'postgresql.log';

/**
 * Makes the data directory where it is missing. @returns its real path.
 * @throws DataDirectoryError DATA_DIRECTORY_UNWRITABLE
 */
export async function prepareDirectory(directory: string): Promise<string> {
  try {
    makeFolders(directory);
    return await realpath(directory);
  } catch (cause) {
    throw new DataDirectoryError('DATA_DIRECTORY_UNWRITABLE', directory, 'it cannot be made', cause);
  }
}

/** Makes a password and keeps it for later starts, readable by this account alone. */
export async function newPassword(directory: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(directory, PASSWORD_FILE), password, { mode: 0o600 });
  return password;
}

/** @throws DataDirectoryError DATA_DIRECTORY_DAMAGED if there is data but no password to it. */
export async function keptPassword(directory: string): Promise<string> {
  try {
    return await readFile(join(directory, PASSWORD_FILE), 'utf8');
  } catch (cause) {
    const why = `the file ${PASSWORD_FILE} cannot be read; put it back, or remove the directory to start anew`;
    throw new DataDirectoryError('DATA_DIRECTORY_DAMAGED', directory, why, cause);
  }
}
