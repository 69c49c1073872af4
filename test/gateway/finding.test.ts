/** Finding a person: enough to go on or not, one, several or nobody; and what an id is worth elsewhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { idsOf } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const search = async (persona: string, by: string, reference?: string) => {
  const answer = await sightline.ask(
    persona,
    `{ findPeople(by: { ${by} }) { outcome message contacts { desk phone } people { confidence agreesOn differsOn person { id relationship identity { name } } } } }`,
    reference === undefined ? {} : { reference },
  );
  return { ...answer.data.findPeople, answer };
};
const MAYA = 'familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14"';

describe('a search', () => {
  test('that fits one person gives that person, how surely, and on what', async () => {
    const { outcome, people } = await search('response-officer', `${MAYA}, postcode: "zz14bd"`);
    expect(outcome).toBe('MATCH');
    expect(people).toEqual([
      {
        confidence: 'PROBABLE',
        agreesOn: ['familyName', 'givenName', 'dateOfBirth', 'postcode'],
        differsOn: [],
        person: { id: expect.any(String), relationship: 'VERIFIED', identity: { name: 'Maya Kerr' } },
      },
    ]);
  });

  test('with a number that its issuer has verified is confirmed', async () => {
    const { people } = await search(
      'triage-nurse',
      `${MAYA}, identifier: { system: NHS_NUMBER, value: "999 000 0018" }`,
    );
    expect(people[0]).toMatchObject({
      confidence: 'CONFIRMED',
      agreesOn: expect.arrayContaining(['identifier']),
    });
  });

  const nobody: [string, string, string][] = [
    [
      'of whom only another forename is known',
      'POSSIBLE_MATCH',
      'familyName: "Kerr", givenName: "Zoe", dateOfBirth: "2002-03-14"',
    ],
    [
      'whose records do not agree whose they are',
      'MANY_MATCH',
      'familyName: "Pike", givenName: "Jordan", dateOfBirth: "1996-12-05"',
    ],
    ['whom nobody knows', 'NO_MATCH', 'familyName: "Nemo", givenName: "Nora", dateOfBirth: "1980-01-01"'],
    ['with a family name alone', 'TOO_BROAD', 'familyName: "Kerr"'],
    ['with a name and no more', 'TOO_BROAD', 'familyName: "Kerr", givenName: "Maya"'],
    ['with a wildcard', 'TOO_BROAD', 'familyName: "Ker%", dateOfBirth: "2002-03-14"'],
    ['with nothing', 'TOO_BROAD', 'sex: FEMALE'],
  ];
  test.each(nobody)('%s: %s, nobody is named, and there is a desk to call', async (_who, outcome, by) => {
    const answer = await search('triage-nurse', by);
    expect(answer).toMatchObject({ outcome, people: [] });
    expect(answer.contacts.length).toBeGreaterThan(0);
    expect(answer.contacts[0].phone).toBeTruthy();
    expect(answer.message).not.toMatch(/kerr|pike|nemo/i);
    expect(answer.answer.errors).toEqual([]);
  });

  test('whose outcome is unsure makes a task for a person to look, once', async () => {
    await search('triage-nurse', 'familyName: "Pike", givenName: "Jordan", dateOfBirth: "1996-12-05"');
    const tasks = await sightline.store(
      'select kind, cardinality(people) as people from index_review order by kind',
    );
    expect(tasks).toEqual([
      { kind: 'MANY_MATCH', people: expect.any(Number) },
      { kind: 'POSSIBLE_MATCH', people: 1 },
    ]);
  });

  test('that finds nobody says that they may still be known', async () => {
    expect((await search('triage-nurse', 'familyName: "Nemo", dateOfBirth: "1980-01-01"')).message).toMatch(
      /may still be known/,
    );
  });
});

describe('an id', () => {
  const PERSON = 'query ($id: ID!) { person(id: $id) { id identity { name } } }';
  const idOf = async (persona: string, reference: string) =>
    (await search(persona, MAYA, reference)).people[0].person.id as string;
  const by = (id: string, persona: string, reference: string) =>
    sightline.ask(persona, PERSON, { variables: { id }, reference });

  test('is the same each time for the same organisation and reference', async () => {
    const [first, second] = [
      await idOf('response-officer', 'police:26/000123'),
      await idOf('response-officer', 'police:26/000123'),
    ];
    expect(first).toBe(second);
    expect((await by(first, 'response-officer', 'police:26/000123')).data.person.identity.name).toBe(
      'Maya Kerr',
    );
  });

  test('is stale under another reference and at another organisation, and answered as one that never was', async () => {
    const id = await idOf('response-officer', 'police:26/000123');
    const elsewhere = await Promise.all([
      by(id, 'response-officer', 'police:26/000124'),
      by(id, 'triage-nurse', 'police:26/000123'),
    ]);
    const never = await Promise.all([
      by('never', 'response-officer', 'police:26/000124'),
      by('never', 'triage-nurse', 'police:26/000123'),
    ]);
    expect(elsewhere.map(({ text }) => text)).toEqual(never.map(({ text }) => text));
    expect(elsewhere[0]?.data).toEqual({ person: null });
    expect(elsewhere[0]?.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
  });

  test('with a letter changed is nobody’s', async () => {
    const id = await idOf('response-officer', 'police:26/000123');
    const changed = `${id.startsWith('A') ? 'B' : 'A'}${id.slice(1)}`;
    expect((await by(changed, 'response-officer', 'police:26/000123')).data).toEqual({ person: null });
  });

  test('says nothing of the person or of any record', async () => {
    const id = Buffer.from(await idOf('response-officer', 'police:26/000123'), 'base64url').toString(
      'latin1',
    );
    expect(id).not.toMatch(/100018|40018|maya/i);
  });

  test('of a list too long is refused, with the limit', async () => {
    const ids = Array.from({ length: 201 }, () => 'x');
    const answer = await sightline.ask(
      'response-officer',
      'query ($ids: [ID!]!) { people(ids: $ids) { id } }',
      { variables: { ids } },
    );
    expect(answer.errors[0]?.extensions.code).toBe('QUERY_REFUSED');
    expect(answer.errors[0]?.message).toMatch(/200/);
  });
});

describe('a number', () => {
  const by = (persona: string, args: string) =>
    sightline.ask(persona, `{ personByIdentifier(${args}) { relationship identity { name } } }`);
  const PNC = 'system: PNC, value: "2020/0000118G"';
  const NHS = 'system: NHS_NUMBER, value: "9990000018"';
  const LOCAL = 'system: LOCAL, value: "100018"';

  const table: [string, string, string, boolean][] = [
    ['response-officer', 'PNC', PNC, true],
    ['triage-nurse', 'NHS number', NHS, true],
    ['mash-social-worker', 'NHS number', NHS, true],
    ['response-officer', 'NHS number', NHS, false],
    ['triage-nurse', 'PNC', PNC, false],
    ['housing-officer', 'NHS number', NHS, false],
    ['housing-officer', 'PNC', PNC, false],
    ['response-officer', 'local number of the police', `${LOCAL}, issuer: "police"`, true],
    ['triage-nurse', 'local number of the police', `${LOCAL}, issuer: "police"`, false],
  ];
  test.each(table)(
    '%s, by a %s: only of a system that the grants to the caller name',
    async (persona, _system, args, known) => {
      const answer = await by(persona, args);
      expect(answer.data.personByIdentifier === null).toBe(!known);
      if (known) expect(answer.data.personByIdentifier.identity.name).toBe('Maya Kerr');
      else expect(answer.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    },
  );

  test('that is an agency’s own needs its issuer', async () => {
    const answer = await by('response-officer', LOCAL);
    expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toMatch(/issuer/);
  });

  test('of an issuer that there is not is refused with those there are', async () => {
    const answer = await by('response-officer', `${LOCAL}, issuer: "nowhere"`);
    expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toMatch(/police/);
  });
});

test('ten people can be claimed under a reference; the eleventh is answered as nobody, the ten stay', async () => {
  const reference = 'police:26/000140';
  const rows = await sightline.sql(
    'police',
    `select "NOM_ID" from "T_NOMINAL" where "MERGED_TO_NOM_ID" is null and coalesce("SENS_FLG", ' ') <> 'P' and "NOM_ID" > '100300' order by 1 limit 40`,
  );
  const ids = [
    ...new Set(
      await idsOf(
        sightline,
        'police',
        rows.map(({ NOM_ID }) => NOM_ID as string),
        { reference },
      ),
    ),
  ].slice(0, 11);
  expect(ids).toHaveLength(11);
  const ask = (some: readonly string[]) =>
    sightline.ask('response-officer', 'query ($ids: [ID!]!) { people(ids: $ids) { relationship } }', {
      variables: { ids: some },
      reference,
    });
  const claimed = { relationship: 'CLAIMED' };
  expect((await ask(ids)).data.people).toEqual([...Array(10).fill(claimed), null]);
  expect((await ask([...ids].reverse())).data.people).toEqual([null, ...Array(10).fill(claimed)]);
  const [claims] = await sightline.store(
    'select count(*)::int as claims from index_claim where reference = $1',
    [reference],
  );
  expect(claims).toEqual({ claims: 10 });
});
