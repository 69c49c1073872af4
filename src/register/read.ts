import type { Kysely } from 'kysely';
import type { StoreTables } from '../store/store.ts';
import type { RegisterEntry } from './entry.ts';

/** Entries of one person (internal id) or of one request, oldest first. Entries waiting in a spool are not there yet. */
export async function entriesOf(
  db: Kysely<StoreTables>,
  whose: { readonly person: string } | { readonly requestId: string },
): Promise<readonly RegisterEntry[]> {
  const all = db.selectFrom('register_entry').select('entry');
  const theirs =
    'person' in whose
      ? all.where('person', '=', whose.person)
      : all.where('request_id', '=', whose.requestId);
  const rows = await theirs.orderBy('at').orderBy('chain').orderBy('seq').execute();
  return rows.map(({ entry }) => JSON.parse(entry));
}
