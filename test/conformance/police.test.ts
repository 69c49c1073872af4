import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexRecord, RowCondition } from '../../adapters/contract.ts';
import {
  CATEGORY_COLUMNS,
  EVENT_CATEGORIES,
  EVENT_TYPES,
  eventCategory,
} from '../../adapters/police/codes.ts';
import { adapter } from '../../adapters/police/index.ts';
import { sourceOf } from '../../src/conformance/parts.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { meets } from './support/meets.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const eventConditions = sourceOf(adapter, 'policeEvents.items').rows as Record<
  'category' | 'within',
  RowCondition
>;
const intelligenceReport = sourceOf(adapter, 'intelligence.items');
const quiet = { now: NOW, note: () => {} };

describe('the category of a police event', () => {
  const flag = fc.constantFrom('Y', 'y', '1', 'N', '0', ' ', '?', null);
  const type = fc.constantFrom(...Object.keys(EVENT_TYPES), 'dom', 'XXX', 'THF ', '', null);
  const rowOf = (cells: readonly (string | null)[]) =>
    Object.fromEntries(CATEGORY_COLUMNS.map((column, index) => [column, cells[index] ?? null]));

  it('never differs from the row condition that let the event through', () => {
    fc.assert(
      fc.property(fc.subarray([...EVENT_CATEGORIES]), fc.tuple(flag, flag, type), (allowed, cells) => {
        const through = meets(eventConditions.category.predicate(allowed, NOW), rowOf(cells));
        const shown = eventCategory(cells, quiet);
        if (through) expect(allowed).toContain(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it('lets every event through whose category is granted', () => {
    const types = Object.keys(EVENT_TYPES);
    for (const domesticAbuse of ['Y', 'N', null])
      for (const mentalHealth of ['1', '0', null])
        for (const type of types) {
          const cells = [domesticAbuse, mentalHealth, type];
          const shown = eventCategory(cells, quiet);
          const through = EVENT_CATEGORIES.filter((one) =>
            meets(eventConditions.category.predicate([one], NOW), rowOf(cells)),
          );
          expect(through).toEqual([shown]);
        }
  });

  it.each([
    ['Y', 'Y', 'THF', 'DOMESTIC_ABUSE'],
    ['N', 'Y', 'THF', 'MENTAL_HEALTH'],
    ['N', 'Y', 'DOM', 'MENTAL_HEALTH'],
    [null, null, 'THF', 'THEFT'],
    ['?', null, 'CFS', 'CONCERN_FOR_SAFETY'],
    [null, null, 'XXX', null],
  ])('of domestic-abuse flag %s, mental-health flag %s and type %s is %s', (da, mh, type, shown) => {
    expect(eventCategory([da, mh, type], quiet)).toBe(shown);
  });

  it('is of the last twelve months by the clock of London', () => {
    const young = eventConditions.within.predicate('P12M', NOW);
    const through = (reported: string | null) => meets(young, { 'T_OCCURRENCE.RPT_DTTM': reported });
    expect(
      ['202511220310', '202511220309', '22/11/25', '21/11/2025', '202606290130', null].map(through),
    ).toEqual([true, false, true, false, true, false]);
  });
});

describe('what the police never show', () => {
  it.each([['C'], ['c'], [' '], ['X'], [null]])('intelligence handled as %s', (handling) => {
    expect(meets(intelligenceReport.only ?? { all: [] }, { 'T_INTEL_RPT.HANDLING': handling })).toBe(false);
  });

  it('the case of a perpetrator, where only victims and children are granted', () => {
    const { items } = adapter.sections.domesticAbuse ?? {};
    if (items?.kind !== 'lists')
      throw new Error('domesticAbuse.items is no longer made of one list for each side');
    const sides = items.lists.map((list) => {
      const as = list.fields.as;
      const side = as?.kind === 'field' ? as.decode([], quiet) : null;
      const condition = list.source.rows?.victimOrChild;
      return [side, list.source.person, meets(condition?.predicate(true, NOW) ?? { all: [] }, {})];
    });
    expect(sides).toEqual([
      ['VICTIM', 'T_MARAC.VICTIM_NOM_ID', true],
      ['CHILD', 'T_MARAC_CHILD.CHILD_NOM_ID', true],
      ['PERPETRATOR', 'T_MARAC.PERP_NOM_ID', false],
    ]);
  });
});

describe('the police log', () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('police');
    await agency.grant(adapter);
    const nominal = (id: string, more = {}) =>
      insert(agency.admin, 'T_NOMINAL', { NOM_ID: id, SURNAME: 'Kerr', ...more });
    await nominal('1', { ADDR_ID: 'A1', PNC_ID: '22/12345X', DOB: '20020314', SENS_FLG: 'A' });
    await nominal('2', { SENS_FLG: 'P', MERGED_TO_NOM_ID: '1', DOB: '19000101' });
    await nominal('3', { SENS_FLG: '?' });
    await insert(agency.admin, 'T_ADDRESS', { ADDR_ID: 'A1', POSTCODE: 'zz1 4bd ', UPRN: '999000100018' });
    await insert(agency.admin, 'T_ALIAS', {
      ALIAS_ID: '1',
      NOM_ID: '1',
      FORENAME1: 'May',
      SURNAME: 'Carr',
      ALIAS_TYP: 'AKA',
    });
    await insert(agency.admin, 'T_NOMINAL_LINK', {
      NOM_ID: '1',
      REL_NOM_ID: '2',
      LINK_TYP: 'SIBL',
      SAME_ADDR_FLG: 'Y',
    });
    await insert(agency.admin, 'T_NOMINAL_LINK', {
      NOM_ID: '3',
      REL_NOM_ID: '1',
      LINK_TYP: 'ASSC',
      SAME_ADDR_FLG: 'N',
    });
    await insert(agency.admin, 'T_MARAC', { MARAC_REF: 'M1', VICTIM_NOM_ID: '1', PERP_NOM_ID: '3' });
    await insert(agency.admin, 'T_MARAC_CHILD', { MARAC_REF: 'M1', CHILD_NOM_ID: '2' });
    await insert(agency.admin, 'T_STAFF_EXCL', { NOM_ID: '1', STAFF_REF: 'PC1' });
    const incident = (number: string, more: Record<string, unknown>) =>
      insert(agency.admin, 'T_INCIDENT', { OCC_NO: number, OPEN_DTTM: '202611220250', ...more });
    await incident('26/000123', { PLACE_TYPE: 'STRT' });
    await incident('26/000124', { PLACE_TYPE: 'FLAT', CLOSE_DTTM: '202611220300' });
    await incident('26/000125', { PLACE_TYPE: 'CUST', CLOSE_DTTM: 'later' });
    const crew = (staff: string, organisation: string, until: string | null) =>
      insert(agency.admin, 'T_RESOURCE_LOG', {
        OCC_NO: '26/000123',
        STAFF_REF: staff,
        STAFF_ORG: organisation,
        FROM_DTTM: '202611220251',
        TO_DTTM: until,
      });
    await crew('PC4417', 'NSP', null);
    await crew('RMN2208', 'NSMHT', '    ');
    await crew('PC3902', 'NSP', '202611220300');
    await crew('XX1', 'WHO', null);
    await insert(agency.admin, 'T_OCCURRENCE', { OCC_NO: '26/000123', NOM_ID: '1', ROLE_CD: 'I' });
    const officer = (nominal: string, status: string, until: string | null) =>
      insert(agency.admin, 'T_OIC', {
        OCC_NO: '26/000001',
        NOM_ID: nominal,
        STAFF_REF: 'PC4417',
        STAT_CD: status,
        TO_DT: until,
      });
    await officer('1', 'O', null);
    await officer('2', 'C', null);
    await officer('3', 'O', '20261101');
  });
  afterAll(() => agency.close());

  it('names who is on an incident now, of any agency, and whom it ties', async () => {
    const facts = await adapter.reference.find(agency.reader, '26/000123', NOW);
    expect(facts).toMatchObject({ live: true, place: 'PUBLIC', consent: null, people: ['1'] });
    expect(facts?.staff.map(({ organisation, staff }) => `${organisation} ${staff}`).sort()).toEqual([
      'mental-health RMN2208',
      'police PC4417',
    ]);
  });

  it('calls an incident over once anything stands in its closing time', async () => {
    expect(await adapter.reference.find(agency.reader, '26/000124', NOW)).toMatchObject({
      live: false,
      place: 'DWELLING',
    });
    expect(await adapter.reference.find(agency.reader, '26/000125', NOW)).toMatchObject({
      live: false,
      place: null,
    });
  });

  it('counts only open cases of the officer to a caseload', async () => {
    expect(await adapter.reference.caseload(agency.reader, 'PC4417', ['1', '2', '3'], NOW)).toEqual(['1']);
    expect(await adapter.reference.caseload(agency.reader, 'PC3902', ['1', '2', '3'], NOW)).toEqual([]);
  });

  it('feeds names, protections, relatives and both sides of an abuse case', async () => {
    const notes: string[] = [];
    const [first, second, third] = await adapter.index.page(agency.reader, null, 10, (note) =>
      notes.push(note),
    );
    expect(first).toEqual<IndexRecord>({
      record: '1',
      mergedInto: null,
      names: [
        { givenName: null, familyName: 'Kerr', kind: 'CURRENT' },
        { givenName: 'May', familyName: 'Carr', kind: 'ALIAS' },
      ],
      dateOfBirth: '2002-03-14',
      sex: null,
      postcode: 'ZZ14BD',
      place: '999000100018',
      identifiers: [
        { system: 'PNC', value: '22/12345X', verified: true },
        { system: 'LOCAL', value: '1', verified: true },
      ],
      protections: ['PLACE_SHIELD'],
      related: [{ record: '2', sameHousehold: true }],
      adverse: ['3'],
      excludedStaff: ['PC1'],
    });
    expect(second).toMatchObject({
      mergedInto: '1',
      protections: ['PROTECTED'],
      dateOfBirth: null,
      related: [{ record: '1' }],
    });
    expect(second?.adverse).toEqual(['3']);
    expect(third).toMatchObject({ protections: ['PROTECTED'], related: [], adverse: ['1', '2'] });
    expect(notes).toEqual([
      'T_NOMINAL.DOB: placeholder date',
      'T_NOMINAL.SENS_FLG: unknown code, taken for a protected person',
    ]);
  });
});
