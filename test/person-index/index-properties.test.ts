import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { RecordWords } from './index-records.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const AGENCIES = ['police', 'housing', 'mental-health'] as const;
type Agency = (typeof AGENCIES)[number];
interface Held extends RecordWords {
  agency: Agency;
}

/** A few people with slips, twins, missing dates, moves and shared numbers, so that records meet and clash. */
const held = fc
  .array(
    fc.record({
      agency: fc.constantFrom(...AGENCIES),
      name: fc.constantFrom(
        'Maya Kerr',
        'Maya Kerr',
        'Mya Kerr',
        'Maia Kerr-Lane',
        'Ava Doyle',
        'Eva Doyle',
        'M Kerr',
      ),
      dateOfBirth: fc.constantFrom('2002-03-14', '2002-03-14', '2002-03-41', '2017-02-11', null),
      postcode: fc.constantFrom('ZZ11AA', 'ZZ11AA', 'ZZ97QQ', null),
      nhs: fc.constantFrom('9990000018', '9990001383', ''),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((all): Held[] => all.map((one, at) => ({ ...one, record: `r${at}` })));
const RUNS = { numRuns: 25 };

const of = (agency: Agency, all: readonly Held[]) =>
  all
    .filter((one) => one.agency === agency)
    .map(({ agency: _, nhs, ...one }) => ({ ...one, ...(nhs && { nhs }) }));

async function feed(all: readonly Held[], order: readonly Agency[] = AGENCIES): Promise<void> {
  for (const agency of order) await world.feed(agency, of(agency, all));
}
/** Who is whose record, and who is whose candidate, without anybody's id. */
async function outcome(): Promise<object> {
  const records = await world.rows<{ agency: string; record: string; person: string }>('index_record');
  const candidates = await world.rows<{ agency: string; record: string; person: string }>('index_candidate');
  const name = (person: string) =>
    records
      .filter((one) => one.person === person)
      .map(({ agency, record }) => `${agency} ${record}`)
      .toSorted()
      .join();
  return {
    people: await world.people(),
    candidates: candidates.map((one) => `${one.agency} ${one.record} ~ ${name(one.person)}`).toSorted(),
  };
}
const persons = async () =>
  new Map(
    (await world.rows<{ agency: string; record: string; person: string }>('index_record')).map((one) => [
      `${one.agency} ${one.record}`,
      one.person,
    ]),
  );

describe('whatever agencies hold, the index', () => {
  it('comes to the same, whichever agency is read first, and whether records come at once or one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        held,
        fc.shuffledSubarray([...AGENCIES], { minLength: AGENCIES.length }),
        async (all, order) => {
          await world.empty();
          await feed(all);
          const atOnce = await outcome();
          await world.empty();
          await feed(all, order);
          expect(await outcome()).toEqual(atOnce);
          await world.empty();
          for (let count = 1; count <= all.length; count += 1) await feed(all.slice(0, count), order);
          expect(await outcome()).toEqual(atOnce);
        },
      ),
      RUNS,
    );
  });

  it('comes back to what it was when records are taken away again', async () => {
    await fc.assert(
      fc.asyncProperty(held, held, async (all, others) => {
        await world.empty();
        await feed(all);
        const before = await outcome();
        const more = others.map((one) => ({ ...one, record: `x${one.record}` }));
        await feed([...all, ...more]);
        await feed(all);
        expect(await outcome()).toEqual(before);
      }),
      RUNS,
    );
  });

  it('changes nothing about anybody, nor their ids, when an unrelated record comes', async () => {
    const stranger: Held = { agency: 'police', record: 'z', name: 'Odo Quill', dateOfBirth: '1951-07-30' };
    await fc.assert(
      fc.asyncProperty(held, async (all) => {
        await world.empty();
        await feed(all);
        const [before, ids] = [await outcome(), await persons()];
        await feed([...all, stranger]);
        const after = await persons();
        after.delete('police z');
        expect(after).toEqual(ids);
        await feed(all);
        expect(await outcome()).toEqual(before);
      }),
      RUNS,
    );
  });

  it('keeps apart whom a human put apart, whatever comes and goes afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(held, held, fc.nat(), fc.nat(), async (all, others, a, b) => {
        await world.empty();
        await feed(all);
        const [one, other] = [all[a % all.length], all[b % all.length]].map(
          (held) => `${held?.agency} ${held?.record}`,
        );
        fc.pre(one !== other);
        await decide(world, 'DIFFERENT', one ?? '', other ?? '');
        await feed([...all, ...others.map((held) => ({ ...held, record: `x${held.record}` }))]);
        await feed(all.map((held) => ({ ...held, postcode: 'ZZ22BB' })));
        const after = await persons();
        expect(after.get(one ?? '')).not.toBe(after.get(other ?? ''));
      }),
      RUNS,
    );
  });
});
