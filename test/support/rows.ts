import pg from 'pg';

/** What a statement gives in a session of its own; options of it are as PostgreSQL takes them from a command line. */
export async function rows(
  url: string,
  text: string,
  values: unknown[],
  options = '',
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, ...(options && { options }) });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Drops every database and login whose name begins so. */
export async function dropAll(admin: string, prefix: string): Promise<void> {
  const names = await rows(admin, 'select datname from pg_database where starts_with(datname, $1)', [prefix]);
  for (const { datname } of names) await rows(admin, `drop database "${datname}" with (force)`, []);
  const roles = await rows(admin, 'select rolname from pg_roles where starts_with(rolname, $1)', [prefix]);
  for (const { rolname } of roles) await rows(admin, `drop role "${rolname}"`, []);
}
