import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Records } from './index-records.ts';
import { openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

/** Candidate links as pairs of records, each pair once. */
async function candidates(): Promise<string[]> {
  const records = await world.rows<{ agency: string; record: string; person: string }>('index_record');
  const links = await world.rows<{ agency: string; record: string; person: string }>('index_candidate');
  const pairs = links.flatMap(({ agency, record, person }) =>
    records
      .filter((one) => one.person === person)
      .map((one) => [`${agency} ${record}`, `${one.agency} ${one.record}`].toSorted().join(' ~ ')),
  );
  return [...new Set(pairs)].toSorted();
}

describe('records are one person’s', () => {
  it.each<[string, Records]>([
    [
      'on a verified identifier, whatever the family name has become',
      {
        police: [{ record: '1', ...MAYA, nhs: '999 000 0018' }],
        housing: [{ record: 't1', name: 'Maya Lane', nhs: '9990000018' }],
      },
    ],
    [
      'on name and date of birth, accents, case, hyphens and apostrophes aside',
      {
        police: [{ record: '1', name: "ZOË O'BRIEN-JONES", dateOfBirth: '2002-03-14' }],
        housing: [{ record: 't1', name: 'Zoe Obrienjones', dateOfBirth: '2002-03-14' }],
      },
    ],
    [
      'on a name and date of birth that differ by a slip each',
      {
        police: [{ record: '1', name: 'Philippa Armstrong', dateOfBirth: '1962-03-14' }],
        housing: [{ record: 't1', name: 'Phillipa Armstrong', dateOfBirth: '1962-03-41' }],
      },
    ],
    [
      'on forename and surname in each other’s column',
      {
        police: [{ record: '1', name: 'Okonkwo Ngozi', dateOfBirth: '1962-03-14', sex: 'FEMALE' }],
        housing: [{ record: 't1', name: 'Ngozi Okonkwo', dateOfBirth: '1962-03-14', sex: 'FEMALE' }],
      },
    ],
    [
      'on a nickname, where the house is the same',
      {
        police: [
          { record: '1', name: 'Bob Pemberton', dateOfBirth: '1962-03-14', postcode: 'ZZ1 1AA', place: '9' },
        ],
        housing: [
          {
            record: 't1',
            name: 'Robert Pemberton',
            dateOfBirth: '1962-03-14',
            postcode: 'ZZ1 1AA',
            place: '9',
          },
        ],
      },
    ],
    [
      'on part of a double name',
      {
        police: [{ record: '1', name: 'Imogen Featherstone-Okoro', dateOfBirth: '1962-03-14' }],
        housing: [{ record: 't1', name: 'Imogen Okoro', dateOfBirth: '1962-03-14' }],
      },
    ],
    [
      'on an alias that one of the records knows',
      {
        police: [{ record: '1', name: 'Margaret Kerr', aliases: ['Peggy Kerr'], dateOfBirth: '2002-03-14' }],
        housing: [{ record: 't1', name: 'Peggy Kerr', dateOfBirth: '2002-03-14' }],
      },
    ],
    [
      'on name and date of birth where one has an identifier of a system that the other lacks',
      {
        police: [{ record: '1', ...MAYA, pnc: '2019/1Z' }],
        housing: [{ record: 't1', ...MAYA, nino: 'QQ000001A' }],
      },
    ],
    [
      'on a National Insurance number without its suffix, whatever the family name has become',
      {
        police: [{ record: '1', name: 'Maya Kerr', nino: 'QQ 00 00 01' }],
        housing: [{ record: 't1', name: 'Maya Lane', nino: 'QQ000001A' }],
      },
    ],
  ])('%s', async (_, records) => {
    await world.feedAll(records);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    expect(await candidates()).toEqual([]);
  });

  it('where the agency itself merged them, and through the merged one’s other names', async () => {
    await world.feedAll({
      police: [
        { record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-14' },
        { record: '2', name: 'Maia Kerr', dateOfBirth: '1999-01-02', mergedInto: '1' },
      ],
      housing: [{ record: 't1', name: 'Maia Kerr', dateOfBirth: '2002-03-14' }],
    });
    expect(await world.people()).toEqual([['housing t1', 'police 1', 'police 2']]);
  });
});

describe('records stay apart, and are candidates,', () => {
  it.each<[string, Records]>([
    [
      'where an identifier of the same system differs',
      {
        police: [{ record: '1', ...MAYA, nino: 'QQ000001A' }],
        housing: [{ record: 't1', ...MAYA, nino: 'QQ000002B' }],
      },
    ],
    [
      'where twins share an identifier by mistake: the forename differs',
      {
        police: [{ record: '1', name: 'Ava Doyle', dateOfBirth: '2017-02-11', nhs: '9990002754' }],
        housing: [{ record: 't1', name: 'Eva Doyle', dateOfBirth: '2017-02-11', nhs: '9990002754' }],
      },
    ],
    [
      'where an identifier is shared and the date of birth differs',
      {
        police: [{ record: '1', ...MAYA, nhs: '9990000018' }],
        housing: [{ record: 't1', ...MAYA, dateOfBirth: '1950-01-01', nhs: '9990000018' }],
      },
    ],
    [
      'where a verified identifier is shared and all else differs',
      {
        police: [{ record: '1', ...MAYA, nhs: '9990000018' }],
        housing: [{ record: 't1', name: 'Ruth Vale', dateOfBirth: '1950-01-01', nhs: '9990000018' }],
      },
    ],
    [
      'where nothing but a number is known of one of them',
      {
        police: [{ record: '1', nhs: '9990000018' }],
        housing: [{ record: 't1', ...MAYA, nhs: '9990000018' }],
      },
    ],
    [
      'where nothing but a number is known, and nobody has verified it',
      {
        police: [{ record: '1', nhs: '9990000018', unverified: true }],
        housing: [{ record: 't1', nhs: '9990000018' }],
      },
    ],
    [
      'where the forename is no more than an initial: it may be a twin',
      {
        police: [{ record: '1', name: 'M Kerr', dateOfBirth: '2002-03-14' }],
        housing: [{ record: 't1', ...MAYA }],
      },
    ],
    [
      'where forenames sound alike: it may be a twin, or a slip',
      {
        police: [{ record: '1', name: 'Ava Doyle', dateOfBirth: '2017-02-11' }],
        housing: [{ record: 't1', name: 'Eva Doyle', dateOfBirth: '2017-02-11' }],
      },
    ],
    [
      'where the name is the same and the date of birth is what a system fills in',
      {
        police: [{ record: '1', ...MAYA, dateOfBirth: '1900-01-01' }],
        housing: [{ record: 't1', ...MAYA, dateOfBirth: '1900-01-01' }],
      },
    ],
    [
      'where somebody of the same name and date of birth lives elsewhere',
      {
        police: [{ record: '1', ...MAYA, postcode: 'ZZ1 1AA' }],
        housing: [{ record: 't1', ...MAYA, postcode: 'ZZ9 7QQ' }],
      },
    ],
    [
      'where name and date of birth agree and an unverified identifier differs',
      {
        police: [{ record: '1', ...MAYA, nhs: '9990000018' }],
        housing: [{ record: 't1', ...MAYA, nhs: '9990001383', unverified: true }],
      },
    ],
  ])('%s', async (_, records) => {
    await world.feedAll(records);
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    expect(await candidates()).toEqual(['housing t1 ~ police 1']);
  });

  it('where they would come together only through a third that fits both', async () => {
    await world.feedAll({
      police: [{ record: '1', name: 'John Smith', dateOfBirth: '1990-05-05' }],
      housing: [{ record: 't1', name: 'J Smith', dateOfBirth: '1990-05-05' }],
      'mental-health': [{ record: 'c1', name: 'Jane Smith', dateOfBirth: '1990-05-05' }],
    });
    expect(await world.people()).toEqual([['housing t1'], ['mental-health c1'], ['police 1']]);
    expect(await candidates()).toEqual(['housing t1 ~ mental-health c1', 'housing t1 ~ police 1']);
  });
});

describe('records have nothing to do with each other', () => {
  it.each<[string, Records]>([
    [
      'where the name is the same and the date of birth is another',
      {
        police: [{ record: '1', ...MAYA }],
        housing: [{ record: 't1', name: 'Maya Kerr', dateOfBirth: '1950-01-01' }],
      },
    ],
    [
      'where twins have nothing wrongly in common',
      {
        police: [{ record: '1', name: 'Ava Doyle', dateOfBirth: '2017-02-11' }],
        housing: [{ record: 't1', name: 'Lily Doyle', dateOfBirth: '2017-02-11' }],
      },
    ],
    [
      'where the common identifier fails its check digit',
      { police: [{ record: '1', nhs: '9990000011' }], housing: [{ record: 't1', nhs: '9990000011' }] },
    ],
    [
      'where an agency’s own number happens to be another’s',
      { police: [{ record: '1', local: '77' }], housing: [{ record: 't1', local: '77' }] },
    ],
  ])('%s', async (_, records) => {
    await world.feedAll(records);
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    expect(await candidates()).toEqual([]);
  });
});

describe('as records change', () => {
  const personOf = async (record: string) =>
    (await world.rows<{ record: string; person: string }>('index_record')).find(
      (one) => one.record === record,
    )?.person;

  it('a person keeps their id while most of their records stay together', async () => {
    await world.feedAll({
      police: [
        { record: '1', ...MAYA },
        { record: '2', ...MAYA },
      ],
      housing: [{ record: 't1', ...MAYA }],
    });
    const before = await personOf('1');
    await world.feed('housing', [{ record: 't1', ...MAYA, dateOfBirth: '1980-01-01' }]);
    expect([await personOf('1'), await personOf('2')]).toEqual([before, before]);
    expect(await personOf('t1')).not.toBe(before);
    await world.feed('housing', [{ record: 't1', ...MAYA }]);
    expect(await personOf('t1')).toBe(before);
  });

  it('a corrected identifier takes the veto and the candidate link away', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, nino: 'QQ000001A' }],
      housing: [{ record: 't1', ...MAYA, nino: 'QQ000002B' }],
    });
    await world.feed('housing', [{ record: 't1', ...MAYA, nino: 'QQ000001A' }]);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    expect(await candidates()).toEqual([]);
  });

  it('a removed record goes, and those it kept apart come together', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, nhs: '9990000018' }],
      housing: [{ record: 't1', ...MAYA }],
      'mental-health': [{ record: 'c1', ...MAYA, nhs: '9990001383' }],
    });
    expect(await world.people()).toEqual([['housing t1'], ['mental-health c1'], ['police 1']]);
    await world.feed('mental-health', []);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });

  it('features that the policy no longer shares leave the store and the links with the next pass', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, nhs: '9990000018', postcode: 'ZZ1 1AA', place: '999', sex: 'FEMALE' }],
      housing: [{ record: 't1', ...MAYA }],
    });
    await world.feed(
      'police',
      [{ record: '1', ...MAYA, nhs: '9990000018', postcode: 'ZZ1 1AA', place: '999', sex: 'FEMALE' }],
      { share: ['dateOfBirth'] },
    );
    const row = (await world.rows<Record<string, unknown>>('index_record')).find(
      ({ agency }) => agency === 'police',
    );
    expect(row).toMatchObject({
      names: [],
      identifiers: [],
      sex: null,
      postcode: null,
      place: null,
      date_of_birth: '2002-03-14',
      search_keys: [],
      place_keys: [],
    });
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
  });
});

it('keeps identifiers and places only as keyed hashes', async () => {
  await world.feed('police', [
    { record: '1', ...MAYA, nhs: '9990000018', pnc: '2019/1Z', place: '999000111222' },
  ]);
  expect(JSON.stringify(await world.rows('index_record'))).not.toMatch(/9990000018|0000001Z|999000111222/);
});

it('writes only what changed: a pass that finds nothing new touches no record', async () => {
  await world.feed('police', [{ record: '1', ...MAYA }]);
  world.statements();
  await world.feed('police', [{ record: '1', ...MAYA }]);
  expect(
    world
      .statements()
      .filter((sql) => /^\s*(insert into|update|delete from) index_(record|candidate|protection)/.test(sql)),
  ).toEqual([]);
});

it('takes as many statements for four hundred records as for six, but one to compare each page of 250', async () => {
  const records = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      record: `r${index}`,
      name: `Name${'ABCDEFGHIJ'[index % 10]} Family${'ABCDEFGHIJ'[index % 7]}`,
      dateOfBirth: `19${50 + (index % 50)}-01-02`,
    }));
  const statementsFor = async (count: number) => {
    await world.empty();
    world.statements();
    await world.feed('police', records(count));
    return world.statements().length;
  };
  expect(await statementsFor(400)).toBe((await statementsFor(6)) + 1);
});
