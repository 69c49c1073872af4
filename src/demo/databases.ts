import pg from 'pg';
import type { World } from '../../fixtures/model.ts';
import { demoWorld, SEEDS, type SeededAgency } from '../../fixtures/seed.ts';
import { makeAgencyDatabase } from './agency-database.ts';
import { DemoDataError } from './errors.ts';
import { addressFor, type Login, newLogin, putLogin } from './login.ts';
import { AGENCIES, type Grants, type Plan, planOf } from './plan.ts';
import { type DemoState, readState, writeState } from './state.ts';
import { makeStoreDatabase } from './store-database.ts';

export interface DemoServer {
  /** Address of a database, as the superuser. */
  url(database: string): string;
}

export interface DemoOptions {
  /** Where the demo keeps its passwords, in `demo.json`. */
  dataDir: string;
  now: Date;
  /** SQL that lets a login read what an agency's adapter reads, and nothing else. */
  grants: Grants;
  /** Makes everything anew, the gateway's own store too. */
  reset?: boolean;
  /** Before the names of databases and logins, where several demos share a server. */
  prefix?: string;
  /** Takes what is worth telling whoever started us, a line at a time. */
  progress?: (line: string) => void;
}

export interface DemoDatabases {
  /** The gateway's own store, as its owner. */
  storeUrl: string;
  /** `url` is for the gateway, read-only; `adminUrl` is for whoever plays the agency and changes its rows. */
  agencies: Record<SeededAgency, { url: string; adminUrl: string }>;
  /** Whether the agencies' databases were made by this call. */
  made: boolean;
}

/**
 * Makes the demo's databases where they are missing or were made from other fixtures. Otherwise asks the server
 * once whether they are there, and returns.
 * @throws DemoDataError, naming the agency or the file
 */
export async function prepareDatabases(server: DemoServer, options: DemoOptions): Promise<DemoDatabases> {
  const plan = await planOf(options.prefix ?? '', options.grants);
  const kept = options.reset ? null : await readState(options.dataDir);
  if (kept?.fingerprint === plan.fingerprint && (await allThere(server, plan))) {
    return addresses(server, plan, kept, false);
  }
  options.progress?.(`Making the demo's data: ${AGENCIES.join(', ')}`);
  const state = newState(plan);
  await make(server, plan, state, options);
  await writeState(options.dataDir, state);
  return addresses(server, plan, state, true);
}

const newState = (plan: Plan): DemoState => ({
  fingerprint: plan.fingerprint,
  store: newLogin(`${plan.store}_owner`),
  agencies: Object.fromEntries(
    AGENCIES.map((agency) => [agency, newLogin(`${plan.database(agency)}_reader`)]),
  ),
});

async function make(server: DemoServer, plan: Plan, state: DemoState, options: DemoOptions): Promise<void> {
  await withAdmin(server, async (admin) => {
    for (const login of [state.store, ...Object.values(state.agencies)]) await putLogin(admin, login);
  });
  const world = demoWorld();
  // Each is let to its end, so that a start that fails leaves nothing under way for the next to meet.
  const outcomes = await Promise.allSettled([
    makeStoreDatabase(server.url, plan.store, state.store, options.reset ?? false),
    ...AGENCIES.map((agency) => makeAgency(server, plan, agency, loginOf(state, agency), world, options)),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function makeAgency(
  server: DemoServer,
  plan: Plan,
  agency: SeededAgency,
  login: Login,
  world: World,
  { now, grants }: DemoOptions,
): Promise<void> {
  try {
    await makeAgencyDatabase(server.url, {
      name: plan.database(agency),
      login,
      schema: plan.schemas[agency],
      fill: (client) => SEEDS[agency](client, world, now),
      grants: grants(agency, login.user),
    });
  } catch (cause) {
    throw new DemoDataError(`The demo's database of ${agency} could not be made`, { cause });
  }
}

async function allThere(server: DemoServer, plan: Plan): Promise<boolean> {
  const names = [plan.store, ...AGENCIES.map(plan.database)];
  const query = 'select from pg_database where datname = any($1)';
  return withAdmin(server, async (admin) => (await admin.query(query, [names])).rowCount === names.length);
}

async function withAdmin<T>(server: DemoServer, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function addresses(server: DemoServer, plan: Plan, state: DemoState, made: boolean): DemoDatabases {
  const agencies = AGENCIES.map((agency) => {
    const adminUrl = server.url(plan.database(agency));
    return [agency, { adminUrl, url: addressFor(adminUrl, loginOf(state, agency)) }] as const;
  });
  return {
    storeUrl: addressFor(server.url(plan.store), state.store),
    agencies: Object.fromEntries(agencies) as DemoDatabases['agencies'],
    made,
  };
}

function loginOf(state: DemoState, agency: SeededAgency): Login {
  const login = state.agencies[agency];
  if (!login) throw new DemoDataError(`demo.json has no login for ${agency}`);
  return login;
}
