import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/adult-services/index.ts';
import { grantedColumns, type IndexRecord, partsOf } from '../../adapters/contract.ts';
import { adultRows } from '../../fixtures/adult-services/rows.ts';
import { scenarioWorld } from '../support/scenario-world.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { meets } from './support/meets.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };

const involvementLists = partsOf(adapter.sections.involvements?.items as never);
const field = (part: (typeof involvementLists)[number] | undefined, name: string) => {
  const found = part?.kind === 'list' ? part.fields[name] : undefined;
  return found?.kind === 'field' ? found : undefined;
};

describe('a safeguarding enquiry', () => {
  const openEnquiry = involvementLists.find(({ source }) => source.table === 'S42_ENQ')?.source;
  it.each([
    ['ENQ', true],
    ['rev', true],
    ['CON', false],
    ['CLS', false],
    ['NFA', false],
    ['??', false],
    [null, false],
  ])('of status %s counts as an involvement: %s', (status, counts) => {
    expect(meets(openEnquiry?.only ?? { all: [] }, { 'S42_ENQ.STATUS': status })).toBe(counts);
  });

  it('never says what kind of abuse it is about, nor who is suspected, for nothing can read that', () => {
    const columns = grantedColumns(adapter).get('S42_ENQ') ?? new Set();
    expect(columns.has('STATUS')).toBe(true);
    expect(columns.has('ABUSE_TYPE')).toBe(false);
    const shown = involvementLists.flatMap((part) =>
      part.kind === 'list'
        ? Object.values(part.fields).flatMap((one) => ('columns' in one ? one.columns : []))
        : [],
    );
    expect(shown).not.toContain('S42_ENQ.RISK_ASC_ID');
  });

  it('is left out where a policy names allocations and packages alone', () => {
    const through = involvementLists.map(({ source }) => {
      const condition = source.rows?.kind;
      return [source.table, meets(condition?.predicate(['ALLOCATION', 'PACKAGE'], NOW) ?? { any: [] }, {})];
    });
    expect(through).toEqual([
      ['ASC_ALLOC', true],
      ['ASC_PKG', true],
      ['S42_ENQ', false],
    ]);
  });
});

describe('a package of care', () => {
  const carePackage = involvementLists.find(({ source }) => source.table === 'ASC_PKG');

  it.each([
    ['HC', 'Northshire adult social care: home care'],
    ['res ', 'Northshire adult social care: residential care'],
    ['ZZZ', null],
    [null, null],
  ])('of type %s is called %s, and its kind may give away a place', (code, words) => {
    const name = field(carePackage, 'serviceName');
    expect(name?.decode([code], quiet)).toBe(words);
    expect(name?.place).toBe(true);
  });

  it.each([
    [null, 'OPEN'],
    ['2026-11-22', 'OPEN'],
    ['2026-11-21', 'CLOSED'],
    ['1900-01-01', 'OPEN'],
    ['1850-06-01', null],
  ])('that ends on %s is %s', (end, status) => {
    expect(field(carePackage, 'status')?.decode([end], quiet)).toBe(status);
  });
});

describe("adult social care's own log", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('adult-services');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    await row('ASC_CLIENT', { ASC_ID: '1', SURNAME: 'Holt', NHS_NO: '999 000 1707', NHS_CHK: '1' });
    await row('ASC_CLIENT', { ASC_ID: '2', RESTRICT_CD: 'A' });
    await row('ASC_CLIENT', { ASC_ID: '3', RESTRICT_CD: '?', KNOWN_AS: 'Joe', DOB: '14/03/52' });
    const home = (id: string, from: string, current: string) =>
      row('ASC_ADDR', {
        ADDR_ID: id,
        ASC_ID: '1',
        POSTCODE: `zz3 ${id} `,
        UPRN: id,
        FR_DT: from,
        CURR_YN: current,
      });
    await home('1', '2020-01-01', 'N');
    await home('2', '2024-01-01', 'Y');
    await row('ASC_CARER', { CARER_ID: '1', ASC_ID: '1', CARER_ASC_ID: '2', LIVES_IN: 'Y' });
    await row('ASC_CARER', { CARER_ID: '2', ASC_ID: '1', CARER_NM: 'A neighbour' });
    const allocation = (reference: string, id: string, more: Record<string, unknown>) =>
      row('ASC_ALLOC', { ALLOC_REF: reference, ASC_ID: id, WRKR_REF: 'AS6021', ...more });
    await allocation('AS26-0170', '1', { STAT_CD: 'A' });
    await allocation('AS26-0171', '2', { STAT_CD: 'C' });
    await allocation('AS26-0172', '3', { STAT_CD: 'A', END_DT: '2026-11-01' });
    await row('S42_ENQ', {
      ENQ_REF: 'SE26-0044',
      ASC_ID: '2',
      STATUS: 'ENQ',
      ABUSE_TYPE: 'FIN',
      RISK_ASC_ID: '3',
      LEAD_REF: 'AS6021',
    });
    await row('S42_ENQ', { ENQ_REF: 'SE26-0045', ASC_ID: '3', STATUS: 'CON', LEAD_REF: 'AS6021' });
    await row('ASC_STAFF_EXCL', { ASC_ID: '1', STAFF_REF: 'AS6034' });
  });
  afterAll(() => agency.close());

  it('knows an allocation and an enquiry, who is on it and the adult it ties', async () => {
    const on = (id: string, live: boolean) => ({
      live,
      place: null,
      consent: null,
      staff: [{ organisation: 'adult-services', staff: 'AS6021' }],
      people: [id],
    });
    const find = (reference: string) => adapter.reference.find(agency.reader, reference, NOW);
    expect(await find('AS26-0170')).toEqual(on('1', true));
    expect(await find('AS26-0171')).toEqual(on('2', false));
    expect(await find('AS26-0172')).toEqual(on('3', false));
    expect(await find('SE26-0044')).toEqual(on('2', true));
    expect(await find('SE26-0045')).toEqual(on('3', false));
  });

  it('counts open allocations and enquiries under way to a caseload', async () => {
    const caseload = (staff: string) =>
      adapter.reference.caseload(agency.reader, staff, ['1', '2', '3'], NOW);
    expect([...(await caseload('AS6021'))].sort()).toEqual(['1', '2']);
    expect(await caseload('AS6034')).toEqual([]);
  });

  it('feeds the current address, carers from either end, and both sides of an enquiry', async () => {
    const [first, second, third] = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(first).toEqual<IndexRecord>({
      record: '1',
      mergedInto: null,
      names: [{ givenName: null, familyName: 'Holt', kind: 'CURRENT' }],
      dateOfBirth: null,
      sex: null,
      postcode: 'ZZ32',
      place: '2',
      identifiers: [
        { system: 'NHS_NUMBER', value: '9990001707', verified: true },
        { system: 'LOCAL', value: '1', verified: true },
      ],
      protections: [],
      related: [{ record: '2', sameHousehold: true }],
      adverse: [],
      excludedStaff: ['AS6034'],
    });
    expect(second).toMatchObject({
      protections: ['PLACE_SHIELD'],
      related: [{ record: '1', sameHousehold: true }],
      adverse: ['3'],
    });
    expect(third).toMatchObject({
      protections: ['PROTECTED'],
      dateOfBirth: null,
      adverse: ['2'],
      names: [{ kind: 'CURRENT' }, { givenName: 'Joe', kind: 'PREFERRED' }],
    });
  });
});

describe('Iris Holt', () => {
  const rows = adultRows(NOW)(scenarioWorld());

  it('has a live allocation to the social worker, and numbers that agree with the trust’s', () => {
    const [allocation] = rows.ASC_ALLOC.filter((one) => one.ALLOC_REF === 'AS26-0170');
    const client = rows.ASC_CLIENT.find((one) => one.ASC_ID === allocation?.ASC_ID);
    const iris = scenarioWorld().people.find(({ key }) => key === 'iris-holt');
    expect(allocation).toMatchObject({ WRKR_REF: 'AS6021', STAT_CD: 'A', END_DT: null });
    expect(client?.NHS_NO).toBe(iris?.mentalHealth?.nhsNumber);
  });

  it('has an enquiry whose kind of abuse stands in the table, where nothing reads it', () => {
    expect(rows.S42_ENQ).toContainEqual(expect.objectContaining({ ENQ_REF: 'SE26-0044', ABUSE_TYPE: 'FIN' }));
  });
});
