import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { DemoDatabases } from '../../src/demo/databases.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { addressOf, testServer } from './postgres.ts';

/** Where the databases are that a run makes once, for every gateway to start on a copy of. */
export interface MadeOnce {
  /** Before the names of databases and logins; whatever begins so is taken away when the run ends. */
  prefix: string;
  dataDir: string;
}
declare module 'vitest' {
  interface ProvidedContext {
    madeOnce: MadeOnce;
  }
}

/** Makes the databases, or says where they are if they were made, and fills the index if it is not. */
export type Make = (once: MadeOnce, whole: boolean) => Promise<Made>;
type Made = Pick<DemoDatabases, 'storeUrl' | 'agencies'>;

/** The demo's databases for one gateway at a time. */
export interface Copies extends Made {
  /** Before the names of these databases, and of no others. */
  readonly prefix: string;
  /** Ends whoever is connected to them; those that are as they were copied serve the next gateway of this process. */
  giveBack(): Promise<void>;
}

let made: Promise<Made> | undefined;
/** What is free to be taken: names of databases by their set's prefix, each with the state in which it was copied. */
const free: { prefix: string; asCopied: Map<string, string> }[] = [];

/**
 * A copy of the demo's databases with the index filled, and its key in `dataDir`: far sooner there than made anew. The
 * first of a run that needs it makes what is copied, and the others wait. All copies have the same logins.
 */
export async function takeCopies(dataDir: string, make: Make): Promise<Copies> {
  const server = await testServer();
  const once = inject('madeOnce');
  const { prefix, asCopied } = free.pop() ?? {
    prefix: `${once.prefix}${randomBytes(4).toString('hex')}_`,
    asCopied: new Map<string, string>(),
  };
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  try {
    made ??= oneAtATime(admin, once, make);
    const { storeUrl, agencies } = await made;
    await copyFile(join(once.dataDir, 'index.key'), join(dataDir, 'index.key'));
    const named = (url: string) => `${prefix}${databaseOf(url).slice(once.prefix.length)}`;
    const missing = [storeUrl, ...Object.values(agencies).map(({ url }) => url)].filter(
      (url) => !asCopied.has(named(url)),
    );
    for (const url of missing) {
      await createDatabase(server.url('postgres'), named(url), { template: databaseOf(url) });
      await admin.query(ownRights(named(url), decodeURIComponent(new URL(url).username)));
    }
    for (const [name, state] of await statesOf(admin, missing.map(named))) asCopied.set(name, state);
    return {
      prefix,
      storeUrl: addressOf(storeUrl, named(storeUrl)),
      agencies: Object.fromEntries(
        Object.entries(agencies).map(([agency, { url, adminUrl }]) => [
          agency,
          { url: addressOf(url, named(url)), adminUrl: addressOf(adminUrl, named(url)) },
        ]),
      ) as DemoDatabases['agencies'],
      async giveBack() {
        await dropChanged(asCopied);
        free.push({ prefix, asCopied });
      },
    };
  } finally {
    await admin.end();
  }
}

async function dropChanged(asCopied: Map<string, string>): Promise<void> {
  const { url } = await testServer();
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  try {
    const names = [...asCopied.keys()];
    // What a session did is counted when it has ended.
    await admin.query(
      'select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = any($1)',
      [names],
    );
    const now = await statesOf(admin, names);
    for (const name of names) {
      if (now.get(name) === asCopied.get(name)) continue;
      asCopied.delete(name);
      await dropDatabase(url('postgres'), name);
    }
  } finally {
    await admin.end();
  }
}

/** For each database, what another text of tells that a row, a table, a right or a setting of it was changed. */
async function statesOf(admin: pg.Client, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await admin.query(
    `select d.datname as name, concat_ws(' ', d.oid, s.tup_inserted, s.tup_updated, s.tup_deleted, d.datacl,
       (select string_agg(concat_ws(' ', setrole, setconfig), ' ' order by setrole)
        from pg_db_role_setting where setdatabase = d.oid)) as state
     from pg_database d join pg_stat_database s on s.datid = d.oid where d.datname = any($1)`,
    [names],
  );
  return new Map(rows.map(({ name, state }) => [name, state]));
}

/** An empty database for all files of a process, which is taken away when the run ends. */
export async function databaseOfRun(name: string): Promise<string> {
  const { url } = await testServer();
  const database = `${inject('madeOnce').prefix}${name}_${process.pid}`;
  await createDatabase(url('postgres'), database);
  return url(database);
}

async function oneAtATime(admin: pg.Client, once: MadeOnce, make: Make): Promise<Made> {
  const whole = join(once.dataDir, 'whole');
  await admin.query(`select pg_advisory_lock(hashtext('${once.prefix}'))`);
  try {
    await mkdir(once.dataDir, { recursive: true });
    const isWhole = await stat(whole).then(
      () => true,
      () => false,
    );
    const databases = await make(once, isWhole);
    await writeFile(whole, '');
    return databases;
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext('${once.prefix}'))`);
  }
}

/** What belongs to a database itself, its owner and who may connect, is not in a copy. */
function ownRights(name: string, user: string): string {
  const [database, login] = [name, user].map((one) => pg.escapeIdentifier(one));
  const rights = user.endsWith('_reader')
    ? `grant connect on database ${database} to ${login};
       alter role ${login} in database ${database} set default_transaction_read_only to on`
    : `alter database ${database} owner to ${login}`;
  return `revoke all on database ${database} from public; ${rights}`;
}

const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
