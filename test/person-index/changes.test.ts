import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RefreshInput } from '../../src/person-index/feed/feed-types.ts';
import { refreshIndex } from '../../src/person-index/feed/refresh-index.ts';
import type { IndexFeature } from '../../src/sharing/policy/policies.ts';
import { type LoggedAgency, loggedAgency } from './logged-agency.ts';
import { ALL, KEYS, minutesAfter, NOW, openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
const SYLLABLES = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu'];
const wordOf = (number: number) =>
  [...String(number + 10_000)].map((digit) => SYLLABLES[Number(digit)]).join('');
/** So many people who have little in common. */
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => {
    const number = from + at;
    const dateOfBirth = new Date(Date.UTC(1940, 0, 1 + number * 5)).toISOString().slice(0, 10);
    const name = `${wordOf((number * 7_919) % 89_989)} ${wordOf((number * 104_729) % 89_983)}`;
    return { record: `r${100_000 + number}`, name, dateOfBirth };
  });

let world: World;
let logged: string[];
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  logged = [];
});

interface PassWords {
  minutes?: number;
  share?: readonly IndexFeature[];
  fullEvery?: RefreshInput['fullEvery'];
  atOnce?: number;
}
const pass = ({ source }: LoggedAgency, { minutes = 0, share = ALL, fullEvery, atOnce }: PassWords = {}) => {
  const say = (_: object, message: string) => void logged.push(message);
  return refreshIndex({
    ...{ store: world.store, db: world.store as never, agency: 'police', source, share, keys: KEYS },
    ...{ log: { info: say, warn: say, error: say }, now: () => minutesAfter(minutes), intervalMs: 30_000 },
    ...{ fullEvery, atOnce },
  });
};
const records = async () =>
  (await world.rows<{ record: string }>('index_record')).map(({ record }) => record).toSorted();
const asOf = async () => (await world.rows<{ as_of: Date }>('index_feed'))[0]?.as_of;

describe('an agency that tells what has changed', () => {
  it('is read in full once, and then asked for no other record', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA }, { record: '2', name: 'Owen Hart' });
    await pass(agency);
    agency.write({ record: '2', name: 'Owen Harte' }, { record: '3', name: 'Nia Rowe' });
    agency.asked();
    expect(await pass(agency)).toEqual({ records: 2, changed: 2, removed: 0 });
    expect(agency.asked()).toEqual(['2', '3']);
    expect(await records()).toEqual(['1', '2', '3']);
    await world.feed('housing', [{ record: 't', name: 'Nia Rowe' }]);
    expect((await world.people()).flat()).toHaveLength(4);
  });

  it('moves a record that is told to have changed from one person to another', async () => {
    await world.feed('housing', [{ record: 't1', ...MAYA, nhs: '9990000018', postcode: 'ZZ1 1AA' }]);
    const agency = loggedAgency({ record: '1', ...MAYA, nhs: '9990000018', postcode: 'ZZ1 1AA' });
    await pass(agency);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    agency.write({ record: '1', name: 'Owen Hart', dateOfBirth: '1950-01-02' });
    await pass(agency);
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
  });

  it('has a record that is told, and gone, taken out', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA }, { record: '2', name: 'Owen Hart' });
    await pass(agency);
    agency.remove(['2', 'never-known']);
    expect(await pass(agency)).toEqual({ records: 0, changed: 0, removed: 1 });
    expect(await records()).toEqual(['1']);
  });

  it('may tell a record that went and came back, or came and went: it is as it is last', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA });
    await pass(agency);
    agency.write({ record: '2', name: 'Owen Hart' });
    agency.remove(['1', '2']);
    agency.write({ record: '1', name: 'Maya Kerr-Hart' });
    expect(await pass(agency)).toEqual({ records: 1, changed: 1, removed: 0 });
    expect(await records()).toEqual(['1']);
  });

  it('tells more than a page, and every record of it is taken', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA });
    await pass(agency);
    agency.write(...many(600));
    expect(await pass(agency)).toEqual({ records: 600, changed: 600, removed: 0 });
    expect(await pass(agency)).toEqual({ records: 0, changed: 0, removed: 0 });
    expect(await records()).toHaveLength(601);
  });

  it('is as fresh as its last pass, whether anything was found or not', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA });
    await pass(agency);
    await pass(agency, { minutes: 7 });
    expect(await asOf()).toEqual(minutesAfter(7));
  });

  it('and tells nothing: nothing but the time of the pass is written', async () => {
    const agency = loggedAgency({ record: '1', ...MAYA });
    await pass(agency);
    world.statements();
    await pass(agency, { minutes: 1 });
    const writes = world.statements().filter((sql) => /\b(insert into|update|delete from)\b/.test(sql));
    expect(writes.map((sql) => /index_\w+/.exec(sql)?.[0])).toEqual([
      'index_feed',
      'index_pass',
      'index_denial',
      'index_standing',
    ]);
  });

  it('and loses half its people at once is refused, and asked again for the same', async () => {
    const agency = loggedAgency(...many(30));
    await pass(agency);
    agency.remove(many(20).map(({ record }) => record));
    await expect(pass(agency, { minutes: 1 })).rejects.toMatchObject({ code: 'FEED_COLLAPSED' });
    expect(await records()).toHaveLength(30);
    expect(await asOf()).toEqual(NOW);
    agency.write(...many(20));
    expect(await pass(agency)).toEqual({ records: 20, changed: 0, removed: 0 });
  });
});

describe('everything is read again', () => {
  let agency: LoggedAgency;
  const fullyRead = () => agency.asked().includes('all');
  beforeEach(async () => {
    agency = loggedAgency({ record: '1', ...MAYA }, { record: '2', name: 'Owen Hart' });
    await pass(agency);
    agency.asked();
  });

  it('where the agency does not go on from its mark, and the log says so', async () => {
    agency.forgetMarks();
    agency.write({ record: '3', name: 'Nia Rowe' });
    expect(await pass(agency)).toEqual({ records: 3, changed: 1, removed: 0 });
    expect([fullyRead(), logged]).toEqual([true, ['everything of a feed is read again']]);
    await pass(agency);
    expect(fullyRead()).toBe(false);
  });

  it('but not where it could not be asked, which says nothing of its mark', async () => {
    const changes = agency.source.changes as NonNullable<typeof agency.source.changes>;
    const gone = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const down = {
      ...agency,
      source: { ...agency.source, changes: { ...changes, since: () => Promise.reject(gone) } },
    };
    await expect(pass(down)).rejects.toBe(gone);
    expect([fullyRead(), logged]).toEqual([false, []]);
  });

  it('after so many passes, which finds what went without a word', async () => {
    agency.remove(['2'], 'silently');
    const fullEvery = { passes: 3, ms: 3_600_000 };
    for (const removed of [0, 0, 1]) expect((await pass(agency, { fullEvery })).removed).toBe(removed);
    expect(await records()).toEqual(['1']);
  });

  it('after six hours', async () => {
    await pass(agency, { minutes: 359 });
    expect(fullyRead()).toBe(false);
    await pass(agency, { minutes: 360 });
    expect(fullyRead()).toBe(true);
    await pass(agency, { minutes: 361 });
    expect(fullyRead()).toBe(false);
  });

  it('as soon as the policy shares anything else', async () => {
    await pass(agency, { share: ['names'] });
    expect(fullyRead()).toBe(true);
    expect((await world.rows<{ date_of_birth: unknown }>('index_record'))[0]?.date_of_birth).toBeNull();
    await pass(agency, { share: ['names'] });
    expect(fullyRead()).toBe(false);
  });

  it('where more has changed than one transaction takes, a part at a time', async () => {
    agency.write(...many(520));
    expect(await pass(agency, { atOnce: 100 })).toEqual({ records: 522, changed: 520, removed: 0 });
    agency.remove(many(200).map(({ record }) => record));
    agency.write(...many(320, 200).map((words) => ({ ...words, sex: 'FEMALE' as const })));
    expect(await pass(agency, { atOnce: 100 })).toEqual({ records: 322, changed: 320, removed: 200 });
    expect(await records()).toHaveLength(322);
    expect((await world.rows<{ pending: boolean }>('index_record')).some(({ pending }) => pending)).toBe(
      false,
    );
  });
});
