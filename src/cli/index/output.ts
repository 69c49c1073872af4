import { createWriteStream } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { EvaluateError } from './evaluate-error.ts';

/** A file of rows that appears whole or not at all: it is written beside its place, and moved there at the end. */
export interface Output {
  write(header: readonly string[], rows: Iterable<readonly string[]>): Promise<void>;
  /** Puts what was written in its place. */
  keep(): Promise<void>;
  /** Takes away what was written. Harmless after `keep`. */
  drop(): Promise<void>;
}

/** Throws at once where the file could not be written later: a long run shall not end in that. */
export async function outputTo(file: string): Promise<Output> {
  try {
    const place = await placeOf(file);
    return await (place.plain ? keptApart(file, place.path) : writtenStraight(file, place.path));
  } catch (error) {
    throw cannotBeWritten(file, error);
  }
}

/** Where a link leads to; whether that is, or can be, a plain file. */
async function placeOf(file: string): Promise<{ readonly path: string; readonly plain: boolean }> {
  const path = await realpath(file).catch(() => resolve(file));
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (found && !found.isFile()) return { path, plain: false };
  if (found) await access(path, constants.W_OK);
  return { path, plain: true };
}

async function keptApart(file: string, path: string): Promise<Output> {
  const beside = `${path}.${process.pid}.part`;
  await (await open(beside, 'wx')).close();
  return {
    write: (header, rows) => writeRows(file, beside, header, rows),
    keep: () =>
      rename(beside, path).catch((error: unknown) => {
        throw cannotBeWritten(file, error);
      }),
    drop: () => rm(beside, { force: true }),
  };
}

/** A device or a pipe has no place to move a file to. */
async function writtenStraight(file: string, path: string): Promise<Output> {
  await access(path, constants.W_OK);
  return {
    write: (header, rows) => writeRows(file, path, header, rows),
    keep: async () => {},
    drop: async () => {},
  };
}

async function writeRows(
  file: string,
  path: string,
  header: readonly string[],
  rows: Iterable<readonly string[]>,
): Promise<void> {
  try {
    await pipeline(
      Readable.from(rows, { objectMode: true }),
      stringify({ header: true, columns: [...header] }),
      createWriteStream(path),
    );
  } catch (error) {
    throw cannotBeWritten(file, error);
  }
}

function cannotBeWritten(file: string, error: unknown): EvaluateError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why =
    code === 'EISDIR'
      ? 'it is a folder'
      : code === 'ENOENT'
        ? `no folder ${dirname(file)}`
        : (code ?? message);
  return new EvaluateError(`${file}: cannot be written (${why})`, { cause: error });
}
