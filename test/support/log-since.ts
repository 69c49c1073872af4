import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** How long a log is now, in bytes. */
export function logSize(file: string): number {
  const log = openSync(file, 'r');
  try {
    return fstatSync(log).size;
  } finally {
    closeSync(log);
  }
}

/** What was written to a log after its first `from` bytes: the log of a whole run may be longer than a string can be. */
export function logSince(file: string, from: number): string {
  const log = openSync(file, 'r');
  try {
    const text = Buffer.alloc(fstatSync(log).size - from);
    readSync(log, text, 0, text.length, from);
    return text.toString('utf8');
  } finally {
    closeSync(log);
  }
}
