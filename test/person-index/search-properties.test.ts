/** What must hold of a search for all records: above all, that nothing withheld from the caller changes the answer. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scorer } from '../../src/linkage/compare.ts';
import type { Usable } from '../../src/person-index/admit/may-appear.ts';
import { UNLEARNT } from '../../src/person-index/match/current-model.ts';
import type { FoundRecord } from '../../src/person-index/search/find-features.ts';
import { weigh } from '../../src/person-index/search/search-evidence.ts';
import { questionFeatures } from '../../src/person-index/search/search-features.ts';
import { searchModel } from '../../src/person-index/search/search-people.ts';
import type { SearchQuery } from '../../src/person-index/search/search-query.ts';
import type { RecordWords } from './index-records.ts';
import { incident, openWorld, type World } from './world.ts';

const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
const GIVEN = orNull(['MAYA', 'MOYA', 'MAY', 'M', 'KERR', 'ZOE']);
const FAMILY = orNull(['KERR', 'KEER', 'LANE', 'MAYA']);
const BORN = orNull(['2002-03-07', '2002-07-03', '2002-03-08', '1950-01-01']);
const POSTCODE = orNull(['ZZ14AB', 'ZZ14AC', 'ZZ99ZZ']);
const SEX = orNull(['FEMALE', 'MALE', 'UNKNOWN'] as const);
const HASH = fc.constantFrom('h1', 'h2');

const query: fc.Arbitrary<SearchQuery> = fc.record({
  familyName: FAMILY,
  givenName: GIVEN,
  dateOfBirth: BORN,
  sex: orNull(['FEMALE', 'MALE'] as const),
  postcode: POSTCODE,
  identifier: fc.option(
    fc.record({
      system: fc.constantFrom('NHS_NUMBER' as const, 'LOCAL' as const),
      hash: HASH,
      issuer: orNull(['police', 'housing']),
    }),
    { nil: null },
  ),
});
const recordOf = (agencies: readonly string[]): fc.Arbitrary<FoundRecord> =>
  fc.record({
    person: fc.constant('one'),
    record: fc.constantFrom('1', '2'),
    agency: fc.constantFrom(...agencies),
    names: fc.array(fc.record({ given: GIVEN, family: FAMILY }), { maxLength: 2 }),
    date_of_birth: BORN,
    sex: SEX,
    postcode: POSTCODE,
    identifiers: fc.array(
      fc.record({
        system: fc.constantFrom('NHS_NUMBER' as const, 'LOCAL' as const),
        hash: HASH,
        verified: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
  });
/** Police and housing may appear; numbers are released by the police alone. */
const USABLE: Usable = {
  shows: ({ agency }) => agency === 'police' || agency === 'housing',
  identifiers: () => new Set(['police']),
};
const SHOWN = fc.array(recordOf(['police', 'housing']), { minLength: 1, maxLength: 4 });
const evidence = (asked: SearchQuery, records: readonly FoundRecord[]) =>
  weigh(
    { query: asked, features: questionFeatures(asked), scorer: scorer(searchModel(UNLEARNT.model)) },
    records,
    USABLE,
  );

it('what a person is found on does not depend on the order of their records', () => {
  fc.assert(
    fc.property(query, SHOWN, (asked, records) => {
      expect(evidence(asked, records.toReversed())).toEqual(evidence(asked, records));
    }),
  );
});

it('records of agencies that may not appear change nothing: no word, no bit, no outcome', () => {
  const hidden = fc.array(recordOf(['mental-health', 'domestic-abuse-service']), { maxLength: 4 });
  fc.assert(
    fc.property(query, SHOWN, hidden, (asked, records, more) => {
      expect(evidence(asked, [...more, ...records])).toEqual(evidence(asked, records));
    }),
  );
});

it('numbers change nothing where the grant does not name their system', () => {
  fc.assert(
    fc.property(query, SHOWN, (asked, records) => {
      const without = records.map((one) => (one.agency === 'housing' ? { ...one, identifiers: [] } : one));
      expect(evidence(asked, records)).toEqual(evidence(asked, without));
    }),
  );
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const MAYA = { record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-07', nhs: '9990000018' };
const TWIN = { record: '2', name: 'Zoe Kerr', dateOfBirth: '2002-03-07', nhs: '9990000026' };
const QUESTIONS = [
  { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-07', postcode: 'ZZ1 4AB' },
  { familyName: 'Kerr', dateOfBirth: '2002-03-07' },
  { familyName: 'Lane', givenName: 'Maya', dateOfBirth: '2002-03-07' },
  { identifier: { system: 'NHS_NUMBER' as const, value: '9990000018' } },
];
const IDENTITY = { 'police/identity': 'FULL', '/warningMarkers': 'FULL' } as const;

/** What a caller is told to whom the police alone may appear, without ids, which differ from run to run. */
async function answers(extra: Readonly<Record<string, readonly RecordWords[]>>) {
  await world.empty();
  await world.feedAll({ ...extra, police: [MAYA, TWIN, ...(extra.police ?? [])] });
  const asked = { facts: incident(['1', '2']), granted: { VERIFIED: IDENTITY, CLAIMED: IDENTITY } };
  const all = await Promise.all(QUESTIONS.map((by) => world.ask(asked).search(by)));
  return all.map(({ people, ...rest }) => ({
    ...rest,
    people: people.map(({ subject, ...match }) => ({ ...match, police: subject.links.get('police') })),
  }));
}

it('what agencies hold that may not appear changes no answer', async () => {
  const plain = await answers({});
  expect(plain.map(({ outcome }) => outcome)).toEqual(['MATCH', 'MANY_MATCH', 'POSSIBLE_MATCH', 'NO_MATCH']);
  const withheld = fc.record({
    // A record linked with hers by a number, which knows another surname and where she lives; and somebody like her.
    surname: fc.constantFrom('Kerr', 'Lane', 'Okafor'),
    postcode: fc.constantFrom('ZZ1 4AB', 'ZZ9 9ZZ'),
    hidden: fc.constantFrom('Maya Kerr', 'Zoe Kerr', 'Maya Lane'),
  });
  await fc.assert(
    fc.asyncProperty(withheld, async ({ surname, postcode, hidden }) => {
      const linked = { record: 'c1', name: `Maya ${surname}`, nhs: MAYA.nhs, postcode };
      const alike = { record: 'c2', name: hidden, dateOfBirth: '2002-03-08', nhs: '9990000034' };
      expect(await answers({ 'mental-health': [linked, alike] })).toEqual(plain);
    }),
    { numRuns: 8 },
  );
});

it('people who share nothing with the question change no answer', async () => {
  const plain = await answers({});
  const others = ['Ida Booth', 'Tom Ashe', 'Ruth Iqbal'].map((name, at) => ({
    ...{ record: `o${at}`, name, dateOfBirth: `19${60 + at}-11-2${at}`, postcode: 'ZZ8 8AA' },
  }));
  expect(await answers({ police: others })).toEqual(plain);
});
