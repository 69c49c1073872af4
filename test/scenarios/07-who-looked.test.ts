/** Scenario 7: "Who looked at my record?" */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const HISTORY = '{ accessHistory { state reason message contacts { desk phone email } } }';

test('the person is told that this section of the register is not open yet, and who answers in writing', async () => {
  const answer = await sightline.ask('data-subject', HISTORY);
  expect(answer.errors).toEqual([]);
  expect(answer.data.accessHistory).toMatchObject({
    state: 'NOT_COVERED',
    reason: null,
    message: expect.stringMatching(/not open yet/),
  });
  const { contacts } = answer.data.accessHistory;
  expect(contacts).toHaveLength(sightline.app.agencies.ids.length);
  for (const { phone, email } of contacts) expect(phone ?? email).not.toBeNull();
});

test.each(['response-officer', 'dean-cole', 'governance-officer'])(
  '%s is told that it is the person’s own to read',
  async (persona) => {
    const answer = await sightline.ask(persona, HISTORY);
    expect(answer.data.accessHistory).toMatchObject({ state: 'WITHHELD', reason: 'PURPOSE' });
  },
);

test('without a purpose it is not taken', async () => {
  const answer = await sightline.ask('data-subject', HISTORY, { purpose: null });
  expect(answer.status).toBe(400);
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
});

test.todo('lists roles, purposes, dates and groups; missing: reading the register by its subject');
test.todo('hides entries that would tip somebody off; missing: reading the register by its subject');
