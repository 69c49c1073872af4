/** Somebody does not want one part of their record shared for their care: it stops, and nothing else does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { findQuery, found, MAYA, wishesOf } from './wishes.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date('2026-12-01T09:00:00Z') });
  // The practice sees Maya too: on the doctor's consultation of today.
  await sightline.sql(
    'primary-care',
    `insert into "CONSULTATION" select (jsonb_populate_record(c, jsonb_build_object('CONS_ID', 'EP-000918', 'PATIENT_ID', '70018'))).*
     from "CONSULTATION" c where "CONS_ID" = 'EP-000170'`,
  );
});
afterAll(() => sightline?.close());

const wishes = wishesOf(() => sightline);
const DOCTOR = {
  persona: 'general-practitioner',
  purpose: 'direct-care',
  reference: 'primary-care:EP-000918',
};
const NURSE = { persona: 'triage-nurse' };
const SOURCES = 'sources { agency { id } state level reason message }';
const FIELDS = `mentalHealth { state openToService legalStatus { text } ${SOURCES} }
  crisisPlan { state whatHelps ${SOURCES} } clinical { state medication { name } ${SOURCES} }
  involvements { state items { service } ${SOURCES} } identity { name }`;
const read = async (as: object) => found(await wishes.ask(findQuery(MAYA, FIELDS), as));
interface Told {
  agency: { id: string };
  state: string;
  reason: string | null;
  message: string | null;
}
const sourceOf = (section: { sources: readonly Told[] }, agency = 'mental-health') =>
  section.sources.find((one) => one.agency.id === agency);
const idAt = (as: object) => wishes.idOf(MAYA, as);
// biome-ignore lint/suspicious/noExplicitAny: as the query of the test has it
type Seen = any;

describe('an objection that a doctor writes down for her', () => {
  let before: Seen;
  let nurse: Seen;
  let id = '';

  test('is recorded for the trust to decide, with the day until which', async () => {
    [before, nurse] = [await read(DOCTOR), await read(NURSE)];
    expect(sourceOf(before.mentalHealth)).toMatchObject({ state: 'DISCLOSED', message: null });
    const answer = await wishes.object(await idAt(DOCTOR), DOCTOR);
    expect(answer.errors).toEqual([]);
    expect(answer.data.recordObjection).toMatchObject({
      ...{ state: 'WAITING', section: 'mentalHealth', agency: { id: 'mental-health' }, fromPerson: false },
      // New Year's Day and the weekend do not lie on the first of January's way: it is a bank holiday.
      ...{ at: '2026-12-01T09:00:00.000Z', answerBy: '2027-01-04T23:59:59Z', ownRecords: [] },
    });
    id = answer.data.recordObjection.id;
    const [entry] = await wishes.entries('OBJECTION');
    expect(entry).toMatchObject({
      ...{ purpose: 'direct-care', reference: DOCTOR.reference, relationship: 'VERIFIED' },
      outcomes: [{ section: 'mentalHealth', agency: 'mental-health', state: 'RAISED' }],
      act: { id, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(entry)).not.toMatch(/doctor not to know/);
    const alerts = await wishes.alerts('OBJECTION_TO_DECIDE');
    expect(alerts).toEqual([{ organisation: 'mental-health', payload: { act: id } }]);
  });

  // Seen to fail with `wishes` left out of the decisions' key.
  test('stops direct care of that section, and stops nothing else', async () => {
    const answer = await wishes.ask(findQuery(MAYA, FIELDS), DOCTOR);
    const after = found(answer);
    expect(sourceOf(after.mentalHealth)).toMatchObject({
      state: 'WITHHELD',
      level: null,
      reason: 'OBJECTED',
    });
    expect(answer.holes).toContainEqual(
      expect.objectContaining({ section: 'mentalHealth', agency: 'mental-health', reason: 'OBJECTED' }),
    );
    expect(sourceOf(after.mentalHealth, 'primary-care')).toEqual(
      sourceOf(before.mentalHealth, 'primary-care'),
    );
    for (const section of ['crisisPlan', 'clinical', 'involvements', 'identity'])
      expect(after[section]).toEqual(before[section]);
  });

  test('asks the trust nothing: no statement of that section reaches it', async () => {
    const run = () => wishes.ask(findQuery(MAYA, 'mentalHealth { state openToService }'), DOCTOR);
    if (!sightline.statements) return void (await run());
    const { statements } = await sightline.statements.during(run);
    expect(statements.filter(({ agency }) => agency === 'mental-health')).toEqual([]);
  });

  test('a crisis goes on, and whoever asks is told', async () => {
    const after = await read(NURSE);
    expect(sourceOf(after.mentalHealth)).toMatchObject({
      state: 'DISCLOSED',
      message: expect.stringMatching(/has objected/),
    });
    expect(after.mentalHealth.openToService).toEqual(nurse.mentalHealth.openToService);
    expect({ ...after, mentalHealth: null }).toEqual({ ...nurse, mentalHealth: null });
    const hub = await read({ persona: 'mash-social-worker' });
    expect(sourceOf(hub.mentalHealth)).toMatchObject({ message: expect.stringMatching(/has objected/) });
  });

  test('who has no grant learns nothing of it', async () => {
    const housing = await read({ persona: 'housing-officer' });
    expect(sourceOf(housing.mentalHealth)).toMatchObject({ reason: 'PURPOSE', message: null });
  });

  test('said twice by one login it is one, and another’s is another', async () => {
    const again = await wishes.object(await idAt(DOCTOR), DOCTOR);
    expect(again.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const nurses = await wishes.object(await idAt(NURSE), NURSE);
    expect(nurses.errors).toEqual([]);
    await wishes.decide('mental-health', nurses.data.recordObjection.id, false);
  });

  test('is the trust’s officer’s alone to see and decide', async () => {
    for (const organisation of ['primary-care', 'police', 'housing']) {
      expect((await wishes.objections(organisation)).data.objections.items).toEqual([]);
      expect((await wishes.decide(organisation, id, false)).errors[0]).toMatchObject({
        extensions: { code: 'NOT_AVAILABLE' },
      });
    }
    const doctor = await wishes.ask('{ objections { items { id } } }', DOCTOR);
    expect(doctor.errors[0]).toMatchObject({ extensions: { code: 'PURPOSE_NOT_PERMITTED' } });
    const { items } = (await wishes.objections('mental-health', '(state: WAITING)')).data.objections;
    expect(items).toMatchObject([
      { id, why: 'She wants her doctor not to know.', ownRecords: [expect.any(String)] },
    ]);
    const own = await wishes.decide('mental-health', id, true, 'x', { sub: 'other' });
    expect(own.data.decideObjection).toMatchObject({ id, state: 'UPHELD' });
  });

  test('upheld it stays stopped, and is decided once', async () => {
    expect(sourceOf((await read(DOCTOR)).mentalHealth)).toMatchObject({ reason: 'OBJECTED' });
    const again = await wishes.decide('mental-health', id, false);
    expect(again.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const entries = await wishes.entries('OBJECTION');
    expect(entries.at(-1)).toMatchObject({ outcomes: [{ state: 'UPHELD' }], role: 'governance-officer' });
  });

  test('not upheld, all is as it was', async () => {
    await sightline.store('update concern set agreed = false where id = $1', [id]);
    expect(await read(DOCTOR)).toEqual(before);
    expect(await read(NURSE)).toEqual(nurse);
  });
});

describe('an objection from her own login, which somebody else may hold', () => {
  const OWN = { persona: 'data-subject' };
  let id = '';

  test('stops nothing and flags nothing until the agency has spoken to her', async () => {
    const before = await read(DOCTOR);
    const answer = await wishes.object(await idAt(OWN), OWN, {
      ...{ section: 'crisisPlan', agency: 'mental-health', why: 'I do not want it.' },
    });
    expect(answer.data.recordObjection).toMatchObject({ state: 'WAITING', fromPerson: true });
    id = answer.data.recordObjection.id;
    expect(await read(DOCTOR)).toEqual(before);
  });

  test('upheld, it stops that section and no other', async () => {
    const before = await read(DOCTOR);
    expect((await wishes.decide('mental-health', id, true)).data.decideObjection.state).toBe('UPHELD');
    const after = await read(DOCTOR);
    expect(sourceOf(after.crisisPlan)).toMatchObject({ reason: 'OBJECTED' });
    expect({ ...after, crisisPlan: null }).toEqual({ ...before, crisisPlan: null });
  });
});

describe('what is refused', () => {
  test.each([
    ['blanks', { why: '  ' }, /why/],
    ['a section that is none', { section: 'secrets' }, /no section secrets.*mentalHealth/],
    ['an agency that supplies nothing of it', { agency: 'housing' }, /mental-health/],
  ])('%s', async (_what, change, message) => {
    const answer = await wishes.object(await idAt(DOCTOR), DOCTOR, change);
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(answer.errors[0]?.message).toMatch(message);
  });

  test('somebody not seen, and somebody whom nothing but one’s own word ties', async () => {
    const unknown = await wishes.object('unknown', DOCTOR);
    expect(unknown.errors[0]).toMatchObject({ extensions: { code: 'NOT_AVAILABLE' } });
    const stranger = { ...NURSE, reference: 'police:26/000140' };
    const claimed = await wishes.object(await idAt(stranger), stranger);
    expect(claimed.errors[0]).toMatchObject({ extensions: { reason: 'RELATIONSHIP_UNVERIFIED' } });
  });

  test('one’s own, by the officer who raised it', async () => {
    const answer = await wishes.object(await idAt(NURSE), NURSE, { section: 'clinical' });
    const { id } = answer.data.recordObjection;
    await sightline.store('update concern set sub = $1 where id = $2', ['IG-mental-health', id]);
    expect((await wishes.decide('mental-health', id, false)).errors[0]).toMatchObject({
      extensions: { code: 'QUERY_REFUSED' },
    });
  });
});
