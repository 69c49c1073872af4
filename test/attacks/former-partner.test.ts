/**
 * Dean Cole left Leila Haddad with a reason to hide, and he has a login. However he asks for her, he is answered as for
 * somebody who does not exist: same body, same status, same statements; only whoever keeps the case hears of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadKeys } from '../../src/person-index/records/keys.ts';
import { createSealedIds } from '../../src/person-index/records/sealed-ids.ts';
import { type Answer, type Asking, type Sightline, startSightline } from '../support/sightline.ts';
import { isByTheClock, type Statement } from '../support/statement-log.ts';
import { wholePerson } from '../support/whole-person.ts';

const OWN_PATCH = 'housing:009200/01';
/** Hers, and of his patch: the landlord's system has made it current again, so that the reference ties her. */
const HER_TENANCY = 'housing:007701/02';
type Known = Record<'leila' | 'dean' | 'owen' | 'nobody', string>;
let sightline: Sightline;
/** Reference → ids that Dean could only have from a hand inside: they are bound to his organisation and reference. */
const sealed = new Map<string, Known>();

beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'housing',
    "update tenancy set status = 'C', end_dt = null where tenancy_ref = '007701/02'",
  );
  const of = async (tenant: string) => {
    const [row] = await sightline.store(
      "select person from index_record where agency = 'housing' and record = $1",
      [tenant],
    );
    return row?.person as string;
  };
  const people = { leila: await of('51383'), dean: await of('50214'), owen: await of('50200') };
  for (const [, reference] of references) {
    const ids = createSealedIds(
      loadKeys({ dataDir: sightline.dataDir, env: undefined }),
      'housing',
      reference,
    );
    const nobody = '00000000-0000-4000-8000-000000000000';
    const known = Object.entries({ ...people, nobody }).map(([name, id]) => [name, ids.seal('person', id)]);
    sealed.set(reference, Object.fromEntries(known));
  }
});
afterAll(() => sightline?.close());

const whole = () => wholePerson(sightline.app.catalogue);
const search = (by: string) =>
  `{ findPeople(by: { ${by} }) { outcome message contacts { desk } people { confidence agreesOn differsOn person { ${whole()} } } } }`;
const byNumber = (system: string, value: string, issuer = '') =>
  `{ personByIdentifier(system: ${system}, value: "${value}"${issuer}) { ${whole()} } }`;
const byId = (id: string) => `{ person(id: "${id}") { ${whole()} } }`;

/** [how, the question about her, the same about somebody who does not exist] */
const ways: [string, (ids: Known) => string, (ids: Known) => string][] = [
  [
    'by name and date of birth',
    () => search('familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02"'),
    () => search('familyName: "Hadden", givenName: "Leonie", dateOfBirth: "1991-07-03"'),
  ],
  [
    'by family name and date of birth',
    () => search('familyName: "Haddad", dateOfBirth: "1991-07-02"'),
    () => search('familyName: "Hadden", dateOfBirth: "1991-07-03"'),
  ],
  [
    'by name and the postcode of the refuge',
    () => search('familyName: "Haddad", givenName: "Leila", postcode: "ZZ9 7RF"'),
    () => search('familyName: "Hadden", givenName: "Leonie", postcode: "ZZ9 7RG"'),
  ],
  [
    'by name and the postcode where they lived',
    () => search('familyName: "Haddad", givenName: "Leila", postcode: "ZZ2 6QL"'),
    () => search('familyName: "Hadden", givenName: "Leonie", postcode: "ZZ2 6QL"'),
  ],
  [
    'by her daughter’s name and date of birth',
    () => search('familyName: "Haddad", givenName: "Noor", dateOfBirth: "2019-10-11"'),
    () => search('familyName: "Hadden", givenName: "Nora", dateOfBirth: "2019-10-12"'),
  ],
  [
    'by a search with her national insurance number',
    () => search('identifier: { system: NINO, value: "QQ000138C" }'),
    () => search('identifier: { system: NINO, value: "QQ999138C" }'),
  ],
  [
    'by a search with her NHS number',
    () => search('familyName: "Haddad", identifier: { system: NHS_NUMBER, value: "9990001383" }'),
    () => search('familyName: "Hadden", identifier: { system: NHS_NUMBER, value: "9990009996" }'),
  ],
  [
    'by her national insurance number',
    () => byNumber('NINO', 'QQ000138C'),
    () => byNumber('NINO', 'QQ999138C'),
  ],
  [
    'by her NHS number',
    () => byNumber('NHS_NUMBER', '9990001383'),
    () => byNumber('NHS_NUMBER', '9990009996'),
  ],
  [
    'by her tenant number',
    () => byNumber('LOCAL', '51383', ', issuer: "housing"'),
    () => byNumber('LOCAL', '59999', ', issuer: "housing"'),
  ],
  ['by her very id', (ids) => byId(ids.leila), (ids) => byId(ids.nobody)],
  ['by no id at all', () => byId('Leila Haddad'), () => byId('Leonie Hadden')],
];
const references: [string, string][] = [
  ['the tenancy of his patch', OWN_PATCH],
  ['her own tenancy, which is of his patch', HER_TENANCY],
  ['a tenancy that does not exist', 'housing:009999/09'],
];

// Seen to fail with `excluding.length === 0` taken out of judge(): under her tenancy he was shown her record.
describe.each(references)('under %s', (_what, reference) => {
  test.each(ways)('%s', async (_how, about, aboutNobody) => {
    const known = sealed.get(reference) as Known;
    const before = await denials();
    const her = await asDean(about(known), { reference });
    const nobody = await asDean(aboutNobody(known), { reference });
    expect(her.answer.status).toBe(nobody.answer.status);
    expect(her.answer.text).toBe(nobody.answer.text);
    expect([...her.answer.headers.keys()]).toEqual([...nobody.answer.headers.keys()]);
    expect(her.answer.headers.get('content-length')).toBe(nobody.answer.headers.get('content-length'));
    expect(shape(her.statements)).toEqual(shape(nobody.statements));
    expect(her.answer.text).not.toMatch(/Leila|Haddad|Noor|100138/);
    // Both count against him, though one was for nobody.
    expect(await denials()).toBe(before + 2);
  });
});

const ownIds = () => sealed.get(OWN_PATCH) as Known;

test('in a list with others she is a hole like any that does not exist, and the others are there', async () => {
  const own = ownIds();
  const people = `query ($ids: [ID!]!) { people(ids: $ids) { relationship identity { name } } }`;
  const her = await asDean(people, { variables: { ids: [own.owen, own.leila, own.owen] } });
  const nobody = await asDean(people, { variables: { ids: [own.owen, own.nobody, own.owen] } });
  expect(her.answer.text).toBe(nobody.answer.text);
  expect(her.answer.data.people.map((one: unknown) => one === null)).toEqual([false, true, false]);
  expect(shape(her.statements)).toEqual(shape(nobody.statements));
});

test('he is as unknown to himself, so that his own household leads nowhere', async () => {
  const own = ownIds();
  const himself = `household { members { relationship person { id identity { name } } } dependentChildren }`;
  const hisOwn = await asDean(`{ person(id: "${own.dean}") { ${himself} } }`);
  const nobody = await asDean(`{ person(id: "${own.nobody}") { ${himself} } }`);
  expect(hisOwn.answer.text).toBe(nobody.answer.text);
});

test('what he may ask, and a plan of what he would be told, are the same whatever he has tried', async () => {
  const before = await asDean('{ viewer { relationship mayAsk { section level reason } } }');
  await asDean(byNumber('NINO', 'QQ000138C'));
  const after = await asDean('{ viewer { relationship mayAsk { section level reason } } }');
  expect(after.answer.text).toBe(before.answer.text);
});

// Seen to fail, for the searches, with those who are not admitted left out of matchesOf() before they are weighed.
test.each([
  [
    'by name and date of birth',
    () => search('familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02"'),
  ],
  ['by a search with her number', () => search('identifier: { system: NINO, value: "QQ000138C" }')],
  ['by her number', () => byNumber('NINO', 'QQ000138C')],
  ['by her id', () => byId(ownIds().leila)],
])('%s he sets off an alert that he does not see', async (_how, about) => {
  const alerts = () =>
    sightline.store(
      "select id from index_outbox where kind = 'EXCLUDED_ATTEMPT' and organisation = 'police'",
    );
  const before = (await alerts()).length;
  await asDean(about());
  expect((await alerts()).length).toBeGreaterThan(before);
});

test('whoever keeps the case is told who tried, without a word of where she is', async () => {
  const alerts = await sightline.store(
    "select organisation, kind, payload from index_outbox where kind = 'EXCLUDED_ATTEMPT' and payload->>'staff' = 'HO214'",
  );
  expect(new Set(alerts.map(({ organisation }) => organisation))).toContain('police');
  expect(JSON.stringify(alerts)).not.toMatch(/Haddad|Leila|ZZ9|Harbour|9990001383|QQ000138/);
});

test('his own line hears of refusals, and not of whom they were about', async () => {
  const notices = await sightline.store(
    "select kind, payload from index_outbox where organisation = 'housing' and kind = 'REPEATED_DENIALS'",
  );
  expect(notices).toHaveLength(1);
  expect(JSON.stringify(notices)).not.toMatch(/51383|police|record|EXCLUDED/);
});

test('the register tells her question and nobody’s apart by nothing but the time and the request', async () => {
  const her = await asDean(byNumber('NINO', 'QQ000138C'));
  const nobody = await asDean(byNumber('NINO', 'QQ999138C'));
  const [one, other] = await Promise.all([entries(her.answer), entries(nobody.answer)]);
  expect(one).toHaveLength(1);
  expect(one).toEqual(other);
  expect(JSON.stringify(one)).not.toMatch(/QQ000138|Haddad/);
});

test('a log line of the gateway says the same of both', async () => {
  const lines = async (query: string) => {
    const from = sightline.logged.length;
    await asDean(query);
    return sightline.logged
      .slice(from)
      .map((line) => ({ ...JSON.parse(line), time: 0, ms: 0, requestId: '' }));
  };
  expect(await lines(byNumber('NINO', 'QQ000138C'))).toEqual(await lines(byNumber('NINO', 'QQ999138C')));
});

test('an id that a colleague, or he himself under another case, was given is stale', async () => {
  const mine =
    '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { id } } } }';
  const colleague = await sightline.ask('housing-officer', mine, { reference: 'housing:004418/01' });
  const mayaId = colleague.data.findPeople.people[0].person.id;
  const again = '{ person(id: "ID") { id } }'.replace('ID', mayaId);
  const asked = [
    await sightline.ask('housing-officer', again, { reference: 'housing:004418/01' }),
    await sightline.ask('housing-officer', again, { reference: 'housing:004150/01' }),
    await sightline.ask('dean-cole', again),
    await sightline.ask('response-officer', again),
  ];
  expect(asked.map(({ data }) => data.person?.id ?? null)).toEqual([mayaId, null, null, null]);
  const owen = await asDean(byId(ownIds().owen));
  expect(owen.answer.data.person.id).toBe(ownIds().owen);
});

async function asDean(
  query: string,
  asking: Asking = {},
): Promise<{ answer: Answer; statements: Statement[] }> {
  if (!sightline.statements)
    return { answer: await sightline.ask('dean-cole', query, asking), statements: [] };
  const { result, statements } = await sightline.statements.allDuring(() =>
    sightline.ask('dean-cole', query, asking),
  );
  return { answer: result, statements };
}

/** What reached which database, in no order: they run side by side. The register's own writes are told apart by nothing. */
function shape(all: readonly Statement[]): string[] {
  const statements = all.filter((one) => !isByTheClock(one));
  return statements.map(({ agency, user, sql }) => `${agency} ${user} ${sql}`).sort();
}

/** How often he was refused so far. */
async function denials(): Promise<number> {
  const [row] = await sightline.store(
    "select count(*)::int as denials from index_denial where sub = 'HO214'",
  );
  return row?.denials as number;
}

async function entries(answer: Answer): Promise<object[]> {
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  return rows.map(({ entry }) => ({
    ...JSON.parse(entry as string),
    requestId: '',
    at: '',
    seq: 0,
    previous: '',
    hash: '',
  }));
}
