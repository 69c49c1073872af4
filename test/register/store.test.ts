import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { cloneDatabase } from '../support/postgres.ts';
import { afterThis, newWorld } from './world.ts';

async function emptyStore(): Promise<string> {
  const { url, drop } = await cloneDatabase('template1');
  afterThis(drop);
  return url;
}

async function tablesOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`);
  await client.end();
  return rows.map(({ tablename }) => tablename);
}

describe('the store’s tables', () => {
  it('are made once, however often and however many gateways start', async () => {
    const url = await emptyStore();
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await migrate(url)).toEqual([]);
    expect(await tablesOf(url)).toContain('register_entry');
  });

  it('are made all or not at all, and the error names what failed', async () => {
    const url = await emptyStore();
    const wrong = [
      { name: '1-right', up: 'create table right_one (id int)' },
      { name: '2-wrong', up: 'create tabel wrong_one (id int)' },
    ];
    await expect(migrate(url, wrong)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('2-wrong'),
    });
    expect(await tablesOf(url)).toEqual([]);
  });

  it('take what a newer version adds', async () => {
    const url = await emptyStore();
    const first = { name: '1-first', up: 'create table first_one (id int)' };
    await migrate(url, [first]);
    expect(await migrate(url, [first, { name: '2-more', up: 'create table more (id int)' }])).toEqual([
      '2-more',
    ]);
  });
});

describe('the store behind a wire that breaks', () => {
  it.each(['cut', 'stall'] as const)('says so, and answers again once it is mended (%s)', async (how) => {
    const { proxy, wiredUrl } = await newWorld();
    const store = openStore(wiredUrl, { connections: 1, connectTimeoutMs: 200, statementTimeoutMs: 100 });
    afterThis(() => store.close());
    await store.ping(1_000);
    proxy[how]();
    await expect(store.ping(300)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    proxy.restore();
    await expect.poll(() => store.ping(1_000).then(() => 'answers')).toBe('answers');
  });

  it('gives up a connection whose statement never ended, so that the next is not kept waiting behind it', async () => {
    const { proxy, wiredUrl, store: past } = await newWorld();
    const store = openStore(wiredUrl, { connections: 1, connectTimeoutMs: 2_000, statementTimeoutMs: 100 });
    afterThis(() => store.close());
    const rows = () => store.db.selectFrom('register_entry').select('seq').execute();
    await rows();
    proxy.stall();
    await expect(rows()).rejects.toThrow('Query read timeout');
    proxy.restore();
    expect(await rows()).toEqual([]);
    await past.ping(1_000);
  });

  it('closes although the server has stopped listening', async () => {
    const { proxy, wiredUrl } = await newWorld();
    const store = openStore(wiredUrl);
    await store.ping(1_000);
    proxy.stall();
    await store.close();
  });
});
