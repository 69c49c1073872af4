import pg from 'pg';
import { type Amount, SEEDS, type SeededAgency, USUAL_AMOUNT } from '../../fixtures/seed.ts';
import { makeAgencyDatabases } from './agency-databases.ts';
import { AGENCIES, type Grants, type Plan, planOf } from './plan.ts';
import { withThousands } from './progress.ts';
import {
  addressFor,
  DemoDataError,
  type DemoState,
  type Login,
  newLogin,
  putLogin,
  readState,
  writeState,
} from './state.ts';
import { makeStoreDatabase } from './store-database.ts';

export interface DemoServer {
  /** Address of a database, as the superuser. */
  url(database: string): string;
}

export interface DemoDatabaseOptions {
  /** Where the demo keeps its passwords, in `demo.json`. */
  dataDir: string;
  now: Date;
  /** SQL that lets a login read what an agency's adapter reads, and nothing else. */
  grants: Grants;
  /** Makes everything anew, the gateway's own store too. */
  reset?: boolean;
  /**
   * How many people are generated, and from which seed. What is left out stays as the data were made, or is the
   * default.
   */
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
 * Makes the demo's databases if they are missing, were made from other fixtures or hold another number of people; the
 * register of disclosures is kept. Otherwise only checks that they are there.
 * @throws DemoDataError, naming the agency or the file
 */
export async function prepareDatabases(
  server: DemoServer,
  options: DemoDatabaseOptions,
): Promise<DemoDatabases> {
  const plan = await planOf(options.prefix ?? '', options.grants);
  const kept = options.reset ? null : await readState(options.dataDir);
  const amount = { ...USUAL_AMOUNT, ...kept?.amount, ...options.amount };
  const asAsked = kept?.amount.people === amount.people && kept.amount.seed === amount.seed;
  if (kept?.fingerprint === plan.fingerprint && asAsked && (await allThere(server, plan))) {
    return addresses(server, plan, kept, false);
  }
  options.progress?.(whatIsMade(amount, asAsked ? null : kept));
  const state = newState(plan, amount);
  // If this start is interrupted, the next must not take half of the data for all of it.
  await writeState(options.dataDir, { ...state, fingerprint: UNFINISHED });
  await makeDatabases(server, plan, state, options);
  await writeState(options.dataDir, state);
  return addresses(server, plan, state, true);
}

function whatIsMade({ people, seed }: Amount, before: DemoState | null): string {
  const from = seed === USUAL_AMOUNT.seed ? '' : ` from seed ${seed}`;
  const making = `Making the demo's data of ${withThousands(people)} people${from}: ${AGENCIES.join(', ')}`;
  if (before === null) return making;
  return `${making}\nThey take the place of the ${withThousands(before.amount.people)} before; the register is kept`;
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

async function makeDatabases(
  server: DemoServer,
  plan: Plan,
  state: DemoState,
  options: DemoDatabaseOptions,
): Promise<void> {
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
  // Waits for both even if one fails, so that a failed start leaves nothing running.
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
