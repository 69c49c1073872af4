import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { indexCommand } from '../../src/cli/index-command.ts';
import type { Refreshed } from '../../src/person-index/feed/feed-types.ts';
import { KEYS, minutesAfter, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

async function run(
  word: string,
  options: { refreshed?: Record<string, Refreshed | null>; broken?: boolean } = {},
) {
  const said: string[] = [];
  let code: number | null = null;
  const command = indexCommand({
    open: async () => {
      if (options.broken) throw Object.assign(new Error('at 10.0.0.1'), { code: 'ECONNREFUSED' });
      return {
        store: world.store,
        agencies: ['police', 'housing'],
        refresh: async () => new Map(Object.entries(options.refreshed ?? {})),
        changesBy: new Map([['police', 'ID' as const]]),
        keys: KEYS,
        learn: async () => 'm1',
        policyVersion: () => 'test',
        record: async () => {},
        close: async () => void said.push('closed'),
      };
    },
    now: () => minutesAfter(1),
    user: 'ops',
    out: (text) => void said.push(text.trim()),
    err: (text) => void said.push(text.trim()),
    columns: null,
    exit: (given) => {
      code = given;
    },
  });
  await command.parseAsync([word], { from: 'user' });
  return { said, code };
}

it('says when each feed was complete, and fails while one never was', async () => {
  await world.feed('police', []);
  expect(await run('status')).toEqual({
    said: [
      'police: as of 2026-03-01T03:00:00.000Z, by ID',
      'housing: never complete, overdue, by FULL COMPARE',
      'closed',
    ],
    code: 1,
  });
  await world.feed('housing', []);
  expect((await run('status')).code).toBe(0);
});

it('refreshes, and fails where an agency did', async () => {
  const pass = { records: 3, changed: 1, removed: 0 };
  expect(await run('refresh', { refreshed: { police: pass, housing: null } })).toEqual({
    said: [
      'police: 3 records, 1 changed, 0 removed',
      'housing: failed, and keeps what it gave before',
      'closed',
    ],
    code: 1,
  });
  expect((await run('refresh', { refreshed: { police: pass, housing: pass } })).code).toBe(0);
});

it('says what so many records have in common that it leads to nobody', async () => {
  await world.feed(
    'police',
    Array.from({ length: 2_001 }, (_, at) => ({ record: `r${at}` })),
  );
  expect((await run('status')).said.join()).not.toContain('blocks');
  await sql`insert into index_block (key, id) select 17, id from index_record`.execute(world.store);
  expect((await run('status')).said).toContain(
    'blocks: 1 shared by too many records to lead to anybody by themselves, the largest by 2001',
  );
});

it('says that the store cannot be read, and not where it is', async () => {
  expect(await run('status', { broken: true })).toEqual({
    said: ['The person index cannot be read (ECONNREFUSED)'],
    code: 2,
  });
});
