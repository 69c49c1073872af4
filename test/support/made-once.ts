import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { DemoDatabases } from '../../src/demo/databases.ts';
import { createDatabase } from '../../src/store/embedded/databases.ts';
import { addressOf, type TestServer } from './postgres.ts';

/** Where the databases are that a run makes once, for every gateway to start on a copy of. */
export interface MadeOnce {
  /** Before the names of databases and logins. */
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

/**
 * A copy of the demo's databases with the index filled, and its key in `dataDir`: far sooner there than made anew. The
 * first of a run that needs it makes what is copied, and the others wait. All copies have the same logins.
 */
export async function copyOfMadeOnce(
  server: TestServer,
  prefix: string,
  dataDir: string,
  make: Make,
): Promise<Made> {
  const once = inject('madeOnce');
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  try {
    const made = await oneAtATime(admin, once, make);
    await copyFile(join(once.dataDir, 'index.key'), join(dataDir, 'index.key'));
    const urls = [made.storeUrl, ...Object.values(made.agencies).map(({ url }) => url)];
    const named = (url: string) => `${prefix}${databaseOf(url).slice(once.prefix.length)}`;
    await Promise.all(
      urls.map((url) => createDatabase(server.url('postgres'), named(url), { template: databaseOf(url) })),
    );
    for (const url of urls)
      await admin.query(ownRights(named(url), decodeURIComponent(new URL(url).username)));
    return {
      storeUrl: addressOf(made.storeUrl, named(made.storeUrl)),
      agencies: Object.fromEntries(
        Object.entries(made.agencies).map(([agency, { url, adminUrl }]) => [
          agency,
          { url: addressOf(url, named(url)), adminUrl: addressOf(adminUrl, named(url)) },
        ]),
      ) as DemoDatabases['agencies'],
    };
  } finally {
    await admin.end();
  }
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
    const made = await make(once, isWhole);
    await writeFile(whole, '');
    return made;
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
