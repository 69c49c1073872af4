/** Scenario 5: Ava and Eva Doyle, and a practice record of Ava that carries Eva's NHS number. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AVAS_NHS_NUMBER, EVAS_NHS_NUMBER } from '../../fixtures/people/twins.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const REFERENCE = 'childrens-services:26025';
const ask = (query: string) => sightline.ask('mash-social-worker', query, { reference: REFERENCE });
const search = (by: string) =>
  `{ findPeople(by: { ${by} }) { outcome message contacts { desk phone } people { person { id identity { name } } } } }`;
const MANY = {
  outcome: 'MANY_MATCH',
  people: [],
  message: expect.any(String),
  contacts: expect.arrayContaining([expect.objectContaining({ phone: expect.any(String) })]),
};

describe.each([
  ['by their surname and day of birth', 'familyName: "Doyle", dateOfBirth: "2017-02-11"'],
  [
    'by Ava’s whole name, whose records do not agree',
    'familyName: "Doyle", givenName: "Ava", dateOfBirth: "2017-02-11"',
  ],
  [
    'by the number that both records carry',
    `identifier: { system: NHS_NUMBER, value: "${EVAS_NHS_NUMBER}" }`,
  ],
])('%s', (_how, by) => {
  test('it is many, nobody is shown, and there is a desk to call', async () => {
    const answer = await ask(search(by));
    expect(answer.data.findPeople).toEqual(MANY);
    expect(answer.text).not.toMatch(/"name":"(Ava|Eva)/);
  });
});

test('by the number alone, nobody is given either', async () => {
  const answer = await ask(`{ personByIdentifier(system: NHS_NUMBER, value: "${EVAS_NHS_NUMBER}") { id } }`);
  expect(answer.data.personByIdentifier).toBeNull();
  expect(answer.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
});

test('a review task is made for a human, once for the same two', async () => {
  const tasks = await sightline.store(
    "select kind, people, organisation from index_review where kind = 'MANY_MATCH'",
  );
  expect(tasks.length).toBeGreaterThan(0);
  const groups = tasks.map(({ people }) => (people as string[]).toSorted().join());
  expect(new Set(groups).size).toBe(groups.length);
});

test('no record of one twin is ever linked to the other', async () => {
  const rows = await sightline.store(
    `select person, array_agg(distinct n ->> 'given') as given from index_record, jsonb_array_elements(names) n
     where date_of_birth = '2017-02-11' and n ->> 'family' = 'doyle' group by person`,
  );
  for (const { given } of rows) expect(given).toHaveLength(1);
  expect(AVAS_NHS_NUMBER).not.toBe(EVAS_NHS_NUMBER);
});
