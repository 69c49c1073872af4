/** Scenario 10: an officer looks up a neighbour without an incident. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const NEIGHBOUR = '{ personByIdentifier(system: PNC, value: "1998/0000161Q") { id identity { name } } }';
const NOBODY = '{ personByIdentifier(system: PNC, value: "1998/0000999B") { id identity { name } } }';
const references: [string, string][] = [
  ['an incident that is over', 'police:26/000098'],
  ["another crew's incident", 'police:26/000150'],
  ['an incident that does not exist', 'police:26/999999'],
  ["a case of another agency's that he is not on", 'mental-health:R2600161'],
];

test.each(references)(
  'under %s the neighbour is answered as somebody who does not exist',
  async (_what, reference) => {
    const [neighbour, nobody] = await Promise.all(
      [NEIGHBOUR, NOBODY].map((query) => sightline.ask('response-officer', query, { reference })),
    );
    expect(neighbour?.data).toEqual({ personByIdentifier: null });
    expect(neighbour?.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    expect(neighbour?.text).toBe(nobody?.text);
    expect(neighbour?.text).toContain('may still be known');
  },
);

test('without a reference the question is not taken at all', async () => {
  const answer = await sightline.ask('response-officer', NEIGHBOUR, { reference: null });
  expect(answer.status).toBe(400);
  expect(answer.errors[0]?.extensions.code).toBe('REFERENCE_REQUIRED');
});

test('three refusals of one login in a day reach the governance of its own organisation, once', async () => {
  const alerts = await sightline.store("select * from index_outbox where organisation = 'police'");
  expect(alerts).toHaveLength(1);
  expect(JSON.stringify(alerts)).not.toMatch(/Marlow|0000161Q/);
});

test('every refusal stands in the register, with who asked and under which reference', async () => {
  const entries = await sightline.store(
    "select entry from register_entry where entry::jsonb ->> 'kind' = 'REFUSAL'",
  );
  const known = entries.map(({ entry }) => JSON.parse(entry as string));
  expect(known.length).toBeGreaterThanOrEqual(9);
  expect(known.every(({ sub, person }) => sub === 'PC4417' && person === null)).toBe(true);
});

test('a claimed neighbour on a live incident is registered as a claim, and there is a limit to claims', async () => {
  const answer = await sightline.ask('response-officer', NEIGHBOUR.replace('{ id', '{ relationship'));
  expect(answer.data.personByIdentifier).toMatchObject({ relationship: 'CLAIMED' });
  const claims = await sightline.store("select * from index_claim where reference = 'police:26/000123'");
  expect(claims).toHaveLength(1);
});
