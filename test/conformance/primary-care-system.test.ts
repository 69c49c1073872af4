import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/primary-care/index.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');

describe('the practice system', () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('primary-care');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    const patient = (id: string, more: Record<string, unknown>) =>
      row('PATIENT', { PATIENT_ID: id, ...more });
    await patient('1', { NHS_NO: '999 000 4129', PDS_SEC: 'U', FORENAME: 'Ava', KNOWN_AS: 'Avie' });
    await patient('2', { NHS_NO: '9990004129', PDS_SEC: 'R', FORENAME: 'Eva' });
    await patient('3', { NHS_NO: '9990000263', PDS_SEC: 'V' });
    await patient('4', { PDS_SEC: '?' });
    await patient('5', { NHS_NO: '9990000018', PDS_SEC: null, MERGED_TO: '1' });
    await row('PATIENT_ADDR', {
      ADDR_ID: '1',
      PATIENT_ID: '1',
      POSTCODE: 'ZZ1 6JT',
      UPRN: '999000300025',
      CURR_YN: 'Y',
    });
    await row('PATIENT_ADDR', { ADDR_ID: '2', PATIENT_ID: '3', POSTCODE: 'ZZ1 6JT', CURR_YN: 'N' });
    await row('PATIENT_REL', { REL_ID: '1', PATIENT_ID: '3', REL_PATIENT_ID: '2', SAME_HSE: '1' });
    await row('PATIENT_EXCL', { PATIENT_ID: '1', STAFF_ID: 'GP3318' });
    const seen = (id: string, more: Record<string, unknown>) =>
      row('CONSULTATION', { CONS_ID: id, PATIENT_ID: '1', STAFF_ID: 'GP3310', ...more });
    await seen('EP-000170', { STAT_CD: 'O' });
    await seen('EP-000169', { STAT_CD: 'O', CLOSE_DT: '2026-11-01', PATIENT_ID: '2' });
    await seen('EP-000168', { STAT_CD: '?', PATIENT_ID: '3' });
    await row('HV_CASELOAD', { CASE_ID: 'HV-000019', SVC_CD: 'HV', STAFF_ID: 'HV1120' });
    await row('HV_CASELOAD', {
      CASE_ID: 'HV-000020',
      SVC_CD: 'SN',
      STAFF_ID: 'HV1120',
      END_DT: '2026-11-01',
    });
    await row('HV_MEMBER', { CASE_ID: 'HV-000019', PATIENT_ID: '2', ROLE_CD: 'C' });
    await row('HV_MEMBER', { CASE_ID: 'HV-000019', PATIENT_ID: '3', ROLE_CD: 'P' });
    await row('HV_MEMBER', { CASE_ID: 'HV-000020', PATIENT_ID: '4', ROLE_CD: 'C' });
  });
  afterAll(() => agency.close());

  it('knows a consultation, who holds it and whom it is about, as long as it is open', async () => {
    expect(await adapter.reference.find(agency.reader, 'EP-000170', NOW)).toEqual({
      live: true,
      place: null,
      consent: null,
      staff: [{ organisation: 'primary-care', staff: 'GP3310' }],
      people: ['1'],
    });
    for (const over of ['EP-000169', 'EP-000168'])
      expect(await adapter.reference.find(agency.reader, over, NOW)).toMatchObject({ live: false });
  });

  it('knows a family on a health visitor’s list, mother and child', async () => {
    const facts = await adapter.reference.find(agency.reader, 'HV-000019', NOW);
    expect(facts).toMatchObject({ live: true, staff: [{ organisation: 'primary-care', staff: 'HV1120' }] });
    expect(facts?.people.toSorted()).toEqual(['2', '3']);
    expect(await adapter.reference.find(agency.reader, 'HV-000020', NOW)).toMatchObject({ live: false });
  });

  it('counts open consultations and families to a caseload', async () => {
    const all = ['1', '2', '3', '4', '5'];
    expect(await adapter.reference.caseload(agency.reader, 'GP3310', all, NOW)).toEqual(['1']);
    const visited = await adapter.reference.caseload(agency.reader, 'HV1120', all, NOW);
    expect(visited.toSorted()).toEqual(['2', '3']);
  });

  it('feeds two patients of one NHS number as two, and an invalid number not at all', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    const numbers = records.map(({ identifiers }) =>
      identifiers.filter((one) => one.system === 'NHS_NUMBER'),
    );
    expect(numbers.map((list) => list.map(({ value, verified }) => [value, verified]))).toEqual([
      [['9990004129', true]],
      [['9990004129', true]],
      [],
      [],
      [['9990000018', false]],
    ]);
  });

  it('hides the places of restricted people, and all of whoever has a code that cannot be read', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    const protections = records.map((one) => one.protections);
    expect(protections).toEqual([[], ['PLACE_SHIELD'], [], ['PROTECTED'], []]);
  });

  it('feeds names, the current address, relatives, exclusions and merges', async () => {
    const [ava, eva, mother, , merged] = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(ava).toMatchObject({ postcode: 'ZZ16JT', place: '999000300025', excludedStaff: ['GP3318'] });
    expect(ava?.names.map(({ givenName, kind }) => [givenName, kind])).toEqual([
      ['Ava', 'CURRENT'],
      ['Avie', 'PREFERRED'],
    ]);
    expect(mother).toMatchObject({ postcode: null, related: [{ record: '2', sameHousehold: true }] });
    expect(eva?.related).toEqual([{ record: '3', sameHousehold: true }]);
    expect(merged?.mergedInto).toBe('1');
  });
});
