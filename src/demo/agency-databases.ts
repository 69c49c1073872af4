import pg from 'pg';
import type { World } from '../../fixtures/model.ts';
import { type Amount, demoWorld } from '../../fixtures/seed.ts';
import { createDatabase, dropDatabase } from '../store/embedded/databases.ts';
import { progressOf } from './progress.ts';
import { DemoDataError, type Login } from './state.ts';

interface AgencyDatabase<Part> {
  agency: string;
  name: string;
  login: Login;
  /** The agency's own tables, as SQL. */
  schema: string;
  /** Takes the rows of a part of the people; the first part first. */
  fillOf(client: pg.Client): (part: Part) => Promise<void>;
  /** What the login may read, as SQL. */
  grants: readonly string[];
}

/** A database whose rows are being written. Nobody can read any of them before `finish`. */
interface AgencyBeingMade<Part> {
  fill(part: Part): Promise<void>;
  /** Keeps what was written, with a login that may read what it was granted and nothing else. */
  finish(): Promise<void>;
  /** Ends the connection; without `finish` nothing is kept. */
  close(): Promise<void>;
}

/**
 * Makes an agency's database anew, with its tables, for a part of its rows after another: all in one transaction, which
 * also spares the server writing everything twice.
 * @throws DemoDataError naming the agency, as does everything it returns
 */
async function beginAgencyDatabase<Part>(
  url: (database: string) => string,
  agency: AgencyDatabase<Part>,
): Promise<AgencyBeingMade<Part>> {
  const client = new pg.Client({ connectionString: url(agency.name) });
  const named = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (cause) {
      await client.end().catch(() => {});
      throw new DemoDataError(`The demo's database of ${agency.agency} could not be made`, { cause });
    }
  };
  await named(async () => {
    await dropDatabase(url('postgres'), agency.name);
    await createDatabase(url('postgres'), agency.name);
    await client.connect();
    await client.query('begin');
    await client.query(agency.schema);
  });
  const fill = agency.fillOf(client);
  return {
    fill: (part) => named(() => fill(part)),
    finish: () => named(() => finish(client, agency)),
    close: () => client.end(),
  };
}

async function finish(
  client: pg.Client,
  { name, login, grants }: AgencyDatabase<never> | AgencyDatabase<unknown>,
): Promise<void> {
  const [database, reader] = [pg.escapeIdentifier(name), pg.escapeIdentifier(login.user)];
  await client.query(`revoke all on database ${database} from public`);
  await client.query(`grant connect on database ${database} to ${reader}`);
  await client.query(`alter role ${reader} in database ${database} set default_transaction_read_only to on`);
  await client.query('revoke all on schema public from public');
  for (const grant of grants) await client.query(grant);
  await client.query('commit');
  // Queries come at once, before the server has counted its rows by itself.
  await client.query('analyze');
}

/**
 * Makes the agencies' databases beside each other and writes the same part of the people to each before the next, so
 * that memory holds one part, however many people there are.
 * @throws DemoDataError naming the first agency that failed
 */
export async function makeAgencyDatabases(
  url: (database: string) => string,
  agencies: readonly AgencyDatabase<World>[],
  amount: Amount,
  tell: (line: string) => void,
): Promise<void> {
  const making: AgencyBeingMade<World>[] = [];
  try {
    await forEach(agencies, async (agency) => void making.push(await beginAgencyDatabase(url, agency)));
    const written = progressOf(amount.people, 'people written', tell);
    for (const part of demoWorld(amount)) {
      await forEach(making, (one) => one.fill(part));
      written(part.people.length);
    }
    await forEach(making, (one) => one.finish());
  } finally {
    await Promise.all(making.map((one) => one.close()));
  }
}

/** Waits for all even if one fails, so that a failed start leaves nothing running. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(all.map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
