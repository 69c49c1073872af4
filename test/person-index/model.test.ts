import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentModel, UNLEARNT } from '../../src/person-index/match/current-model.ts';
import { learningState, learnModel } from '../../src/person-index/match/learn-model.ts';
import { learnAndMatch, matchPending } from '../../src/person-index/match/match-pending.ts';
import { families } from '../linkage/generate/families.ts';
import { decide } from './decide.ts';
import type { RecordWords } from './index-records.ts';
import { NOW, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const store = () => world.store;
const OPTIONS = { seed: 3, twins: 0.03, generations: 0.03, namesakes: 0.02, identified: 0.7 };

/** Generated records of one agency. */
function recordsOf(count: number, agency: string): RecordWords[] {
  return [...families({ ...OPTIONS, records: count })]
    .filter(({ row }) => row.source === agency)
    .map(({ row }) => ({
      record: row.record_id,
      name: `${row.given_name} ${row.surname}`,
      dateOfBirth: /^\d{4}-\d\d-\d\d$/.test(row.date_of_birth) ? row.date_of_birth : null,
      postcode: row.postcode || null,
      ...(row.identifier_value && { nhs: row.identifier_value }),
    }));
}
const feedPlace = (count: number) =>
  world.feedAll({ police: recordsOf(count, 'police'), housing: recordsOf(count, 'housing') });
const personsOf = async () =>
  new Map(
    (await world.rows<{ agency: string; record: string; person: string }>('index_record')).map((row) => [
      `${row.agency} ${row.record}`,
      row.person,
    ]),
  );

describe('a small place', () => {
  it('goes by priors: nothing is learnt from a few hundred records', async () => {
    await feedPlace(300);
    await matchPending(store(), { now: NOW });
    expect(await currentModel(store())).toBe(UNLEARNT);
    expect(await world.rows('index_model')).toEqual([]);
  });
});

describe('a place with records enough', () => {
  it('learns its own model once, keeps it by its version, and matches everything by it', async () => {
    await feedPlace(1800);
    await matchPending(store(), { now: NOW });
    const { version, model } = await currentModel(store());
    expect(version).not.toBe(UNLEARNT.version);
    expect(model.population).toBe((await learningState(store())).learntFrom);
    expect(await world.rows('index_model')).toMatchObject([{ version, current: true, learnt_at: NOW }]);
    expect((await world.rows<{ pending: boolean }>('index_record')).some(({ pending }) => pending)).toBe(
      false,
    );
    await matchPending(store(), { now: NOW });
    expect(await world.rows('index_model')).toHaveLength(1);
  });

  it('learns the same of the same records, and people keep their ids', async () => {
    await feedPlace(1800);
    const version = await learnAndMatch(store(), { now: NOW });
    const before = await personsOf();
    expect(await learnAndMatch(store(), { now: NOW })).toBe(version);
    expect(await personsOf()).toEqual(before);
  });

  it('learns anew, unasked, when there are twice the records', async () => {
    await feedPlace(1800);
    await matchPending(store(), { now: NOW });
    const { version } = await currentModel(store());
    await feedPlace(4000);
    await matchPending(store(), { now: NOW });
    const after = await currentModel(store());
    expect(after.version).not.toBe(version);
    expect(await world.rows('index_model')).toHaveLength(2);
  });

  it('learns from a sample of very many, the same sample each time', async () => {
    await feedPlace(1800);
    const { records } = await learningState(store());
    const learnt = async () => {
      const version = await learnModel(store(), NOW, { atMost: records / 2 });
      return { version, population: (await currentModel(store())).model.population };
    };
    const first = await learnt();
    expect(first.population).toBeGreaterThan(records / 3);
    expect(first.population).toBeLessThan((2 * records) / 3);
    expect(await learnt()).toEqual(first);
  });

  it('learns anew when most records are under another key: fillers are known by their hashes', async () => {
    await feedPlace(1800);
    await learnAndMatch(store(), { now: NOW });
    expect((await learningState(store())).enough).toBe(true);
    await sql`update index_record set key_id = 'another'`.execute(world.store);
    expect((await learningState(store())).enough).toBe(false);
    await matchPending(store(), { now: NOW });
    expect((await learningState(store())).enough).toBe(true);
  });

  it('never undoes what a human put apart, by whichever model', async () => {
    await feedPlace(1800);
    await matchPending(store(), { now: NOW });
    const [one, other] = (await world.people()).find(({ length }) => length === 2) ?? [];
    await decide(world, 'DIFFERENT', one ?? '', other ?? '');
    await learnAndMatch(store(), { now: NOW });
    const persons = await personsOf();
    expect(persons.get(one ?? '')).not.toBe(persons.get(other ?? ''));
  });

  it('goes by priors while the thresholds are not those under which a model was learnt', async () => {
    await feedPlace(1800);
    await matchPending(store(), { now: NOW });
    await sql`update index_model set version = 'older-thresholds'`.execute(world.store);
    expect(await currentModel(store())).toBe(UNLEARNT);
    await matchPending(store(), { now: NOW });
    expect((await currentModel(store())).version).not.toBe(UNLEARNT.version);
  });
});
