import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/childrens-services/index.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');

const dependent = (...rows: unknown[][]) =>
  decodedValue(adapter, 'household', 'dependentChildren', rows, NOW);

describe('dependent children', () => {
  it.each<[string, unknown[][], boolean | null]>([
    ['a child who lives there', [['CHD', 'Y', '2015-05-19', null]], true],
    ['a child who has come of age today', [['CHD', 'Y', '2008-11-22', null]], false],
    ['a child who comes of age tomorrow', [['chd ', '1', '2008-11-23', 'N']], true],
    ['a child who lives elsewhere', [['CHD', 'N', '2015-05-19', null]], false],
    ['a baby who is expected', [['CHD', 'Y', null, 'Y']], false],
    ['nobody', [], false],
    ['a mother', [['MTH', 'Y', '1990-01-01', null]], false],
    ['a child born nobody knows when', [['CHD', 'Y', '1900-01-01', null]], null],
    ['a child who lives nobody knows where', [['CHD', ' ', '2015-05-19', null]], null],
    ['somebody of no known relation', [['??', 'Y', '2015-05-19', null]], null],
    [
      'one child of whom nothing is known, and one who lives there',
      [
        ['CHD', null, null, null],
        ['CHD', 'Y', '2015-05-19', null],
      ],
      true,
    ],
  ])('with %s', (_, rows, answer) => {
    expect(dependent(...rows)).toBe(answer);
  });
});

describe("children's services' own log", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('childrens-services');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    const person = (id: number, more: Record<string, unknown>) =>
      row('DIM_PERSON', { DIM_PERSON_ID: id, ...more });
    await person(9, { BIRTH_DTTM: '2015-05-19', UPN: 'UN3', NHS_NUMBER: '9990000018' });
    await person(10, {
      BIRTH_DTTM: '2014-01-01',
      DOB_ESTIMATED: '1',
      UPN: 'F901200100017',
      RESTRICTED_CODE: 'A',
    });
    await person(100, { MERGED_DIM_PERSON_ID: 9, DUPLICATED_DTTM: '2026-01-01', BIRTH_DTTM: '1900-01-01' });
    await person(101, { MERGED_DIM_PERSON_ID: 9, RESTRICTED_CODE: '*' });
    const address = (id: number, more: Record<string, unknown>) =>
      row('DIM_PERSON_ADDRESS', {
        DIM_PERSON_ADDRESS_ID: id,
        DIM_PERSON_ID: 9,
        ADDSS_TYPE_CODE: 'HOME',
        ...more,
      });
    await address(1, { POSTCODE: 'ZZ1 1ZZ', START_DTTM: '2020-01-01' });
    await address(2, { POSTCODE: 'ZZ2 2ZZ', START_DTTM: '2024-01-01' });
    await address(3, { POSTCODE: 'ZZ3 3ZZ', START_DTTM: '2025-01-01', END_DTTM: '2025-06-01' });
    await address(4, { POSTCODE: 'ZZ4 4ZZ', START_DTTM: '2026-01-01', ADDSS_TYPE_CODE: 'CORR' });
    await address(5, { POSTCODE: 'ZZ5 5ZZ', START_DTTM: '2026-02-01', ADDSS_TYPE_CODE: 'placemt ' });
    await address(6, { POSTCODE: 'ZZ6 6ZZ', START_DTTM: '2026-03-01', ADDSS_TYPE_CODE: '?' });
    await address(7, { POSTCODE: 'ZZ7 7ZZ', START_DTTM: '2026-04-01', SEAL_CODE: 'AD' });
    await row('FACT_RELATIONSHIPS', {
      DIM_PERSON_ID: 9,
      RELATED_DIM_PERSON_ID: 10,
      SAME_HOUSEHOLD_FLAG: 'Y',
    });
    await row('FACT_REFERRALS', { FACT_REFERRAL_ID: 2600417, DIM_PERSON_ID: 9 });
    await row('FACT_REFERRALS', {
      FACT_REFERRAL_ID: 2600418,
      DIM_PERSON_ID: 10,
      REFRL_END_DTTM: '2026-02-01',
    });
    await row('FACT_REFERRAL_PERSONS', { FACT_REFERRAL_ID: 2600417, DIM_PERSON_ID: 10 });
    for (const worker of [1, 2, 3, 4])
      await row('DIM_WORKER', { DIM_WORKER_ID: worker, STAFF_REF: `103${worker}` });
    const involvement = (
      worker: number,
      person: number,
      referral: number | null,
      end: string | null = null,
    ) =>
      row('FACT_INVOLVEMENTS', {
        FACT_INVOLVEMENT_ID: worker,
        DIM_PERSON_ID: person,
        DIM_WORKER_ID: worker,
        FACT_REFERRAL_ID: referral,
        END_DTTM: end,
      });
    await involvement(1, 9, 2600417);
    await involvement(2, 9, null);
    await involvement(3, 9, 2600417, '2026-11-01');
    await involvement(4, 10, 2600418);
  });
  afterAll(() => agency.close());

  it('knows a referral, those it is about and who is involved now', async () => {
    const facts = await adapter.reference.find(agency.reader, '2600417', NOW);
    expect(facts).toMatchObject({ live: true, place: null, consent: null, people: ['9', '10'] });
    expect(facts?.staff.map(({ staff }) => staff).sort()).toEqual(['1031', '1032']);
    expect(await adapter.reference.find(agency.reader, '2600418', NOW)).toMatchObject({
      live: false,
      people: ['10'],
    });
  });

  it('counts running involvements to a caseload', async () => {
    const { caseload } = adapter.reference;
    expect(await caseload(agency.reader, '1032', ['9', '10'], NOW)).toEqual(['9']);
    expect(await caseload(agency.reader, '1033', ['9', '10'], NOW)).toEqual([]);
    expect(await caseload(agency.reader, '1032', ['nobody'], NOW)).toEqual([]);
  });

  it('feeds records in order of their number, duplicates with the record that is kept', async () => {
    const first = await adapter.index.page(agency.reader, null, 2, () => {});
    const rest = await adapter.index.page(agency.reader, '10', 10, () => {});
    expect([...first, ...rest].map((one) => [one.record, one.mergedInto])).toEqual([
      ['9', null],
      ['10', null],
      ['100', '9'],
      ['101', null],
    ]);
    expect(rest.map((one) => one.dateOfBirth)).toEqual([null, null]);
    expect(rest[1]?.protections).toEqual(['PROTECTED']);
  });

  it('feeds no estimate as a date of birth, no reason as a pupil number, and the newest running address that is no placement', async () => {
    const [kai, sibling] = await adapter.index.page(agency.reader, null, 2, () => {});
    expect(kai).toMatchObject({
      dateOfBirth: '2015-05-19',
      postcode: 'ZZ22ZZ',
      identifiers: [
        { system: 'NHS_NUMBER', value: '9990000018', verified: false },
        { system: 'LOCAL', value: '9' },
      ],
      related: [{ record: '10', sameHousehold: true }],
    });
    expect(sibling).toMatchObject({ dateOfBirth: null, protections: ['PLACE_SHIELD'] });
    expect(sibling?.identifiers[0]).toEqual({ system: 'UPN', value: 'F901200100017', verified: false });
  });
});
