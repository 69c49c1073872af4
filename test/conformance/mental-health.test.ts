import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/mental-health/index.ts';
import { sourceOf } from '../../src/conformance/parts.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { meets } from './support/meets.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const notes = sourceOf(adapter, 'clinical.notes');

describe('whether somebody is detained', () => {
  const detained = (...rows: [status: unknown, end: unknown][]) =>
    decodedValue(adapter, 'mentalHealth', 'detained', rows, NOW);

  it.each<[string, [unknown, unknown][], boolean | null]>([
    ['no section was ever recorded', [], false],
    ['on section 136 without an end', [['20', null]], true],
    ['on section 2 to this very day', [['02', '2026-11-22T09:00:00']], true],
    ['off section 3 since yesterday', [['03', '2026-11-21T09:00:00']], false],
    ['informal', [['01', null]], false],
    [
      'off one section and on another',
      [
        ['03', '2025-01-01'],
        ['02', null],
      ],
      true,
    ],
    ['on a status of no list', [['77', null]], null],
    ['off a status of no list', [['77', '2025-01-01']], false],
    ['on a section whose end is the day that systems write for none', [['02', '1900-01-01']], true],
    ['on a section whose end cannot be read', [['02', '1850-06-01']], null],
  ])('%s', (_, rows, answer) => {
    expect(detained(...rows)).toBe(answer);
  });
});

describe('words of the trust', () => {
  it.each([['Y'], ['1'], [' '], [null], ['?']])(
    'about a third party, or not plainly not (%s), never leave it',
    (flag) => {
      const row = { 'ProgNote.ThirdPartyYN': flag, 'ProgNote.LegalPrivYN': 'N' };
      expect(meets(notes.only ?? { all: [] }, row)).toBe(false);
    },
  );

  it.each([['Y'], ['1'], [' '], [null], ['?']])(
    'under legal privilege, or not plainly not (%s), never leave it',
    (flag) => {
      const row = { 'ProgNote.ThirdPartyYN': 'N', 'ProgNote.LegalPrivYN': flag };
      expect(meets(notes.only ?? { all: [] }, row)).toBe(false);
    },
  );

  it.each([['N'], ['0'], ['n']])('plainly about nobody else (%s) may', (flag) => {
    const row = { 'ProgNote.ThirdPartyYN': flag, 'ProgNote.LegalPrivYN': flag };
    expect(meets(notes.only ?? { all: [] }, row)).toBe(true);
  });

  it.each([
    ['Y', 'Walk with her.'],
    ['1', 'Walk with her.'],
    ['N', null],
    [null, null],
    ['?', null],
  ])('that the person may share (%s) are shared only if they agreed', (agreed, extract) => {
    expect(decodedValue(adapter, 'crisisPlan', 'sharedExtract', [[agreed, 'Walk with her.']], NOW)).toBe(
      extract,
    );
  });

  it('of a plan that was not agreed are masked by the condition, and the plan still exists', () => {
    const { agreedExtract } = sourceOf(adapter, 'crisisPlan.exists').rows ?? {};
    expect(agreedExtract?.masksOnly).toBe(true);
    expect(meets(agreedExtract?.predicate(true, NOW) ?? { all: [] }, { 'CarePlan.ShareExtract': 'N' })).toBe(
      false,
    );
  });
});

describe("the trust's own log", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('mental-health');
    await agency.grant(adapter);
    const client = (id: string, more: Record<string, unknown>) =>
      insert(agency.admin, 'Client', { ClientID: id, ...more });
    await client('1', {
      NHSNumber: '999 000 0018',
      NHSNumStatus: '01',
      Surname: 'Kerr',
      DOB: '20020314',
      Gender: '2',
      SensitiveYN: 'N',
    });
    await client('2', { NHSNumber: '9990001383', NHSNumStatus: '03', AccommStatus: 'CH02', DOB: '02/07/91' });
    await client('3', { SensitiveYN: 'Y' });
    await client('4', { SensitiveYN: 'x' });
    const address = (id: string, more: Record<string, unknown>) =>
      insert(agency.admin, 'ClientAddress', { AddressID: id, ClientID: '1', ...more });
    await address('1', { Postcode: 'ZZ9 9ZZ', CurrentYN: 'N' });
    await address('2', { Postcode: 'ZZ8 8ZZ', CurrentYN: 'Y', EndDT: '2025-01-01' });
    await address('3', { Postcode: 'ZZ1 4BD', UPRN: '999000100018', CurrentYN: '1' });
    await insert(agency.admin, 'ClientRelation', { ClientID: '2', RelatedClientID: '1', SameHouseYN: 'N' });
    await insert(agency.admin, 'StaffExclusion', { ClientID: '1', StaffID: 'RMN2051' });
    const referral = (id: string, client: string, more: Record<string, unknown>) =>
      insert(agency.admin, 'Referral', { RefID: id, ClientID: client, WorkerID: 'RMN1975', ...more });
    await referral('R2600018', '1', { StatusCd: 'O' });
    await referral('R2600019', '2', { StatusCd: 'C' });
    await referral('R2600020', '3', { StatusCd: 'O', CloseDT: '2026-01-01' });
    const staff = (id: string, organisation: string, until: string | null) =>
      insert(agency.admin, 'ReferralStaff', {
        RefID: 'R2600018',
        StaffID: id,
        StaffOrg: organisation,
        FromDT: '2026-11-01',
        ToDT: until,
      });
    await staff('RMN2208', 'NSMHT', null);
    await staff('RMN1975', 'NSMHT', null);
    await staff('PC4417', 'NSP', null);
    await staff('RMN2051', 'NSMHT', '2026-11-02');
  });
  afterAll(() => agency.close());

  it('names who works on a referral, and its client', async () => {
    const facts = await adapter.reference.find(agency.reader, 'R2600018', NOW);
    expect(facts).toMatchObject({ live: true, place: null, consent: null, people: ['1'] });
    expect(facts?.staff.map(({ organisation, staff }) => `${organisation} ${staff}`)).toEqual([
      'mental-health RMN1975',
      'mental-health RMN2208',
      'police PC4417',
    ]);
  });

  it('knows closed referrals, and counts none of them to a caseload', async () => {
    for (const closed of ['R2600019', 'R2600020'])
      expect(await adapter.reference.find(agency.reader, closed, NOW)).toMatchObject({ live: false });
    expect(await adapter.reference.caseload(agency.reader, 'RMN1975', ['1', '2', '3'], NOW)).toEqual(['1']);
  });

  it.each([
    ['SAR-000018', { IDProvenYN: 'Y' }, true],
    ['SAR-000019', { IDProvenYN: 'N' }, false],
    ['SAR-000020', { IDProvenYN: null }, false],
    ['SAR-000021', { IDProvenYN: 'Y', CloseDT: '2026-10-01' }, false],
  ])(
    'a request %s for one’s own record, with %j, is live: %s; it ties the client alone',
    async (ReqRef, more, live) => {
      await insert(agency.admin, 'SubjectRequest', {
        ReqRef,
        ClientID: '1',
        RequesterRef: 'subject-0018',
        ...more,
      });
      expect(await adapter.reference.find(agency.reader, ReqRef, NOW)).toEqual({
        live,
        place: null,
        consent: null,
        staff: [{ organisation: 'mental-health', staff: 'subject-0018' }],
        people: ['1'],
      });
    },
  );

  it('counts a referral to the caseload of whoever works on it now, of its own staff', async () => {
    const caseload = (staff: string) =>
      adapter.reference.caseload(agency.reader, staff, ['1', '2', '3'], NOW);
    expect(await caseload('RMN2208')).toEqual(['1']);
    expect(await caseload('RMN2051')).toEqual([]);
    expect(await caseload('PC4417')).toEqual([]);
  });

  it('feeds the current address, traced numbers, refuges as places to hide and sensitive clients as protected', async () => {
    const notes: string[] = [];
    const records = await adapter.index.page(agency.reader, null, 10, (note) => notes.push(note));
    expect(records[0]).toMatchObject({
      dateOfBirth: '2002-03-14',
      sex: 'FEMALE',
      postcode: 'ZZ14BD',
      place: '999000100018',
      identifiers: [{ system: 'NHS_NUMBER', value: '9990000018', verified: true }, { system: 'LOCAL' }],
      related: [{ record: '2', sameHousehold: false }],
      excludedStaff: ['RMN2051'],
    });
    expect(records[1]).toMatchObject({
      dateOfBirth: null,
      identifiers: [{ verified: false }, { system: 'LOCAL' }],
    });
    expect(records.map((one) => one.protections)).toEqual([
      [],
      ['PLACE_SHIELD'],
      ['PROTECTED'],
      ['PROTECTED'],
    ]);
    expect(notes).toContain('Client.DOB: year of birth of two digits');
  });
});
