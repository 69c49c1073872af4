import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withdrawnNow } from '../../src/sharing/rules/agreement.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import type { Listener } from '../../src/store/listen.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { StoreDatabase, StoreTables } from '../../src/store/tables.ts';
import { listenForWithdrawals, loadWithdrawals, takeBack, withdraw } from '../../src/store/withdrawals.ts';
import { testPool, testServer } from '../support/postgres.ts';
import { TRUST, tinyPolicy } from './support/tiny-policy.ts';

let url: string;
let admin: string;
let store: StoreDatabase;
const database = `withdrawals_${randomBytes(6).toString('hex')}`;
const listeners: Listener[] = [];

beforeAll(async () => {
  const server = await testServer();
  admin = server.url('postgres');
  url = server.url(database);
  await createDatabase(admin, database);
  const pool = testPool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  store = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(url);
});
afterAll(async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  await store.destroy();
  await dropDatabase(admin, database);
});

const at = new Date('2026-07-01T03:00:00Z');
const by = 'Ada Officer';
const why = 'a breach is looked into';

/** What a gateway that listens knows, and what it was told of trouble. */
function listening(rereadMs = 600_000) {
  const known: ReadonlyMap<string, number>[] = [];
  const problems: unknown[] = [];
  const listener = listenForWithdrawals(
    url,
    (withdrawals) => known.push(withdrawals),
    (error) => problems.push(error),
    { retryMs: 20, rereadMs },
  );
  listeners.push(listener);
  return { known, problems, listener, latest: () => known.at(-1) ?? new Map<string, number>() };
}
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

describe('a withdrawal', () => {
  it('is kept with who, when and why, and the highest version counts', async () => {
    await withdraw(store, { agreement: 'KEPT-1', version: 3, at, by, why });
    await withdraw(store, { agreement: 'KEPT-1', version: 1, at, by, why });
    const rows = await store
      .selectFrom('agreement_withdrawal')
      .selectAll()
      .where('agreement', '=', 'KEPT-1')
      .execute();
    expect(rows[0]).toEqual({
      id: expect.any(String),
      agreement: 'KEPT-1',
      version: 3,
      at,
      by_whom: by,
      why,
    });
    expect((await loadWithdrawals(store)).get('KEPT-1')).toBe(3);
  });

  it('reaches every gateway that listens', async () => {
    const one = listening();
    const other = listening();
    await soon(() => expect([one.known.length, other.known.length]).toEqual([1, 1]));
    await withdraw(store, { agreement: 'TOLD-1', version: 2, at, by, why });
    await soon(() => expect([one.latest().get('TOLD-1'), other.latest().get('TOLD-1')]).toEqual([2, 2]));
  });

  it('is known to a gateway that starts later', async () => {
    await withdraw(store, { agreement: 'LATE-1', version: 1, at, by, why });
    const { latest } = listening();
    await soon(() => expect(latest().get('LATE-1')).toBe(1));
  });

  it('that happens while a gateway’s connection is lost is known once it is back', async () => {
    const { known, problems, latest } = listening();
    await soon(() => expect(known).toHaveLength(1));
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'sightline withdrawals'`,
      [database],
    );
    await client.end();
    await withdraw(store, { agreement: 'LOST-1', version: 1, at, by, why });
    await soon(() => expect(latest().get('LOST-1')).toBe(1));
    expect(problems.length).toBeGreaterThan(0);
  });

  it('that nobody announced is found when the table is read again', async () => {
    const { known, latest } = listening(20);
    await soon(() => expect(known.length).toBeGreaterThan(0));
    await store
      .insertInto('agreement_withdrawal')
      .values({ agreement: 'MUTE-1', version: 1, at, by_whom: by, why })
      .execute();
    await soon(() => expect(latest().get('MUTE-1')).toBe(1));
  });

  it('taken back is known to every gateway that listens, and to one that starts later', async () => {
    const one = listening();
    const other = listening();
    await withdraw(store, { agreement: 'BACK-1', version: 2, at, by, why });
    await soon(() => expect([one.latest().get('BACK-1'), other.latest().get('BACK-1')]).toEqual([2, 2]));
    await takeBack(store, { agreement: 'BACK-1', at, by, why }, async () => {});
    await soon(() =>
      expect([one.latest().has('BACK-1'), other.latest().has('BACK-1')]).toEqual([false, false]),
    );
    const later = listening();
    await soon(() => expect(later.known.length).toBeGreaterThan(0));
    expect(later.latest().has('BACK-1')).toBe(false);
  });

  it('taken back lifts what it withdrew and no earlier withdrawal of a lower version', async () => {
    await withdraw(store, { agreement: 'BACK-2', version: 1, at, by, why });
    await withdraw(store, { agreement: 'BACK-2', version: 3, at: new Date(at.getTime() + 1), by, why });
    await takeBack(store, { agreement: 'BACK-2', at, by, why }, async () => {});
    expect((await loadWithdrawals(store)).get('BACK-2')).toBe(1);
  });

  it('is told to nobody who has closed', async () => {
    const { known, listener } = listening(10);
    await soon(() => expect(known.length).toBeGreaterThan(0));
    await listener.close();
    const count = known.length;
    await withdraw(store, { agreement: 'SHUT-1', version: 1, at, by, why });
    const other = listening();
    await soon(() => expect(other.latest().get('SHUT-1')).toBe(1));
    expect(known).toHaveLength(count);
  });
});

it('a gateway that cannot reach the store says so and goes on trying until it is closed', async () => {
  const problems: unknown[] = [];
  const listener = listenForWithdrawals(
    'postgres://nobody@127.0.0.1:1/none',
    () => {},
    (error) => problems.push(error),
    { retryMs: 5 },
  );
  await soon(() => expect(problems.length).toBeGreaterThan(1));
  await listener.close();
});

describe('what is withdrawn now', () => {
  const policy = tinyPolicy();
  it.each([
    ['the version in the file', 1, ['TRU-1']],
    ['a later version', 2, ['TRU-1']],
  ])('is an agreement withdrawn at %s', (_, version, expected) => {
    expect([...withdrawnNow(policy, new Map([['TRU-1', version]]))]).toEqual(expected);
  });

  it('is no agreement that has been signed again at a higher version', () => {
    const signed = tinyPolicy({ 'adapters/trust/sharing.yaml': TRUST.replace('version: 1', 'version: 2') });
    expect([...withdrawnNow(signed, new Map([['TRU-1', 1]]))]).toEqual([]);
  });

  it('is nothing else', () => {
    expect([...withdrawnNow(policy, new Map([['GONE-1', 9]]))]).toEqual([]);
  });
});
