import pg from 'pg';
import { type Amount, SEEDS, type SeededAgency, USUAL_AMOUNT } from '../../fixtures/seed.ts';
import { DemoDataError } from './errors.ts';
import { makeAgencyDatabases } from './fill.ts';
import { addressFor, type Login, newLogin, putLogin } from './login.ts';
import { AGENCIES, type Grants, type Plan, planOf } from './plan.ts';
import { count } from './progress.ts';
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
  /** How many people are generated and from which seed; what is not said stays as it was made, or is the usual. */
  amount?: Partial<Amount>;
  /** Before the names of databases and logins, where several demos share a server. */
  prefix?: string;
  /** Takes what is worth telling whoever started us, a line at a time. */
  progress?: (line: string) => void;
  /** Takes how far long work is, a line at a time. */
  tell?: (line: string) => void;
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
 * Makes the demo's databases where they are missing, were made from other fixtures, or hold another number of people
 * than is asked for; what was disclosed to whom is kept. Otherwise asks the server once whether they are there, and
 * returns.
 * @throws DemoDataError, naming the agency or the file
 */
export async function prepareDatabases(server: DemoServer, options: DemoOptions): Promise<DemoDatabases> {
  const plan = await planOf(options.prefix ?? '', options.grants);
  const kept = options.reset ? null : await readState(options.dataDir);
  const amount = { ...USUAL_AMOUNT, ...kept?.amount, ...options.amount };
  const asAsked = kept?.amount.people === amount.people && kept.amount.seed === amount.seed;
  if (kept?.fingerprint === plan.fingerprint && asAsked && (await allThere(server, plan))) {
    return addresses(server, plan, kept, false);
  }
  options.progress?.(whatIsMade(amount, asAsked ? null : kept));
  const state = newState(plan, amount);
  // A start that ends before its time must not leave half of the data to the next as if they were whole.
  await writeState(options.dataDir, { ...state, fingerprint: UNFINISHED });
  await make(server, plan, state, options);
  await writeState(options.dataDir, state);
  return addresses(server, plan, state, true);
}

function whatIsMade({ people, seed }: Amount, before: DemoState | null): string {
  const from = seed === USUAL_AMOUNT.seed ? '' : ` from seed ${seed}`;
  const making = `Making the demo's data of ${count(people)} people${from}: ${AGENCIES.join(', ')}`;
  if (before === null) return making;
  return `${making}\nThey take the place of the ${count(before.amount.people)} before; the register is kept`;
}

/** No fingerprint. */
const UNFINISHED = 'unfinished';

const newState = (plan: Plan, amount: Amount): DemoState => ({
  fingerprint: plan.fingerprint,
  amount,
  store: newLogin(`${plan.store}_owner`),
  agencies: Object.fromEntries(
    AGENCIES.map((agency) => [agency, newLogin(`${plan.database(agency)}_reader`)]),
  ),
});

async function make(server: DemoServer, plan: Plan, state: DemoState, options: DemoOptions): Promise<void> {
  await withAdmin(server, async (admin) => {
    for (const login of [state.store, ...Object.values(state.agencies)]) await putLogin(admin, login);
  });
  const { now, grants } = options;
  const agencies = AGENCIES.map((agency) => {
    const login = loginOf(state, agency);
    return {
      agency,
      name: plan.database(agency),
      login,
      schema: plan.schemas[agency],
      fillOf: (client: pg.Client) => SEEDS[agency](client, now),
      grants: grants(agency, login.user),
    };
  });
  // Both are let to their end, so that a start that fails leaves nothing under way for the next to meet.
  const outcomes = await Promise.allSettled([
    makeStoreDatabase(server.url, plan.store, state.store, options.reset ?? false),
    makeAgencyDatabases(server.url, agencies, state.amount, options.tell ?? (() => {})),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
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
