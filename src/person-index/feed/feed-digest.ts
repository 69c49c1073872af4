import { sql } from 'kysely';
import { localText } from '../../../adapters/contract.ts';
import type { RefreshInput } from './feed-types.ts';

/**
 * A hash over every cell that the feed of an agency reads, made by the agency's own database in one statement, so that
 * all of it is of one moment and nothing of it travels. Records are made of these cells, of what rows are made with, and
 * of the day in London, by which an end has come or not: where none of that is another, no record is. Rejects as the
 * agency's database does. Null of a feed that does not say what it reads.
 */
export async function feedDigest({ db, source, now }: RefreshInput): Promise<string | null> {
  if (source.reads.length === 0) return null;
  const columns = new Map<string, string[]>();
  for (const read of source.reads) {
    const [table = '', column = ''] = read.split('.');
    columns.set(table, [...(columns.get(table) ?? []), column]);
  }
  const hashes = [...columns].map(([table, names]) => {
    const cells = sql`select ${sql.join([...new Set(names)].sort().map((name) => sql.ref(name)))} from ${sql.table(table)}`;
    // The sum is that of all rows in whatever order they come.
    return sql`(select concat(count(*), ':', sum(hashtextextended(r::text, 0))) from (${cells}) as r)`;
  });
  const { rows } = await sql<{
    digest: string;
  }>`select concat_ws(' ', ${sql.join(hashes)}) as digest`.execute(db);
  return `${localText(now()).slice(0, 10)} ${rows[0]?.digest}`;
}
