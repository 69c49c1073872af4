import pg from 'pg';
import { createDatabase, dropDatabase } from '../store/embedded/databases.ts';
import type { Login } from './login.ts';

export interface AgencyDatabase {
  name: string;
  login: Login;
  /** The agency's own tables, as SQL. */
  schema: string;
  fill(client: pg.Client): Promise<void>;
  /** What the login may read, as SQL. */
  grants: readonly string[];
}

/** Makes an agency's database anew, with its rows and a login that may read what it was granted and nothing else. */
export async function makeAgencyDatabase(
  url: (database: string) => string,
  agency: AgencyDatabase,
): Promise<void> {
  const { name, login } = agency;
  await dropDatabase(url('postgres'), name);
  await createDatabase(url('postgres'), name);
  const client = new pg.Client({ connectionString: url(name) });
  await client.connect();
  try {
    await client.query(agency.schema);
    await agency.fill(client);
    const [database, reader] = [pg.escapeIdentifier(name), pg.escapeIdentifier(login.user)];
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to ${reader}`);
    await client.query(
      `alter role ${reader} in database ${database} set default_transaction_read_only to on`,
    );
    await client.query('revoke all on schema public from public');
    for (const grant of agency.grants) await client.query(grant);
  } finally {
    await client.end();
  }
}
