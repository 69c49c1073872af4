/** Scenario 6: the person is unconscious, and the officer needs to know what they take. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const clinical =
  'clinical { state diagnoses { diagnosis { text } } medication { name } allergies { substance } }';
const find = (family: string, given: string, born: string, fields: string) =>
  `{ findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { people { person { ${fields} } } } }`;
const maya = (fields: string) => find('Kerr', 'Maya', '2002-03-14', fields);
const ask = (query: string, reference?: string) =>
  sightline.ask('response-officer', query, reference ? { reference } : {});
const person = (answer: Answer) => answer.data.findPeople.people[0].person;

test('the officer is told that only break-glass would open it, and whom to call now', async () => {
  const answer = await ask(maya(clinical));
  expect(person(answer).clinical).toEqual({
    state: 'WITHHELD',
    diagnoses: null,
    medication: null,
    allergies: null,
  });
  const withheld = answer.errors.filter(({ path }) => path?.includes('clinical'));
  expect(withheld).toHaveLength(3);
  for (const { extensions } of withheld)
    expect(extensions).toMatchObject({
      code: 'WITHHELD',
      reason: 'NEEDS_BREAK_GLASS',
      contact: { desk: expect.any(String), phone: expect.any(String) },
    });
});

test('it is the same for somebody of whom nothing clinical is held', async () => {
  const [known, unknown] = [
    await ask(maya(clinical)),
    await ask(find('Tate', 'Owen', '1984-06-21', clinical), 'police:26/000140'),
  ];
  expect(person(unknown)).toEqual(person(known));
  expect(unknown.errors).toEqual(known.errors);
  expect(unknown.holes).toEqual(known.holes);
});

test('no statement reaches the clinical records, and the refusal stands in the register', async () => {
  const answer = await ask(maya(clinical));
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  const entries = rows.map(({ entry }) => JSON.parse(entry as string));
  expect(entries.flatMap(({ outcomes = [] }) => outcomes)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ section: 'clinical', state: 'WITHHELD', reason: 'NEEDS_BREAK_GLASS' }),
    ]),
  );
});

test('the emergency purpose, which break-glass alone may assert, is nobody’s to assert by hand', async () => {
  const answer = await sightline.ask('response-officer', maya(clinical), { purpose: 'emergency' });
  expect(answer.status).toBe(400);
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
});

test.todo('a reason and a statement open it for 30 minutes; missing: the break-glass grant');
test.todo('what is sealed stays sealed under break-glass; missing: the break-glass grant');
test.todo('the Caldicott guardian is told and reviews it; missing: the review of break-glass');
