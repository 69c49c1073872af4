/** How often one login may search: counted in the store, whoever is looked for. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEARCH_LIMITS } from '../../src/person-index/admit/search-policy.ts';
import type { PersonSearchInput } from '../../src/person-index/records/types.ts';
import { type Asked, minutesAfter, openWorld, type World } from './world.ts';

const NOBODY = { familyName: 'Nobody', dateOfBirth: '1990-01-02' };
const KERR = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
const SOCIAL_WORKER: Asked = { caller: { role: 'mash-social-worker' } };
const { usual, emergency } = SEARCH_LIMITS;
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const search = (asked: Asked, minute = 0, by: PersonSearchInput = NOBODY) =>
  world.ask({ ...asked, now: minutesAfter(minute) }).search(by);
async function searchOften(asked: Asked, times: number, minute = 0): Promise<void> {
  for (let at = 0; at < times; at += 1) await search(asked, minute);
}
const refused = (asking: Promise<unknown>) =>
  expect(asking).rejects.toMatchObject({ code: 'TOO_MANY_SEARCHES' });

describe('a login that has searched as often as it may', () => {
  it('is refused within the minute, in the same words whoever is looked for, and let through after it', async () => {
    await world.feed('police', [{ record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-14' }]);
    await searchOften(SOCIAL_WORKER, usual.perMinute);
    const words = (by: PersonSearchInput) => search(SOCIAL_WORKER, 0, by).catch(({ message }) => message);
    expect(await words(KERR)).toMatch(/searches a minute/);
    expect(await words(KERR)).toBe(await words(NOBODY));
    expect((await search(SOCIAL_WORKER, 1, KERR)).outcome).toBe('MATCH');
  });

  it('is refused within the hour, and let through when the hour has passed', async () => {
    const minutes = usual.perHour / usual.perMinute;
    for (let minute = 0; minute < minutes; minute += 1)
      await searchOften(SOCIAL_WORKER, usual.perMinute, minute);
    await refused(search(SOCIAL_WORKER, minutes));
    expect((await search(SOCIAL_WORKER, 60)).outcome).toBe('NO_MATCH');
  });

  it('is not kept waiting by what was refused, nor by what was too broad', async () => {
    await searchOften(SOCIAL_WORKER, usual.perMinute);
    await refused(search(SOCIAL_WORKER));
    await search(SOCIAL_WORKER, 0, { familyName: 'Kerr' });
    const rows = await world.rows<{ searches: number }>('index_search');
    expect(rows).toMatchObject([{ searches: usual.perMinute }]);
  });

  it('does not stand in a colleague’s way', async () => {
    await searchOften(SOCIAL_WORKER, usual.perMinute);
    expect((await search({ caller: { ...SOCIAL_WORKER.caller, sub: 'SW2' } })).outcome).toBe('NO_MATCH');
  });
});

describe('at the scene', () => {
  it('there is more room on a live reference, and still a limit', async () => {
    await searchOften({}, emergency.perMinute);
    await refused(search({}));
  });

  it('there is no more than usual without one', async () => {
    await searchOften({ facts: null }, usual.perMinute);
    await refused(search({ facts: null }));
  });
});

it('finds nobody while searches cannot be counted', async () => {
  await sql`alter table index_search rename to index_search_away`.execute(world.store);
  await expect(search({}, 0, KERR)).rejects.toThrow();
  await sql`alter table index_search_away rename to index_search`.execute(world.store);
});
