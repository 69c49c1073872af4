import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/housing/index.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const housing = (name: string, ...rows: unknown[][]) => decodedValue(adapter, 'housing', name, rows, NOW);

describe('rent', () => {
  it.each([
    ['1240.00', '9.5', 'OVER_8_WEEKS'],
    ['900', '8', 'FROM_4_TO_8_WEEKS'],
    ['450', '4', 'FROM_4_TO_8_WEEKS'],
    ['449', '3.9', 'UNDER_4_WEEKS'],
    ['0', null, 'NONE'],
    ['-50.00', '3', 'NONE'],
    ['450', null, null],
    [null, '4', null],
  ])('of %s pounds owed for %s weeks is in the band %s', (balance, weeks, band) => {
    expect(housing('arrearsBand', [balance, weeks])).toBe(band);
  });

  it('has no band where there is no account: not a tenant is not without arrears', () => {
    expect(housing('arrearsBand')).toBeNull();
    expect(housing('noticeStage')).toBeNull();
  });

  it.each([
    [null, 'NONE'],
    ['    ', 'NONE'],
    ['L1  ', 'LETTER'],
    ['NSP ', 'NOTICE_SERVED'],
    ['CO', 'COURT_ORDER'],
    ['EVIC', 'EVICTION_DATE'],
    ['??', null],
  ])('with the action %s is at the stage %s', (action, stage) => {
    expect(housing('noticeStage', [action])).toBe(stage);
  });

  it('is told in pence, a credit as negative', () => {
    expect(housing('arrearsPence', ['1240.00'])).toBe(124000);
    expect(housing('arrearsPence', [-50])).toBe(-5000);
  });
});

describe('homelessness', () => {
  it('is owed no duty without an open case, and an unknown one where the code is of no list', () => {
    expect(housing('homelessnessDuty')).toBe('NONE');
    expect(housing('homelessnessDuty', ['PREV  '])).toBe('PREVENTION');
    expect(housing('homelessnessDuty', ['FINAL'])).toBe('MAIN');
    expect(housing('homelessnessDuty', ['XX'])).toBeNull();
  });

  it.each([
    ['PREV', '17/01/2027', true],
    ['PREV', '18/01/2027', false],
    ['PREV', '01/11/2026', true],
    ['PREV', null, null],
    ['PREV', '31/02/2027', null],
    ['RELIEF', '01/12/2026', false],
    ['NONE', null, false],
    ['XX', '01/12/2026', null],
  ])('under duty %s with the home lost on %s threatens within 56 days: %s', (duty, day, answer) => {
    expect(housing('threatenedWithin56Days', [duty, day])).toBe(answer);
  });
});

describe('dependent children', () => {
  const children = (...rows: unknown[][]) =>
    decodedValue(adapter, 'household', 'dependentChildren', rows, NOW);
  it.each<[string, unknown[][], boolean | null]>([
    [
      'one of them flagged',
      [
        ['N', 'PART'],
        ['Y', 'SON'],
      ],
      true,
    ],
    ['nobody in the household', [], false],
    ['a partner without a flag', [[null, 'PART']], false],
    ['a child without a flag', [[null, 'DAUG']], null],
    ['somebody of an unknown relation', [[' ', '?']], null],
  ])('with %s', (_, rows, answer) => {
    expect(children(...rows)).toBe(answer);
  });
});

describe("the housing service's own log", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('housing');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    await row('prop', { prop_ref: 'P1', uprn: '999000100018', postcode: 'ZZ1 4BD' });
    await row('patch', { patch_cd: 'NC', officer_ref: 'HO207' });
    await row('tenancy', { tenancy_ref: '007701/01', prop_ref: 'P1', status: 'C', patch_cd: 'NC' });
    await row('tenancy', {
      tenancy_ref: '007701/02',
      prop_ref: 'P1',
      status: 'F',
      end_dt: '2026-01-01',
      patch_cd: 'NC',
    });
    await row('tenant', {
      tenant_no: '1',
      tenancy_ref: '007701/01',
      nino: 'qq 12 34 56 c',
      nino_chk: 'Y',
      known_as: 'May',
    });
    await row('tenant', { tenant_no: '2', tenancy_ref: '007701/02' });
    await row('tenant', { tenant_no: '3', restrict_cd: 'P' });
    await row('tenant', { tenant_no: '4' });
    await row('household_member', { member_id: '1', tenant_no: '1', member_tenant_no: '4', lives_in: 'Y' });
    await row('household_member', { member_id: '2', tenant_no: '1', forename: 'Isla' });
    await row('staff_excl', { tenant_no: '1', staff_ref: 'HO214' });
    const homeless = (reference: string, more: Record<string, unknown>) =>
      row('hclic_case', { case_ref: reference, officer_ref: 'HO231', ...more });
    await homeless('H26-00042', { consent_yn: 'Y', accom_type: 'REFUGE' });
    await homeless('H26-00043', { consent_yn: null, close_dt: '2026-02-01' });
    await row('hclic_person', { case_ref: 'H26-00042', tenant_no: '2', role: 'A' });
    await row('hclic_person', { case_ref: 'H26-00042', tenant_no: '4', role: 'M' });
    await row('hclic_person', { case_ref: 'H26-00043', tenant_no: '3', role: 'A' });
  });
  afterAll(() => agency.close());

  it('knows a homelessness case, its officer, those it is about and whether they consented', async () => {
    const facts = await adapter.reference.find(agency.reader, 'H26-00042', NOW);
    expect(facts).toMatchObject({
      live: true,
      consent: true,
      staff: [{ organisation: 'housing', staff: 'HO231' }],
    });
    expect([...(facts?.people ?? [])].sort()).toEqual(['2', '4']);
    expect(await adapter.reference.find(agency.reader, 'H26-00043', NOW)).toMatchObject({
      live: false,
      consent: false,
    });
  });

  it('knows a tenancy, the officer of its patch and its tenants', async () => {
    expect(await adapter.reference.find(agency.reader, '007701/01', NOW)).toEqual({
      live: true,
      place: null,
      consent: null,
      staff: [{ organisation: 'housing', staff: 'HO207' }],
      people: ['1'],
    });
    expect(await adapter.reference.find(agency.reader, '007701/02', NOW)).toMatchObject({ live: false });
  });

  it('counts current tenants of the patch and open cases to a caseload', async () => {
    const all = ['1', '2', '3', '4'];
    expect(await adapter.reference.caseload(agency.reader, 'HO207', all, NOW)).toEqual(['1']);
    expect([...(await adapter.reference.caseload(agency.reader, 'HO231', all, NOW))].sort()).toEqual([
      '2',
      '4',
    ]);
  });

  it('feeds the address of a current tenancy only, and hides the places of whoever is in a refuge', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(records.map((one) => one.postcode)).toEqual(['ZZ14BD', null, null, null]);
    expect(records.map((one) => one.protections)).toEqual([
      [],
      ['PLACE_SHIELD'],
      ['PROTECTED'],
      ['PLACE_SHIELD'],
    ]);
    expect(records[0]).toMatchObject({
      identifiers: [
        { system: 'NINO', value: 'QQ123456C', verified: true },
        { system: 'LOCAL', value: '1' },
      ],
      related: [{ record: '4', sameHousehold: true }],
      excludedStaff: ['HO214'],
    });
    expect(records[3]?.related).toEqual([{ record: '1', sameHousehold: true }]);
  });
});
