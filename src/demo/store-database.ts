import pg from 'pg';
import { createDatabase, dropDatabase } from '../store/embedded/databases.ts';
import type { Login } from './state.ts';

/**
 * Makes the gateway's own store, empty, for its owner. A store that exists is kept with its register, unless everything
 * begins anew. Its person index is emptied: the agencies' databases are made anew, and a feed that lost most of its
 * people would look broken.
 */
export async function makeStoreDatabase(
  url: (database: string) => string,
  name: string,
  owner: Login,
  anew: boolean,
): Promise<void> {
  if (anew) await dropDatabase(url('postgres'), name);
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  try {
    const found = await admin.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await createDatabase(url('postgres'), name);
    const database = pg.escapeIdentifier(name);
    await admin.query(`alter database ${database} owner to ${pg.escapeIdentifier(owner.user)}`);
    await admin.query(`revoke all on database ${database} from public`);
  } finally {
    await admin.end();
  }
  await prepare(url(name), owner);
}

/** Tables of the person index that say who is who; its refusals and notices stay. */
const PEOPLE = [
  'index_record',
  'index_gone',
  'index_candidate',
  'index_protection',
  'index_apart',
  'index_feed',
  'index_pass',
  'index_block',
  'index_standing',
  'index_claim',
];

/** From PostgreSQL 15 on, making tables in a database takes its public schema too. */
async function prepare(database: string, owner: Login): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    await client.query(`alter schema public owner to ${pg.escapeIdentifier(owner.user)}`);
    const there = await client.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class where relkind = 'r' and relname = any($1)`,
      [PEOPLE],
    );
    if (there.rows.length > 0)
      await client.query(`truncate ${there.rows.map(({ name }) => name).join(', ')}`);
  } finally {
    await client.end();
  }
}
