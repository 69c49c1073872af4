/** Names as people have and type them: each agrees with itself, and everybody is found by their own. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readIdentifier } from '../../adapters/contract.ts';
import { birthDate } from '../../src/linkage/normalise/birth-date.ts';
import { familyNamesAgree, givenNamesAgree, nameText, nameValues } from '../../src/linkage/normalise/name.ts';
import { READING_VERSION } from '../../src/linkage/normalise/read-features.ts';
import { incident, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const BORN = '1987-06-05';
const feed = (name: { givenName: string; familyName: string }, dateOfBirth = BORN) =>
  world.feed('police', [{ record: '1', names: [{ ...name, kind: 'CURRENT' }], dateOfBirth }]);

const SPELLINGS: [string, string[]][] = [
  [
    "O'Brien-Smith",
    [
      'O’Brien-Smith',
      'O’Brien Smith',
      'OBRIEN-SMITH',
      'O`Brien\u2011Smith',
      'Oʼbrien–smith',
      'obriensmith',
      'O Brien Smith',
    ],
  ],
  ['Smith Jones', ['Smith-Jones', 'SmithJones', 'SMITH  JONES']],
  ['van der Berg', ['Van Der Berg', 'vanderberg', 'VAN-DER-BERG', 'van\u00a0der Berg']],
  ['St. John', ['St John', 'Saint John', 'StJohn', 'ST.JOHN']],
  ['McDonald', ['MacDonald', 'Mc Donald', 'Mac Donald', 'MCDONALD', 'M’cDonald']],
  ['MacArthur', ['McArthur', 'Macarthur', 'Mac Arthur']],
  ["D'Arcy", ['Darcy', 'D’Arcy', 'd arcy']],
  ['Lord-Jones', ['Lordjones', 'Lord Jones']],
  ['Müller', ['Muller', 'Mueller', 'MU\u0308LLER', 'ＭＵＬＬＥＲ']],
  ['Sørensen', ['Sorensen', 'Soerensen']],
  ['Đoković', ['Dokovic', 'Djokovic', 'ĐOKOVIĆ']],
  ['Nguyễn', ['Nguyen', 'NGUYỄN']],
  ['Łukasiewicz', ['Lukasiewicz']],
  ['Muhammad', ['Mohammed', 'Mohamed', 'Mohammad', 'محمد', 'مُحَمَّد']],
  ['Hussain', ['Hussein', 'Husain', 'حسين']],
  ['Chowdhury', ['Choudhury', 'Chaudhry']],
  ['el-Masri', ['al-Masri', 'El Masri']],
  ['李', ['Li', 'LI']],
  ['欧阳', ['Ouyang', 'Ou Yang', 'OU-YANG']],
  ['김', ['Kim', 'Gim', '김']],
  ['이', ['Lee', 'I']],
  ['Юрий', ['Yury', 'Yuriy', 'Iurii']],
  ['Щербакова', ['Shcherbakova', 'ЩЕРБАКОВА']],
  ['Чайковский', ['Chaikovskii', 'Chaykovskiy', 'Tchaikovsky']],
  ['Παπαδόπουλος', ['Papadopoulos']],
  ['गुप्ता', ['गुप्ता']],
  ['Null', ['NULL', 'null']],
  ['Na', ['NA']],
  ['Test', ['test']],
  ['O', ['o']],
  ['Ó', ['O']],
  ['E', ['e']],
  ['Ng', ['NG']],
];

describe.each(SPELLINGS)('%s', (familyName, typed) => {
  it.each([familyName, ...typed])('is found, and agrees, as %s with a date of birth', async (spelling) => {
    await feed({ givenName: 'Ada', familyName });
    const found = await world.ask().search({ familyName: spelling, dateOfBirth: BORN });
    expect(found.outcome).toBe('MATCH');
    expect(found.people[0]).toMatchObject({ agreesOn: ['familyName', 'dateOfBirth'], differsOn: [] });
    expect(found.people[0]?.explanation).toContain('same surname');
  });
});

describe('a forename', () => {
  it.each([
    ['Mary-Ann', 'Mary Ann'],
    ['Mary-Ann', 'Maryann'],
    ['Zoë', 'Zoe'],
    ['Muhammad', 'Mohammed'],
    ['محمد', 'Muhammad'],
    ['小龙', 'Xiaolong'],
    ['Юлия', 'Yulia'],
    ['Na', 'NA'],
    ['Jürgen', 'Juergen'],
  ])('%s agrees with %s', async (givenName, typed) => {
    await feed({ givenName, familyName: 'Kerr' });
    const found = await world.ask().search({ givenName: typed, familyName: 'Kerr', dateOfBirth: BORN });
    expect(found.people[0]).toMatchObject({ agreesOn: ['familyName', 'givenName', 'dateOfBirth'] });
  });

  it.each([
    ['Hassan', 'حسين'],
    ['Elizabeth', 'Liz'],
    ['Maria', 'Marta'],
  ])('%s is another name than %s', (one, other) => {
    expect(givenNamesAgree(nameText(one, 'given') ?? '', nameText(other, 'given') ?? '')).toBe(false);
  });
});

describe('what is no name', () => {
  it.each(['', '-', '???', '123', 'Unknown', 'N/K', 'N/A', 'n.a.', 'not known', 'Not stated', 'TBC'])(
    '%j is kept by no index',
    (written) => {
      expect(nameText(written, 'family')).toBeNull();
    },
  );
  it('of a child without one yet is no forename, though it may be a surname', () => {
    expect(nameText('Baby', 'given')).toBeNull();
    expect(nameText('Baby', 'family')).toBe('BABY');
  });
});

it('who was born on 1 January 1970 is found by that day', async () => {
  await feed({ givenName: 'Ada', familyName: 'Kerr' }, '1970-01-01');
  const found = await world.ask().search({ familyName: 'Kerr', dateOfBirth: '1970-01-01' });
  expect(found.outcome).toBe('MATCH');
  expect(found.people[0]?.agreesOn).toEqual(['familyName', 'dateOfBirth']);
});

it('a consonant alone is still a wildcard by another name, but with a forename and a whole date of birth', async () => {
  await feed({ givenName: 'Ada', familyName: 'K' });
  expect((await world.ask().search({ familyName: 'K', dateOfBirth: BORN })).outcome).toBe('TOO_BROAD');
  const whole = await world.ask().search({ familyName: 'K', givenName: 'Ada', dateOfBirth: BORN });
  expect(whole.outcome).toBe('MATCH');
});

/** Parts of names of many languages, as their own people write them. */
const PART = fc.constantFrom(
  ...[
    'O',
    'Mc',
    'Mac',
    'St',
    'van',
    'der',
    'de',
    'la',
    'al',
    'ibn',
    'Ní',
    'Fitz',
    'Smith',
    'Brien',
    'Donald',
    'Berg',
  ],
  ...[
    'Müller',
    'Ångström',
    'Çelik',
    'Núñez',
    'Þór',
    'Łoś',
    'Ștefan',
    'Dvořák',
    'Õunapuu',
    'Nguyễn',
    'Æbelø',
    'Weiß',
  ],
  ...[
    'Иванов',
    'Їжак',
    'Ελένη',
    '王',
    '李',
    '鈴木',
    '김',
    'محمد',
    'فاطمة',
    'יוסף',
    'राम',
    'ประยุทธ์',
    'გიორგი',
    'Արամ',
  ],
);
const JOINT = fc.constantFrom(' ', '-', '\u2010', '\u2013', "'", '’', 'ʼ', '. ', '\u00ad', '\u200d');
const NAME = fc
  .tuple(PART, fc.array(fc.tuple(JOINT, PART), { maxLength: 3 }))
  .map(([start, rest]) => start + rest.map((pair) => pair.join('')).join(''))
  .filter((name) => nameText(name, 'family') !== null);
const TYPED = fc.constantFrom<(name: string) => string>(
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFKC'),
  (name) => ` ${name}  `,
  (name) => name.replace(/[-\u2010\u2013]/g, ' '),
  (name) => name.replace(/ /g, '-'),
  // Arabic parts its words by nothing else.
  (name) => (/\p{Script=Arabic}/u.test(name) ? name : name.replace(/[ -]/g, '')),
  (name) => name.replace(/['’ʼ]/g, '‘'),
  (name) => name.replace(/['’ʼ]/g, ''),
);

describe('any name', () => {
  it('is read the same from the index as it was from the agency', () => {
    fc.assert(
      fc.property(NAME, (name) => {
        const kept = nameText(name, 'family') ?? '';
        const texts = (of: string) => nameValues(of, 'family').map(({ text }) => text);
        expect(texts(kept)).toEqual(texts(name));
        expect(nameText(kept, 'family')).toBe(kept);
      }),
    );
  });

  it('agrees with itself, however it is typed', () => {
    fc.assert(
      fc.property(NAME, TYPED, (name, typed) => {
        const [kept, asked] = [nameText(name, 'family'), nameText(typed(name), 'family')];
        expect(asked).not.toBeNull();
        expect(familyNamesAgree(kept ?? '', asked ?? '')).toBe(true);
        expect(givenNamesAgree(kept ?? '', asked ?? '')).toBe(true);
      }),
    );
  });

  it('finds the person who has it, with their date of birth, however it is typed', async () => {
    const people = fc
      .sample(fc.tuple(NAME, NAME, TYPED), { numRuns: 60, seed: 11 })
      .map(([givenName, familyName, typed], at) => ({
        record: String(at),
        names: [{ givenName, familyName, kind: 'CURRENT' as const }],
        // So far apart that nobody is another's twin or a slip of the hand from them.
        dateOfBirth: new Date(Date.UTC(1950 + at, (at * 5) % 12, 1 + ((at * 7) % 28)))
          .toISOString()
          .slice(0, 10),
        typed,
      }));
    await world.feed(
      'police',
      people.map(({ typed: _, ...record }) => record),
    );
    const limits = { perMinute: 1_000, perHour: 1_000 };
    for (const { names, dateOfBirth, typed } of people) {
      const [{ givenName, familyName } = { givenName: '', familyName: '' }] = names;
      const question = { givenName: typed(givenName), familyName: typed(familyName), dateOfBirth };
      // Tied to the incident, or only ten of them could be claimed.
      const facts = incident(people.map(({ record }) => record));
      const found = await world.ask({ facts, searchLimits: limits }).search(question);
      expect([question, found.outcome]).toEqual([question, 'MATCH']);
      expect(found.people[0]?.differsOn).toEqual([]);
    }
  });
});

describe('a new version of the reading', () => {
  /** Fails where a reading changes without a new version of it: records would keep keys under which nobody looks. */
  it('goes with every change of it', () => {
    const names = SPELLINGS.flatMap(([name, typed]) => [name, ...typed]).flatMap((name) =>
      (['given', 'family'] as const).map((column) => [nameText(name, column), nameValues(name, column)]),
    );
    const numbers = (
      [
        ['NHS_NUMBER', '999 000 0018'],
        ['UPN', 'F901200100017'],
        ['NINO', 'QQ 12 34 56 C'],
        ['PNC', '02/73319Z'],
        ['CRO', '991/66G'],
        ['CRO', 'SF05/482703J'],
        ['LOCAL', ' n-77 '],
      ] as const
    ).map(([system, value]) => readIdentifier(system, value));
    const dates = ['1970-01-01', '1900-01-01', BORN].map(birthDate);
    const digest = createHash('sha256')
      .update(JSON.stringify([names, numbers, dates]))
      .digest('hex')
      .slice(0, 12);
    expect(`${READING_VERSION} reads ${digest}`).toBe('3 reads 12733dc198be');
  });

  it('has an index that was read by another built anew with the next pass, though no record has changed', async () => {
    const feedSmith = () => feed({ givenName: 'Ada', familyName: 'Mac Donald' });
    await feedSmith();
    await sql`update index_record set names = '[{"given": "ADA", "family": "MACDONALD?"}]', search_keys = '{}',
      block_keys = '{}', content = 'by an earlier reading'`.execute(world.store);
    await sql`update index_feed set made_of = 'an earlier reading'`.execute(world.store);
    const question = { familyName: 'McDonald', dateOfBirth: BORN };
    expect((await world.ask().search(question)).outcome).toBe('NO_MATCH');
    await feedSmith();
    expect((await world.ask().search(question)).outcome).toBe('MATCH');
  });
});
