import { createWriteStream, rmSync } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { LinkRecord } from '../../linkage/features.ts';
import type { Link } from '../../linkage/link-records.ts';
import { EvaluateError } from '../known-error.ts';

/** A file of rows that appears whole or not at all: it is written beside its place, and moved there at the end. */
export interface Output {
  write(header: readonly string[], rows: Iterable<readonly string[]>): Promise<void>;
  /** Puts what was written in its place. */
  keep(): Promise<void>;
  /** Takes away what was written. Harmless after `keep`. */
  drop(): Promise<void>;
}

/** Throws at once if the file could not be written later, so that a long run does not fail at its end. */
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
  // No partial file is left on disk while records are linked: then a signal ends the process at once.
  await rm(beside, { force: true });
  return {
    write: (header, rows) => withoutLeftovers(beside, () => writeRows(file, beside, header, rows)),
    keep: () =>
      rename(beside, path).catch((error: unknown) => {
        throw cannotBeWritten(file, error);
      }),
    drop: () => rm(beside, { force: true }),
  };
}

/** Ctrl-C, TERM and HUP end the process as they would, and take away what is half written. */
async function withoutLeftovers(path: string, write: () => Promise<void>): Promise<void> {
  const stop = (signal: NodeJS.Signals) => {
    rmSync(path, { force: true });
    for (const one of SIGNALS) process.off(one, stop);
    process.kill(process.pid, signal);
  };
  for (const one of SIGNALS) process.on(one, stop);
  try {
    await write();
  } finally {
    for (const one of SIGNALS) process.off(one, stop);
  }
}
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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

/** Writes the pairs that are linked or kept for review. */
export async function writeLinks(
  output: Output,
  links: Iterable<Link>,
  records: readonly LinkRecord[],
): Promise<void> {
  const key = (at: number) => (records[at] as LinkRecord).key;
  await output.write(
    ['record_id_a', 'record_id_b', 'weight_bits', 'decision'],
    rowsOf(links, ({ a, b, bits, decision }) =>
      decision === 'NONE' ? null : [key(a), key(b), bits.toFixed(2), decision],
    ),
  );
}

/** Writes for every record the person that it is held to be, named by that person's first record. */
export async function writeClusters(
  output: Output,
  person: Uint32Array,
  records: readonly LinkRecord[],
): Promise<void> {
  await output.write(
    ['record_id', 'person_id'],
    rowsOf(records.entries(), ([at, { key }]) => [key, (records[person[at] as number] as LinkRecord).key]),
  );
}

function* rowsOf<T>(
  items: Iterable<T>,
  row: (item: T) => readonly string[] | null,
): Iterable<readonly string[]> {
  for (const item of items) {
    const made = row(item);
    if (made) yield made;
  }
}
