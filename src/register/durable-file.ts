import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { type FileHandle, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from '../store/make-folders.ts';
import { RegisterFileError } from './errors.ts';

/** Makes the folder for files that only this account may read. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    makeFolders(folder, 0o700);
  } catch (cause) {
    throw new RegisterFileError(folder, 'the folder cannot be made; set DATA_DIR to another', cause);
  }
}

/** The file's text, null if there is no such file. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new RegisterFileError(file, 'it cannot be read', cause);
  }
}

/**
 * The file's text; where there is none yet, what `make` gives, written whole or not at all.
 * Of two that start at once, one makes it and both read the same.
 */
export async function readOrMake(file: string, make: () => string): Promise<{ text: string; made: boolean }> {
  const text = await readIfThere(file);
  if (text !== null) return { text, made: false };
  try {
    const made = await makeWhole(file, make());
    return { text: await readFile(file, 'utf8'), made };
  } catch (cause) {
    throw new RegisterFileError(file, 'it cannot be made', cause);
  }
}

async function makeWhole(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}.new`;
  await writeDurably(draft, text);
  const made = await link(draft, file).then(
    () => true,
    (error) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  await rm(draft);
  syncFolder(file);
  return made;
}

/** Puts this text in the file's place, whole or not at all, and gives it back. */
export async function replaceWhole(file: string, text: string): Promise<string> {
  const draft = `${file}.${randomUUID()}.new`;
  try {
    await writeDurably(draft, text);
    await rename(draft, file);
    syncFolder(file);
    return text;
  } catch (cause) {
    throw new RegisterFileError(file, 'it cannot be replaced', cause);
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Opens a file to add lines to, made if need be. */
export async function openToAppend(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, 'a+', 0o600);
    syncFolder(file);
    return handle;
  } catch (cause) {
    throw new RegisterFileError(file, 'it cannot be written', cause);
  }
}

/** A new file is there after a power cut only once its folder has been written too. Windows does so by itself. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
