import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/work-and-pensions/index.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const benefits = (name: string, ...rows: unknown[][]) => decodedValue(adapter, 'benefits', name, rows, NOW);

describe('a sanction', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['that begins today', '20261122', 7, true],
    ['on its last day', '20261116', 7, true],
    ['on the day after its last', '20261115', 7, false],
    ['that begins tomorrow', '20261123', 28, false],
    ['across the change of the clocks', '20261024', 30, true],
    ['of a converted row', '16/11/26', '7', true],
    ['whose first day is a placeholder', '19000101', 99999, false],
    ['whose first day cannot be read', '20261399', 28, false],
    ['whose length nobody wrote down', '20261120', null, false],
    ['of no days', '20261122', 0, false],
  ])('%s runs now: %s for %s days, %s', (_, start, days, runs) => {
    expect(benefits('activeSanction', ['LOW', start, days]) !== null).toBe(runs);
  });

  it('is told with its level in words, its first day and its length', () => {
    expect(benefits('activeSanction', ['high  ', '20261001', 91])).toEqual({
      level: { code: 'HIGH', text: 'High level', system: 'Universal Credit sanction level' },
      from: '2026-10-01',
      days: 91,
    });
  });

  it('of an unknown level runs none the less', () => {
    expect(benefits('activeSanction', ['?', '20261101', 28])).toMatchObject({ level: null, days: 28 });
  });

  it('that is over does not hide an older one that still runs', () => {
    expect(benefits('activeSanction', ['LOWEST', '20261110', 7], ['HIGH', '20261001', 91])).toMatchObject({
      from: '2026-10-01',
    });
    expect(benefits('activeSanction')).toBeNull();
  });
});

describe('the health group', () => {
  it.each([
    ['LCWRA', null, 'LCWRA'],
    ['lcw', '99991231', 'LCW'],
    ['LCW', '20261122', 'LCW'],
    ['LCW', '20261121', undefined],
    ['LCW', '31/31/26', undefined],
    ['??', null, undefined],
    [null, null, undefined],
  ])('of an award in %s that ends %s is %s', (group, end, code) => {
    expect((benefits('healthGroup', [group, end]) as { code: string } | null)?.code).toBe(code);
  });

  it('is that of the award that has one', () => {
    expect(benefits('healthGroup', [null, null], ['LCWRA', null])).toMatchObject({
      code: 'LCWRA',
      text: 'Limited capability for work and work-related activity',
    });
  });
});

describe('death', () => {
  it.each([
    [null, false],
    ['        ', false],
    ['20250102', true],
    ['19000101', null],
    ['unknown', null],
  ])('written as %s is %s', (day, answer) => {
    expect(decodedValue(adapter, 'identity', 'deceased', [[day]], NOW)).toBe(answer);
  });
});

describe("the department's own records", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('work-and-pensions');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    const idOf = (nino: string) => `3000${nino.slice(7, 8)}`;
    const claimant = (NINO: string, more: Record<string, unknown> = {}) =>
      row('CLMNT', { CLMNT_ID: idOf(NINO), NINO, ...more });
    await claimant('QQ000001B', { NINO_VER: 'Y', FORENAME: 'Ann', SURNAME: 'Lee', PREV_SNM: 'Ray' });
    await claimant('QQ000002C', { NINO_VER: '0', NSC_FLG: 'A' });
    await claimant('QQ000003D', { NSC_FLG: 'X' });
    await claimant('QQ000004A', { NSC_FLG: 'N ' });
    await row('ADDR', {
      ADDR_ID: '1',
      NINO: 'QQ000001B',
      POSTCODE: 'ZZ1 1AA',
      ST_DT: '20260101',
      CURR_FLG: '0',
    });
    await row('ADDR', {
      ADDR_ID: '2',
      NINO: 'QQ000001B',
      POSTCODE: 'ZZ2 2BB',
      ST_DT: '20250101',
      CURR_FLG: '1',
    });
    const claim = (CLAIM_REF: string, CLMNT_ID: string, more: Record<string, unknown> = {}) =>
      row('CLAIM', { CLAIM_REF, CLMNT_ID, COACH_REF: 'WC5512', CLM_STAT: 'L', ...more });
    await claim('UC-000001', '30001', { PTNR_ID: '30002' });
    await claim('UC-000003', '30003', { CLM_STAT: 'C', END_DT: '20260101', PTNR_ID: '30004' });
    await claim('UC-000004', '30004', { CLM_STAT: '?' });
    await claim('UC-000005', '30004', { CLM_STAT: 's', COACH_REF: 'WC5530' });
    await row('STAFF_EXCL', { NINO: 'QQ000001B', STAFF_REF: 'WC5530' });
  });
  afterAll(() => agency.close());

  it('tie a live claim to its coach and to both of those who claim', async () => {
    expect(await adapter.reference.find(agency.reader, 'UC-000001', NOW)).toEqual({
      live: true,
      place: null,
      consent: null,
      staff: [{ organisation: 'work-and-pensions', staff: 'WC5512' }],
      people: ['30001', '30002'],
    });
  });

  it('take a suspended claim for live, and one that is closed or cannot be read for none', async () => {
    const live = async (reference: string) =>
      (await adapter.reference.find(agency.reader, reference, NOW))?.live;
    expect(await live('UC-000005')).toBe(true);
    expect(await live('UC-000003')).toBe(false);
    expect(await live('UC-000004')).toBe(false);
  });

  it('count claimants and partners of live claims to the caseload of a coach', async () => {
    const all = ['30001', '30002', '30003', '30004'];
    expect([...(await adapter.reference.caseload(agency.reader, 'WC5512', all, NOW))].sort()).toEqual([
      '30001',
      '30002',
    ]);
    expect(await adapter.reference.caseload(agency.reader, 'WC5512', ['30002'], NOW)).toEqual(['30002']);
    expect(await adapter.reference.caseload(agency.reader, 'WC5530', all, NOW)).toEqual(['30004']);
  });

  it('feed names of before, the current address, and a household for as long as the claim is joint', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(records.map((one) => one.record)).toEqual(['30001', '30002', '30003', '30004']);
    expect(records[0]).toMatchObject({
      names: [
        { familyName: 'Lee', kind: 'CURRENT' },
        { familyName: 'Ray', kind: 'FORMER' },
      ],
      postcode: 'ZZ22BB',
      identifiers: [{ system: 'NINO', value: 'QQ000001B', verified: true }],
      related: [{ record: '30002', sameHousehold: true }],
      excludedStaff: ['WC5530'],
    });
    expect(records[1]?.identifiers).toEqual([{ system: 'NINO', value: 'QQ000002C', verified: false }]);
    expect(records[2]?.related).toEqual([{ record: '30004', sameHousehold: false }]);
    expect(records.map((one) => one.protections)).toEqual([[], ['PLACE_SHIELD'], ['PROTECTED'], []]);
  });

  it('keep to themselves to whom rent is paid', async () => {
    await expect(agency.read('select "MPTL_YN" from "ALT_PAY"')).rejects.toMatchObject({
      code: '42501',
    });
  });
});
