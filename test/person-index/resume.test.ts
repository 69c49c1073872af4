import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MadeDemo, makeDemo } from '../fixtures/demo-databases.ts';
import { type RefreshedStore, refreshedStore } from './killed-refresh.ts';

/** Two whole builds, on a machine that may be a busy one. */
const MINUTES = 10 * 60_000;
/** More than one part of several agencies. */
const PEOPLE = 2_500;

let folder: string;
let demo: MadeDemo;
const stores: RefreshedStore[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-resume-'));
  demo = await makeDemo('resume', PEOPLE);
}, MINUTES);
afterAll(async () => {
  await Promise.all(stores.map((store) => store.drop()));
  await demo.drop();
  await rm(folder, { recursive: true, force: true });
}, MINUTES);

async function storeOf(name: string): Promise<RefreshedStore> {
  const store = await refreshedStore(name, demo, folder);
  stores.push(store);
  return store;
}

/** Which records are together, and who may be who, protected or kept apart; ids of people are left out. */
async function builtIn({ query }: RefreshedStore) {
  const people = `select person, string_agg(agency || ' ' || record, ', ' order by agency, record) as who
    from index_record group by person`;
  const named = (from: string) => query(`with people as (${people}) ${from}`);
  return {
    people: await query(`select who from (${people}) all_people order by who`),
    candidates: await named(`select agency, record, who from index_candidate join people using (person)
      order by agency, record, who`),
    protections: await named(`select who, kind, owners from index_protection join people using (person)
      order by who, kind`),
    apart: await named(`select o.who, p.who as from_whom, a.owners from index_apart a
      join people p using (person) join people o on o.person = a.other order by 1, 2`),
    waiting: await query('select agency, record from index_record where pending or person is null'),
    passes: await query('select agency from index_pass'),
    feeds: await query('select agency from index_feed order by agency'),
  };
}

describe('a first build that is killed', () => {
  it(
    'while it reads, when it has learnt and while it matches, ends with the same people as one that never was',
    async () => {
      const undisturbed = await storeOf('undisturbed');
      const { code, err } = await undisturbed.run();
      expect([code, err]).toEqual([0, expect.stringMatching(/^matching: .* of .* records/m)]);
      const expected = await builtIn(undisturbed);
      expect(expected.people.length).toBeGreaterThan(PEOPLE);
      expect([expected.waiting, expected.passes]).toEqual([[], []]);

      const killed = await storeOf('killed');
      const moments = [
        'exists (select from index_pass where place is not null)',
        'exists (select from index_model)',
        'exists (select from index_record where not pending) and exists (select from index_record where pending)',
      ];
      for (const moment of moments) expect([moment, await killed.killWhen(moment)]).toEqual([moment, true]);
      expect((await killed.run()).code).toBe(0);
      expect(await builtIn(killed)).toEqual(expected);
    },
    MINUTES,
  );
});
