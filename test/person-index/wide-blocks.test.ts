import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairsToCompare, tooLargeBlocks } from '../../src/person-index/match/near-records.ts';
import { openWorld, type World } from './world.ts';

const [A_NAME, A_BIRTH, ANOTHER_BIRTH] = [16 + 1, 32 + 2, 48 + 2];
const ALL = 2_101;

let world: World;
let ids: string[];
beforeAll(async () => {
  world = await openWorld();
  await world.feed(
    'police',
    Array.from({ length: ALL }, (_, at) => ({ record: `r${at}`, sex: 'FEMALE' as const })),
  );
  ids = (await world.rows<{ id: string }>('index_record')).map(({ id }) => id).toSorted();
  await put(A_NAME, ids);
  await put(A_BIRTH, ids.slice(0, 30));
});
afterAll(() => world.close());

const put = (key: number, records: readonly string[]) =>
  sql`insert into index_block (key, id) select ${key}::bigint, unnest(${records}::bigint[])`.execute(
    world.store,
  );
const of = (at: number): string[] => ids.slice(at, at + 1);

it('what over 2,000 records have in common leads to nobody by itself', async () => {
  expect(await pairsToCompare(world.store, of(40))).toEqual([]);
});

it('it is the second key of those who meet in a smaller block', async () => {
  const [first] = of(0);
  expect((await pairsToCompare(world.store, of(0))).toSorted()).toEqual(
    ids.slice(1, 30).map((other) => [first, other]),
  );
});

it('a second key of the same kind is none', async () => {
  await put(ANOTHER_BIRTH, ids.slice(100, 130));
  await sql`delete from index_block where key = ${A_NAME} and id = any(${ids.slice(110, 130)}::bigint[])`.execute(
    world.store,
  );
  expect(await pairsToCompare(world.store, of(120))).toEqual([]);
  expect(await pairsToCompare(world.store, of(100))).toHaveLength(9);
});

it('is told, and not left out in silence', async () => {
  expect(await tooLargeBlocks(world.store)).toEqual({ keys: 1, largest: ALL - 20 });
});
