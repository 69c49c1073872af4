/** Adapters that are tested on MariaDB keep to on it what they keep to on PostgreSQL, and answer the same from the same rows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectsOf } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { mariaServer } from '../support/mariadb.ts';
import { databaseConformance } from './conformance.ts';
import { openAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { wholeQuestion } from './support/whole-question.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const adapters = (await findAdapters(projectRoot())).filter((one) => dialectsOf(one).includes('mysql'));

it('two agencies at least are tested on MariaDB', () => {
  expect(adapters.map(({ id }) => id)).toEqual(expect.arrayContaining(['education', 'housing']));
});

describe.skipIf(mariaServer() === null)('on MariaDB', () => {
  for (const adapter of adapters) {
    databaseConformance(adapter, 'mysql');

    describe(`${adapter.id}, from the same dirt`, () => {
      let maria: TestAgency;
      let twin: TestAgency;
      beforeAll(async () => {
        [maria, twin] = [await openAgency(adapter.id, 'mysql'), await openAgency(adapter.id)];
        for (const one of [maria, twin]) await one.grant(adapter);
      });
      afterAll(() => Promise.all([maria?.close(), twin?.close()]));

      const people = Array.from({ length: 60 }, (_, at) => `K${String(at + 1).padStart(3, '0')}`);

      it.each(Object.keys(adapter.sections))(
        'answers %s as on PostgreSQL, byte for byte',
        async (section) => {
          const document = wholeQuestion(adapter, section, people);
          const notes: string[][] = [[], []];
          const answers = [];
          for (const [at, one] of [maria, twin].entries())
            answers.push(
              await askAgency(one, adapter, document, {
                now: NOW,
                note: (problem) => notes[at]?.push(problem),
              }),
            );
          expect(JSON.stringify(answers[0])).toBe(JSON.stringify(answers[1]));
          expect(notes[0]?.toSorted()).toEqual(notes[1]?.toSorted());
        },
      );

      it('feeds the index the same records', async () => {
        const feeds = [];
        for (const one of [maria, twin])
          feeds.push(await adapter.index.page(one.reader, null, 1000, () => {}));
        expect(feeds[0]?.length).toBeGreaterThan(4);
        expect(JSON.stringify(feeds[0])).toBe(JSON.stringify(feeds[1]));
      });

      it('knows the same caseloads', async () => {
        for (const staff of ['K001', 'K007', 'K031', 'K044']) {
          const loads = [];
          for (const one of [maria, twin])
            loads.push([...(await adapter.reference.caseload(one.reader, staff, people, NOW))].sort());
          expect(loads[0]).toEqual(loads[1]);
        }
      });
    });
  }
});
