/** A field that is wrong: who was shown it says so, and the agency whose record it is answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { findQuery, found, MAYA, wishesOf } from './wishes.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const wishes = wishesOf(() => sightline);
const OFFICER = { persona: 'response-officer' };
const MARKER = { section: 'warningMarkers', field: 'items.guidance', why: 'She has no dog any more.' };
async function markerOf(agency: string, as: object): Promise<string> {
  const answer = await wishes.ask(
    findQuery(MAYA, 'warningMarkers { items { source { agency { id } record } } }'),
    as,
  );
  const { items } = found(answer).warningMarkers;
  const of = items.find((one: { source: { agency: { id: string } } }) => one.source.agency.id === agency);
  return of.source.record;
}
let id = '';

test('the officer at the door reports it to the landlord, and nothing of the record changes', async () => {
  const record = await markerOf('housing', OFFICER);
  const before = await wishes.ask(findQuery(MAYA, 'warningMarkers { items { guidance } }'), OFFICER);
  const answer = await wishes.report(record, OFFICER, MARKER);
  expect(answer.errors).toEqual([]);
  expect(answer.data.reportMistake).toMatchObject({
    ...{ state: 'WAITING', section: 'warningMarkers', field: 'items.guidance', agency: { id: 'housing' } },
    ...{ fromPerson: false, ownRecords: [], answerBy: expect.stringMatching(/:59:59Z$/) },
  });
  id = answer.data.reportMistake.id;
  const after = await wishes.ask(findQuery(MAYA, 'warningMarkers { items { guidance } }'), OFFICER);
  expect(after.text).toBe(before.text);
  const [entry] = await wishes.entries('MISTAKE');
  expect(entry).toMatchObject({
    outcomes: [{ section: 'warningMarkers', agency: 'housing', state: 'RAISED', reason: 'items.guidance' }],
    act: { id, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(JSON.stringify(entry)).not.toMatch(/dog/);
  expect(await wishes.alerts('MISTAKE_TO_ANSWER')).toEqual([
    { organisation: 'housing', payload: { act: id } },
  ]);
  expect((await wishes.report(record, OFFICER, MARKER)).errors[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('it stands in that agency’s queue with its own number, and in nobody else’s', async () => {
  const { items } = (await wishes.mistakes('housing', '(state: WAITING)')).data.mistakes;
  expect(items).toMatchObject([
    { id, why: MARKER.why, ownRecords: [expect.any(String)], ownRow: expect.stringContaining('/') },
  ]);
  expect((await wishes.mistakes('housing', '(state: UPHELD)')).data.mistakes.items).toEqual([]);
  for (const organisation of ['police', 'mental-health']) {
    expect((await wishes.mistakes(organisation)).data.mistakes.items).toEqual([]);
    expect((await wishes.answer(organisation, id, true)).errors[0]).toMatchObject({
      extensions: { code: 'NOT_AVAILABLE' },
    });
  }
  const own = await wishes.ask('{ mistakes { items { id } } }', OFFICER);
  expect(own.errors[0]).toMatchObject({ extensions: { code: 'PURPOSE_NOT_PERMITTED' } });
  // A mistake is no objection.
  expect((await wishes.decide('housing', id, true)).errors[0]).toMatchObject({
    extensions: { code: 'NOT_AVAILABLE' },
  });
});

test('its officer says that it is corrected, once', async () => {
  expect((await wishes.answer('housing', id, true, ' ')).errors[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect((await wishes.answer('housing', id, true)).data.answerMistake).toMatchObject({ state: 'CORRECTED' });
  expect((await wishes.answer('housing', id, false)).errors[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
  });
  const { items } = (await wishes.mistakes('housing', '(state: CORRECTED)')).data.mistakes;
  expect(items).toMatchObject([{ id }]);
});

test('nobody reports what is withheld from them, or a record of another reference or none', async () => {
  const record = await markerOf('housing', OFFICER);
  const withheld = await wishes.report(record, OFFICER, {
    ...{ section: 'housing', field: 'arrearsBand', why: 'She owes nothing.' },
  });
  expect(withheld.errors[0]).toMatchObject({
    extensions: { code: 'WITHHELD', agency: 'housing', section: 'housing' },
  });
  const flat = await markerOf('housing', { ...OFFICER, reference: 'police:26/000124' });
  const texts = [];
  for (const token of ['unknown', flat, await markerOf('housing', { persona: 'housing-officer' })]) {
    const { errors } = await wishes.report(token, OFFICER, MARKER);
    texts.push(JSON.stringify(errors));
  }
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('NOT_AVAILABLE');
  for (const change of [{ section: 'secrets' }, { field: 'items.secret' }, { why: '' }])
    expect((await wishes.report(record, OFFICER, { ...MARKER, ...change })).errors[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  expect(await sightline.store('select count(*)::int as count from concern')).toEqual([{ count: 1 }]);
});
