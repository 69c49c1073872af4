/** Scenario 10: what an officer opens by their own word alone is seen by others, and ends with the incident. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { found, glassOf, maya, owen } from './break-glass.ts';

const MIDNIGHT = Date.parse('2026-11-16T00:00:00Z');
let at = MIDNIGHT;
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date(at) });
});
afterAll(() => sightline?.close());

const { ask, open, alerts, seen, end, own } = glassOf(() => sightline);
const NEIGHBOUR = '{ personByIdentifier(system: PNC, value: "1998/0000161Q") { id relationship } }';
const NOBODY = '{ personByIdentifier(system: PNC, value: "1998/0000999B") { id } }';
const OPEN_INCIDENT = 'police:26/000140';
const hours = (count: number) => count * 3_600_000;
const close = (number: string) =>
  sightline.sql('police', `update "T_INCIDENT" set "CLOSE_DTTM" = '202611160100' where "OCC_NO" = $1`, [
    number,
  ]);
const organisations = async (kind: string) =>
  (await alerts(kind)).map(({ organisation }) => organisation as string);

describe('a neighbour, claimed on a live incident', () => {
  let id = '';

  test('10.1 is opened with alerts to trust, practice and the police’s own governance, marked CLAIMED', async () => {
    const { personByIdentifier } = (await ask(NEIGHBOUR)).data;
    expect(personByIdentifier.relationship).toBe('CLAIMED');
    const answer = await open(personByIdentifier.id, { ground: 'RISK_TO_OTHERS', view: 'OBJECTS' });
    expect(answer.errors).toEqual([]);
    id = answer.data.breakGlass.id;
    // Within 24 hours, though the next working day ends later.
    expect(answer.data.breakGlass).toMatchObject({
      relationship: 'CLAIMED',
      confirmBy: '2026-11-17T00:00:00Z',
      reviewBy: '2026-11-17T23:59:59Z',
    });
    const told = await alerts();
    expect(told.map(({ organisation, payload }) => [organisation, payload])).toEqual(
      ['mental-health', 'primary-care', 'police'].map((organisation) => [
        organisation,
        { act: id, relationship: 'CLAIMED' },
      ]),
    );
  });

  test('10.2 who was never tied when the incident closes is told once, to professional standards', async () => {
    await sightline.app.lookAtClaims();
    expect(await organisations('CLAIM_NEVER_TIED')).toEqual([]);
    await close('26/000123');
    await sightline.app.lookAtClaims();
    await sightline.app.lookAtClaims();
    const told = await alerts('CLAIM_NEVER_TIED');
    expect(told).toEqual([expect.objectContaining({ organisation: 'police' })]);
    expect(JSON.stringify(told)).not.toMatch(/PC4417|Marlow|26\/000123/);
  });

  test('and the glass is closed with the incident', async () => {
    const answer = await ask(NEIGHBOUR);
    expect(answer.data.personByIdentifier).toBeNull();
    expect((await end(id)).errors).toEqual([]);
    await sightline.sql('police', `update "T_INCIDENT" set "CLOSE_DTTM" = null where "OCC_NO" = '26/000123'`);
  });
});

test('10.2 who was tied before the incident closed is nobody’s to tell of', async () => {
  const claimed = found(await ask(owen('relationship'), OPEN_INCIDENT));
  expect(claimed.relationship).toBe('CLAIMED');
  const answer = await open(claimed.id, { reference: OPEN_INCIDENT });
  expect(answer.errors).toEqual([]);
  const [owens] = await sightline.sql(
    'police',
    `select "NOM_ID" from "T_NOMINAL" where "SURNAME" ilike 'tate' and "FORENAME1" ilike 'owen'`,
  );
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM")
     values ('26/000140', $1, 'I', 'CFS', '202611160030')`,
    [owens?.NOM_ID],
  );
  await close('26/000140');
  await sightline.app.lookAtClaims();
  expect(await organisations('CLAIM_NEVER_TIED')).toEqual(['police']);
  await end(answer.data.breakGlass.id);
  await sightline.sql('police', `update "T_INCIDENT" set "CLOSE_DTTM" = null where "OCC_NO" = '26/000140'`);
});

test('10.4 a fourth at once is refused: three is the limit, with the crisis line’s number, and governance is told', async () => {
  const calls: [string, string][] = [
    [maya('relationship'), 'police:26/000123'],
    [maya('relationship'), 'police:26/000124'],
    [owen('relationship'), OPEN_INCIDENT],
    [
      '{ findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02" }) { people { person { id } } } }',
      'police:26/000131',
    ],
  ];
  const answers = [];
  for (const [query, reference] of calls)
    answers.push(await open(found(await ask(query, reference)).id, { reference, ground: 'RISK_TO_SELF' }));
  expect(answers.map(({ errors }) => errors.length)).toEqual([0, 0, 0, 1]);
  const [refusal] = answers[3]?.errors ?? [];
  const crisisLine = sightline.app.agencies.contact('mental-health', 'crisis-line', new Date(at));
  expect(refusal?.extensions).toMatchObject({ code: 'QUERY_REFUSED', limit: 3 });
  expect(refusal?.message).toMatch(/three/);
  expect(refusal?.message).toContain(crisisLine.phone);
  expect(answers[3]?.status).toBe(400);
  expect(await organisations('BREAK_GLASS_LIMIT')).toEqual(['police']);
  for (const { id } of (await own('response-officer', '(state: OPEN)')).data.breakGlassGrants.items)
    await end(id);
});

test('ten within 24 hours are the limit as well', async () => {
  at = MIDNIGHT + hours(2);
  const id = found(await ask(maya('relationship'))).id;
  const refusals = [];
  for (let count = 0; count < 6; count += 1) {
    const answer = await open(id);
    if (answer.errors.length > 0) refusals.push(answer.errors[0]);
    else await end(answer.data.breakGlass.id);
  }
  expect(refusals).toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'QUERY_REFUSED', limit: 10 }) }),
  ]);
  at = MIDNIGHT + hours(27);
  expect((await open(found(await ask(maya('relationship'))).id)).errors).toEqual([]);
});

test('10.5 the police’s own officer reads levels and reasons, and nothing of whether anything was held', async () => {
  const answer = await seen('police', '(first: 50)');
  expect(answer.data.breakGlassGrants.items.length).toBeGreaterThan(5);
  expect(answer.text).not.toMatch(/DISCLOSED|NOT_HELD|NO_LINKED_RECORD/);
  const told = answer.data.breakGlassGrants.items.map(
    ({ statement, ownRecords, person, agencies, fields }: Record<string, unknown>) => ({
      ...{ statement, ownRecords, person, agencies, fields },
    }),
  );
  expect(new Set(told.map((one: unknown) => JSON.stringify(one))).size).toBe(1);
});

test.each([
  [
    'three within 24 hours are one alert, of a login and a number, and of nobody',
    'PC7001',
    [0, 12, 23.98],
    1,
  ],
  ['a third after 24 hours is none', 'PC7002', [0, 12, 24.02], 0],
])('10.3 denials: %s', async (_what, sub, times, told) => {
  const asking = { purpose: 'mental-health-crisis', reference: 'police:26/000098' };
  const start = MIDNIGHT + hours(100);
  for (const time of times) {
    at = start + hours(time);
    const token = await sightline.tokens.issue(personaOf('response-officer', { sub }));
    const answer = await sightline.askAs(token, NOBODY, asking);
    expect(answer.data).toEqual({ personByIdentifier: null });
  }
  const rows = (await alerts('REPEATED_DENIALS')).filter(
    ({ payload }) => (payload as { staff: string }).staff === sub,
  );
  expect(rows).toHaveLength(told);
  for (const row of rows) expect(row).toMatchObject({ organisation: 'police', payload: { denials: 3 } });
});
