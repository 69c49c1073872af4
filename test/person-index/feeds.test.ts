import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IndexRecord, IndexSource } from '../../adapters/contract.ts';
import type { FeedProgress } from '../../src/person-index/feed/feed-types.ts';
import { type AgencyFeed, type FeedsInput, startFeeds } from '../../src/person-index/feed/start-feeds.ts';
import { indexRecord, sourceOf } from './index-records.ts';
import { ALL, KEYS, minutesAfter, NOW, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const DOWN: IndexSource<unknown> = {
  reads: [],
  page: async () => {
    throw Object.assign(new Error('cannot connect for Maya Kerr'), { code: 'ECONNREFUSED' });
  },
};
const feedOf = (agency: string, source: IndexSource<unknown>): AgencyFeed => ({
  agency,
  source,
  within: () => world.store as never,
  share: ALL,
});
const maya = (record: string): IndexRecord =>
  indexRecord({ record, name: 'Maya Kerr', dateOfBirth: '2002-03-14' });

/** Feeds of these agencies, and what they say to the log. */
function start(
  feeds: () => readonly AgencyFeed[],
  options: Partial<Pick<FeedsInput, 'intervalMs' | 'onProgress' | 'patience' | 'now'>> = {},
) {
  const logged: string[] = [];
  const say = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const runner = startFeeds({
    store: world.store,
    keys: KEYS,
    log: { info: say, warn: say, error: say },
    now: () => NOW,
    intervalMs: 3_600_000,
    feeds,
    ...options,
  });
  return { runner, logged };
}

describe('the feeds', () => {
  it('bring in every agency that is there, and say which is not, without a word of the person', async () => {
    const { runner, logged } = start(() => [
      feedOf('police', sourceOf([maya('1')])),
      feedOf('housing', DOWN),
    ]);
    await runner.firstPass;
    await runner.stop();
    expect(await world.people()).toEqual([['police 1']]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('"agency":"housing"');
    expect(logged[0]).toContain('ECONNREFUSED');
    expect(logged[0]).not.toContain('Maya');
  });

  it('try again soon after a pass that failed, however long the interval', async () => {
    let source: IndexSource<unknown> = DOWN;
    const { runner, logged } = start(() => [feedOf('police', source)]);
    expect(await runner.filled).toEqual(['police']);
    source = sourceOf([maya('1')]);
    await expect.poll(() => world.people(), { timeout: 10_000 }).toEqual([['police 1']]);
    await runner.stop();
    expect(logged).toEqual([
      expect.stringContaining('cannot be read; it is tried on'),
      expect.stringContaining('is back'),
    ]);
  });

  it('give a statement longer after each failure, and say nothing where that was enough', async () => {
    const limits: number[] = [];
    const slow = sourceOf([maya('1')]);
    const patience = { statementMs: 1_000, longestMs: 3_000, attempts: 5 };
    const inTime: IndexSource<unknown> = {
      reads: [],
      page: async (...asked) => {
        if ((limits.at(-1) ?? 0) < 3_000) throw Object.assign(new Error('too slow'), { code: '57014' });
        return slow.page(...asked);
      },
    };
    const within: AgencyFeed['within'] = ({ statementMs }) => {
      limits.push(statementMs);
      return world.store as never;
    };
    const { runner, logged } = start(() => [{ ...feedOf('police', inTime), within }], { patience });
    expect(await runner.filled).toEqual([]);
    await runner.stop();
    expect([limits, logged]).toEqual([[1_000, 2_000, 3_000], []]);
    expect(await world.people()).toEqual([['police 1']]);
  });

  it('go on at once where a pass took so long that its feed was overdue when it ended', async () => {
    let minutes = 0;
    const source = sourceOf([maya('1')]);
    const slow: IndexSource<unknown> = {
      reads: [],
      page: (...asked) => {
        if (minutes < 10) minutes += 5;
        return source.page(...asked);
      },
    };
    const { runner } = start(() => [feedOf('police', slow)], {
      intervalMs: 60_000,
      now: () => minutesAfter(minutes),
    });
    expect(await runner.filled).toEqual([]);
    await runner.stop();
    expect(await world.rows('index_feed')).toMatchObject([{ as_of: minutesAfter(10) }]);
  });

  it('are whole at once where what is stored is not overdue, and wait for no pass', async () => {
    await world.feed('police', [{ record: '1', name: 'Maya Kerr' }]);
    let release = () => {};
    const waits = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hanging: IndexSource<unknown> = { reads: [], page: () => waits.then(() => []) };
    const { runner } = start(() => [feedOf('police', hanging)], { intervalMs: 30_000 });
    expect(await runner.filled).toEqual([]);
    release();
    await runner.stop();
  });

  it('refuse a pass in which most people are gone at once: their links and shields stay', async () => {
    const many = Array.from({ length: 30 }, (_, index) => maya(String(100 + index)));
    let source = sourceOf(many);
    const { runner, logged } = start(() => [feedOf('police', source)]);
    await runner.firstPass;
    source = sourceOf([]);
    expect((await runner.refresh()).get('police')).toBeNull();
    expect((await world.people()).flat()).toHaveLength(30);
    expect(logged.join()).toContain('FEED_COLLAPSED');
    source = sourceOf(many.slice(0, 20));
    expect((await runner.refresh()).get('police')?.removed).toBe(10);
    await runner.stop();
  });

  it('keep what an agency gave before it went down, and take up its return', async () => {
    let source = sourceOf([maya('1')]);
    const { runner } = start(() => [feedOf('police', source)]);
    await runner.firstPass;
    source = DOWN;
    expect((await runner.refresh()).get('police')).toBeNull();
    expect(await world.people()).toEqual([['police 1']]);
    source = sourceOf([maya('1'), maya('2')]);
    expect((await runner.refresh()).get('police')).toEqual({ records: 2, changed: 1, removed: 0 });
    await runner.stop();
    expect(await world.people()).toEqual([['police 1', 'police 2']]);
  });

  it('name the dirt of a feed when it comes in, and not with every pass', async () => {
    const clean = sourceOf([maya('1')]);
    const dirty: IndexSource<unknown> = {
      reads: [],
      async page(db, after, limit, note) {
        note('DOB: not a date');
        return clean.page(db, after, limit, note);
      },
    };
    const { runner, logged } = start(() => [feedOf('police', dirty)]);
    await runner.firstPass;
    expect(logged).toEqual([expect.stringContaining('"problems":{"DOB: not a date":2}')]);
    await runner.refresh();
    await runner.stop();
    expect(logged).toHaveLength(1);
  });

  it('go round by themselves', async () => {
    let passes = 0;
    let third: () => void;
    const seen = new Promise<void>((resolve) => {
      third = resolve;
    });
    const counted: IndexSource<unknown> = {
      reads: [],
      page: async () => {
        passes += 1;
        if (passes === 3) third();
        return [];
      },
    };
    const { runner } = start(() => [feedOf('police', counted)], { intervalMs: 5 });
    await seen;
    await runner.stop();
    const stopped = passes;
    await runner.stop();
    expect(passes).toBe(stopped);
  });

  it('survive a policy that cannot be read: the pass is left out and said', async () => {
    const { runner, logged } = start(() => {
      throw new Error('no policy');
    });
    await runner.firstPass;
    await runner.stop();
    expect(logged).toHaveLength(1);
  });

  it('read every agency for the first time before anybody is matched, and say how far they are', async () => {
    const slow = sourceOf([maya('1')]);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const said: FeedProgress[] = [];
    const { runner } = start(
      () => [
        feedOf('police', sourceOf([maya('1')])),
        feedOf('education', DOWN),
        feedOf('housing', { ...slow, page: (...asked) => held.then(() => slow.page(...asked)) }),
      ],
      { onProgress: (progress) => void said.push(progress) },
    );
    await expect.poll(() => world.rows('index_record')).toMatchObject([{ agency: 'police', person: null }]);
    await expect.poll(() => said).toContainEqual({ step: 'READ', agency: 'police', records: 1, done: true });
    expect(await world.rows('index_feed')).toEqual([]);
    release();
    await runner.firstPass;
    await runner.stop();
    expect(await world.people()).toEqual([['housing 1', 'police 1']]);
    expect(said.map(({ step }) => step).join()).toMatch(/^(READ,)+MATCH$/);
    expect(said.at(-1)).toMatchObject({ step: 'MATCH', done: 2, of: 2 });
  });

  it('of several agencies at once make one index', async () => {
    const agencies = ['police', 'mental-health', 'housing', 'childrens-services'];
    const { runner } = start(() => agencies.map((agency) => feedOf(agency, sourceOf([maya('1')]))));
    await runner.firstPass;
    await runner.stop();
    expect(await world.people()).toEqual([agencies.map((agency) => `${agency} 1`).toSorted()]);
  });
});

describe('how fresh a feed is', () => {
  it.each([
    ['is the beginning of its last complete pass', 1, false],
    ['is not overdue at three intervals', 1.5, false],
    ['is overdue after three intervals without one', 1.6, true],
  ])('%s', async (_, minutes, overdue) => {
    await world.feed('police', []);
    const request = world.ask({ now: minutesAfter(minutes) });
    await request.standing();
    expect(request.feed('police')).toEqual({ asOf: NOW, overdue, matching: false });
  });

  it('is unknown, and so overdue, where no pass was ever complete', async () => {
    const request = world.ask();
    await request.standing();
    expect(request.feed('housing')).toEqual({ asOf: null, overdue: true, matching: false });
  });
});
