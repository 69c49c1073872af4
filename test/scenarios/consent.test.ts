/** A referral of somebody who loses their home: who refers asks them, and the authority hears no more than they agreed to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { DONNA, findQuery, found, GOVERNING, MAYA, wishesOf } from './wishes.ts';

let at = Date.parse('2026-12-24T09:00:00Z');
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date(at) });
});
afterAll(() => sightline?.close());

const wishes = wishesOf(() => sightline);
const P12 = 'homelessness-referral';
const WARD = { persona: 'triage-nurse', purpose: P12, reference: 'mental-health:R2600018' };
const TENANCY = { persona: 'housing-officer', purpose: P12, reference: 'housing:004418/01' };
const FIELDS = `contact { state items { value source { agency { id } } } sources { agency { id } state reason } }
  involvements { state items { service contact { desk } lead { name } source { agency { id } } } sources { agency { id } state reason } }
  mentalHealth { state sources { agency { id } state reason } }
  warningMarkers { state items { type } sources { agency { id } state reason } }
  housing { state arrearsBand sources { agency { id } state reason } }`;
const read = async (as: object = TENANCY, who: readonly [string, string, string] = MAYA) =>
  found(await wishes.ask(findQuery(who, FIELDS), as));
interface Told {
  agency: { id: string };
  state: string;
  reason: string | null;
}
const sourceOf = (section: { sources: readonly Told[] }, agency: string) =>
  section.sources.find((one) => one.agency.id === agency);
const mayaAt = (as: object) => wishes.idOf(MAYA, { purpose: 'mental-health-crisis', ...as });
const onWard = () => wishes.idOf(MAYA, { ...WARD, purpose: 'mental-health-crisis' });

describe('what the authority sees of the trust', () => {
  let id = '';
  // biome-ignore lint/suspicious/noExplicitAny: as the query of the test has it
  let before: any;

  test('without consent it is refused by that name, and safety and own rows do not hang on it', async () => {
    before = await read();
    for (const section of [before.contact, before.involvements])
      expect(sourceOf(section, 'mental-health')).toMatchObject({
        ...{ state: 'WITHHELD', reason: 'CONSENT_REQUIRED' },
      });
    expect(sourceOf(before.housing, 'housing')).toMatchObject({ state: 'DISCLOSED' });
    expect(sourceOf(before.warningMarkers, 'housing')?.state).not.toBe('WITHHELD');
  });

  test('the nurse who asked her records it on her own reference', async () => {
    const answer = await wishes.record(await onWard(), WARD, { until: '2027-02-01' });
    expect(answer.errors).toEqual([]);
    const consent = answer.data.recordConsent;
    expect(consent).toMatchObject({
      ...{ purpose: P12, to: { id: 'housing' }, confirmed: true, until: '2027-02-01', withdrawnAt: null },
      ...{ evidence: 'She signed form HR1 on the ward; it is in her file.', reference: WARD.reference },
      recordedBy: { role: 'triage-nurse', organisation: 'mental-health' },
      agencies: [{ id: 'mental-health' }],
      ownRecords: [],
    });
    id = consent.id;
    const [entry] = await wishes.entries('CONSENT');
    expect(entry).toMatchObject({
      ...{ purpose: P12, reference: WARD.reference, relationship: 'VERIFIED' },
      outcomes: [
        { section: 'consent', agency: 'mental-health', state: 'RECORDED', reason: `${P12}, to housing` },
      ],
      act: { id, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(entry)).not.toMatch(/HR1|signed/);
  });

  test('then it sees how to reach her and that the trust is involved, and of the trust no more', async () => {
    const after = await read();
    expect(sourceOf(after.contact, 'mental-health')).toMatchObject({ state: 'DISCLOSED', reason: null });
    const involved = after.involvements.items.filter(
      (one: { source: { agency: { id: string } } }) => one.source.agency.id === 'mental-health',
    );
    expect(involved.length).toBeGreaterThan(0);
    for (const one of involved) {
      expect(one.service).toMatch(/^MENTAL_HEALTH_/);
      expect(one).toMatchObject({ contact: { desk: expect.any(String) }, lead: null });
    }
    expect(sourceOf(after.mentalHealth, 'mental-health')).toEqual(
      sourceOf(before.mentalHealth, 'mental-health'),
    );
    // Of nobody else, and of the markers nothing: the person agreed to this one referral.
    for (const agency of ['childrens-services', 'work-and-pensions'])
      expect(sourceOf(after.contact, agency)).toMatchObject({
        state: 'WITHHELD',
        reason: 'CONSENT_REQUIRED',
      });
    expect(after.warningMarkers).toEqual(before.warningMarkers);
    expect(after.housing).toEqual(before.housing);
  });

  test('at another purpose, for another authority and of another person it opens nothing', async () => {
    const early = await read({ ...TENANCY, purpose: 'early-help' });
    expect(sourceOf(early.contact, 'mental-health')).toMatchObject({ state: 'WITHHELD' });
    const other = await read({ ...TENANCY, reference: 'housing:004150/01' }, DONNA);
    expect(sourceOf(other.contact, 'mental-health')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    await sightline.store('update consent set receiver = $1 where id = $2', ['adult-services', id]);
    expect(sourceOf((await read()).contact, 'mental-health')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    await sightline.store('update consent set receiver = $1 where id = $2', ['housing', id]);
    expect(sourceOf((await read()).contact, 'mental-health')).toMatchObject({ state: 'DISCLOSED' });
  });

  test('it is shown to the organisation that recorded it and to nobody else’s', async () => {
    const person = await onWard();
    expect((await wishes.consents(person, WARD)).data.consents).toMatchObject([{ id, confirmed: true }]);
    const housing = await wishes.idOf(MAYA, TENANCY);
    expect((await wishes.consents(housing, TENANCY)).data.consents).toEqual([]);
    const police = { persona: 'response-officer' };
    expect((await wishes.consents(await wishes.idOf(MAYA, police), police)).data.consents).toEqual([]);
  });

  test('recorded twice is refused, and names the one that stands', async () => {
    const again = await wishes.record(await onWard(), WARD);
    expect(again.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(again.errors[0]?.message).toContain(id);
  });

  test('it holds on its last day and not after, and not before it was recorded', async () => {
    const last = (day: string) => sightline.store('update consent set until = $1 where id = $2', [day, id]);
    await last('2026-12-24');
    expect(sourceOf((await read()).contact, 'mental-health')).toMatchObject({ state: 'DISCLOSED' });
    await last('2026-12-23');
    expect(sourceOf((await read()).contact, 'mental-health')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    await last('2027-02-01');
    at -= 60_000;
    expect(sourceOf((await read()).contact, 'mental-health')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    at += 60_000;
  });

  test('she herself sees it without anybody’s name, and withdraws it at once', async () => {
    const own = { persona: 'data-subject' };
    const self = await wishes.idOf(MAYA, own);
    const [seen] = (await wishes.consents(self, own)).data.consents;
    expect(seen).toMatchObject({
      ...{ id, recordedBy: { sub: null, name: null, organisation: 'mental-health' }, reference: null },
      evidence: expect.not.stringMatching(/HR1/),
    });
    const answer = await wishes.withdraw(id, own);
    expect(answer.data.withdrawConsent).toMatchObject({ id, withdrawnAt: expect.any(String) });
    expect(await read()).toEqual(before);
    const alerts = await wishes.alerts('CONSENT_WITHDRAWN');
    expect(alerts.map(({ organisation }) => organisation)).toEqual(['housing', 'mental-health']);
    expect(JSON.stringify(alerts)).not.toMatch(/Maya|Kerr|mind/);
    const again = await wishes.withdraw(id, own);
    expect(again.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('what somebody records for a request of their own', () => {
  const OWN = { ...TENANCY, reference: 'housing:004150/01' };
  let id = '';

  test('opens nothing, and waits for the agencies whose data it is', async () => {
    const answer = await wishes.record(await wishes.idOf(DONNA, OWN), OWN);
    expect(answer.data.recordConsent).toMatchObject({
      confirmed: false,
      agencies: [{ id: 'childrens-services' }, { id: 'mental-health' }, { id: 'work-and-pensions' }],
      // Christmas and the weekend lie between.
      confirmBy: '2026-12-29T23:59:59Z',
    });
    id = answer.data.recordConsent.id;
    const person = await read(OWN, DONNA);
    for (const agency of ['mental-health', 'childrens-services', 'work-and-pensions'])
      expect(sourceOf(person.contact, agency)).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    const alerts = await wishes.alerts('CONSENT_TO_CONFIRM');
    expect(alerts.map(({ organisation }) => organisation).sort()).toEqual(
      ['childrens-services', 'mental-health', 'work-and-pensions'].sort(),
    );
  });

  test('an owner’s officer confirms it for its own data, on that reference alone', async () => {
    const [waiting] = (await wishes.toConfirm('work-and-pensions')).data.consentsToConfirm.items;
    expect(waiting).toMatchObject({ id, confirmed: false, ownRecords: [expect.any(String)] });
    const answer = await wishes.confirm('work-and-pensions', id);
    expect(answer.data.confirmConsent).toMatchObject({ id, confirmed: true });
    expect((await wishes.toConfirm('work-and-pensions')).data.consentsToConfirm.items).toEqual([]);
    expect((await wishes.toConfirm('mental-health')).data.consentsToConfirm.items).toMatchObject([
      { id, confirmed: false },
    ]);
    const person = await read(OWN, DONNA);
    expect(sourceOf(person.contact, 'work-and-pensions')).toMatchObject({ state: 'DISCLOSED' });
    expect(sourceOf(person.contact, 'mental-health')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    const onCase = await read({ ...TENANCY, reference: 'housing:H26-00150' }, DONNA);
    expect(sourceOf(onCase.contact, 'work-and-pensions')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
    const again = await wishes.confirm('work-and-pensions', id);
    expect(again.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  test('nobody confirms their own record, nor one that is not about their agency’s data', async () => {
    for (const organisation of ['housing', 'police', 'primary-care'])
      expect((await wishes.confirm(organisation, id)).errors[0]).toMatchObject({
        extensions: { code: 'NOT_AVAILABLE' },
      });
    // The same number of staff under another login, at an agency that could confirm it.
    await sightline.store('update consent set organisation = $1, staff = $2 where id = $3', [
      ...['mental-health', 'IG-mental-health', id],
    ]);
    expect((await wishes.confirm('mental-health', id)).errors[0]).toMatchObject({
      extensions: { code: 'QUERY_REFUSED' },
    });
    await sightline.store('update consent set organisation = $1 where id = $2', ['housing', id]);
    expect((await wishes.withdraw(id, { persona: 'response-officer' })).errors[0]).toMatchObject({
      extensions: { code: 'NOT_AVAILABLE' },
    });
    expect((await wishes.withdraw(id, { persona: 'data-subject' })).errors[0]).toMatchObject({
      extensions: { code: 'NOT_AVAILABLE' },
    });
  });

  test('a consent on the reference’s own system counts as before', async () => {
    const onCase = await read({ ...TENANCY, reference: 'housing:H26-00150' }, DONNA);
    expect(sourceOf(onCase.involvements, 'housing')).toMatchObject({ state: 'DISCLOSED' });
    const withoutIt = await read(OWN, DONNA);
    expect(sourceOf(withoutIt.involvements, 'housing')).toMatchObject({ reason: 'CONSENT_REQUIRED' });
  });
});

describe('what is refused', () => {
  test.each([
    ['no evidence', { evidence: ' \n\t ' }, /evidence/],
    ['evidence of dots', { evidence: '...' }, /evidence/],
    ['a day that is past', { until: '2026-12-23' }, /until/],
    ['an authority that nobody can choose', { to: 'police' }, /to must be the authority.*housing/],
    ['an authority that is none', { to: 'nowhere' }, /housing/],
    ['a purpose that needs none', { purpose: 'direct-care' }, /homelessness-referral/],
    ['a purpose that is none', { purpose: 'whatever' }, /homelessness-referral/],
  ])('%s is named, and nothing is recorded', async (_what, consent, message) => {
    const before = await sightline.store('select count(*) from consent');
    const answer = await wishes.record(await onWard(), WARD, consent);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(answer.errors[0]?.message).toMatch(message);
    expect(await sightline.store('select count(*) from consent')).toEqual(before);
  });

  test('the police are no referring body, and a claim of one’s own ties nobody', async () => {
    const police = await wishes.record('whoever', { persona: 'response-officer', purpose: P12 });
    expect(police.errors[0]).toMatchObject({ extensions: { code: 'PURPOSE_NOT_PERMITTED' } });
    const stranger = { persona: 'triage-nurse', reference: 'police:26/000140' };
    const answer = await wishes.record(await mayaAt(stranger), {
      ...stranger,
      purpose: 'mental-health-crisis',
    });
    expect(answer.errors[0]).toMatchObject({
      extensions: { code: 'WITHHELD', reason: 'RELATIONSHIP_UNVERIFIED' },
    });
  });

  test('unknown, stale and foreign ids are one answer', async () => {
    const foreign = await wishes.idOf(MAYA, TENANCY);
    const texts = [];
    for (const person of ['unknown', foreign, await mayaAt({ reference: 'police:26/000124' })]) {
      const { errors } = await wishes.record(person, WARD);
      texts.push(JSON.stringify(errors));
    }
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('NOT_AVAILABLE');
    expect((await wishes.withdraw('unknown', WARD)).errors[0]).toMatchObject({
      extensions: { code: 'NOT_AVAILABLE' },
    });
  });

  test('the queue is an officer’s, at the purpose of governance', async () => {
    const answer = await wishes.ask('{ consentsToConfirm { items { id } } }', { persona: 'triage-nurse' });
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'PURPOSE_NOT_PERMITTED' } });
    const many = await wishes.asOfficer('housing', '{ consentsToConfirm(first: 51) { items { id } } }');
    expect(many.errors[0]).toMatchObject({ extensions: { code: 'QUERY_REFUSED' } });
    expect(GOVERNING.purpose).toBe('governance');
  });
});
