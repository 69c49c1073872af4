import type pg from 'pg';

/** Writes one row; columns that are not named stay empty. */
export async function insert(
  client: pg.Client,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const marks = names.map((_, index) => `$${index + 1}`).join(', ');
  await client.query(`insert into "${table}" (${columns}) values (${marks})`, Object.values(row));
}
