import { type RawBuilder, sql } from 'kysely';
import { type DialectName, dialectIn, localText, splitColumn } from '../../../adapters/contract.ts';
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
    const [table, column] = splitColumn(read);
    columns.set(table, [...(columns.get(table) ?? []), column]);
  }
  const hashOf = HASHES[dialectIn(db)];
  const hashes = [...columns].map(([table, names]) => {
    const cells = [...new Set(names)].sort().map((name) => sql.ref(name));
    // The sum is that of all rows in whatever order they come.
    return hashOf(sql.table(table), cells);
  });
  const { rows } = await sql<{
    digest: string;
  }>`select concat_ws(' ', ${sql.join(hashes)}) as digest`.execute(db);
  return `${localText(now()).slice(0, 10)} ${rows[0]?.digest}`;
}

const HASHES: Readonly<
  Record<
    DialectName,
    (table: RawBuilder<unknown>, cells: readonly RawBuilder<unknown>[]) => RawBuilder<unknown>
  >
> = {
  postgres: (table, cells) =>
    sql`(select concat(count(*), ':', sum(hashtextextended(r::text, 0))) from (select ${sql.join(cells)} from ${table}) as r)`,
  // Each cell with its length, or without where it is null: no two rows that differ read alike. Of the digest as much as a sum takes.
  mysql(table, cells) {
    const told = cells.map((cell) => {
      const text = sql`cast(convert(${cell} using utf8mb4) as binary)`;
      return sql`coalesce(concat(length(${text}), ':', ${text}), '-')`;
    });
    return sql`(select concat(count(*), ':', coalesce(sum(cast(conv(left(sha2(concat(${sql.join(told)}), 256), 15), 16, 10) as unsigned)), 0)) from ${table})`;
  },
};
