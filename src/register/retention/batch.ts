/** Entries that were shrunk together, and how the register says so. */
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { parsedEntry } from '../reading/stored-entry.ts';

/** State of an outcome whose `reason` is the batch. Such entries are kept without end: they are the proof. */
export const EXPIRED = 'EXPIRED';

/** Entries that may record it; inside a text of an entry no quotation mark stands bare. */
export const mayRecordExpired = (text: 'entry' | 'e.entry') => sql<boolean>`
  (${sql.ref(text)} like '%"kind":"RETENTION"%' and ${sql.ref(text)} like '%"state":"EXPIRED"%')`;

/** @param entries in order of place */
export function batchOf(
  chain: string,
  entries: readonly { readonly seq: string; readonly hash: string }[],
): string {
  const places = entries.map((entry) => [Number(entry.seq), entry.hash]);
  return hash('sha256', JSON.stringify(['sightline register expired v1', chain, places]), 'hex');
}

/** The batches that an entry records. */
export function batchesNamed(text: string): readonly string[] {
  const entry = parsedEntry(text);
  if (entry?.kind !== 'RETENTION') return [];
  return entry.outcomes.flatMap(({ state, reason }) =>
    state === EXPIRED && reason !== null ? [reason] : [],
  );
}
