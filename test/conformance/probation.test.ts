import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/probation/index.ts';
import { namedParts } from '../../src/conformance/parts.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { meets } from './support/meets.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };
const listAt = (place: string) => {
  const part = namedParts(adapter).find(([name]) => name === place)?.[1];
  if (part?.kind !== 'list') throw new Error(`${place} is no list`);
  return part;
};
const decoded = (place: string, name: string, cells: unknown[]) => {
  const field = listAt(place).fields[name];
  if (field?.kind !== 'field') throw new Error(`${place} has no ${name}`);
  return field.decode(cells, quiet);
};

describe('public protection', () => {
  const section = (name: string, ...rows: unknown[][]) =>
    decodedValue(adapter, 'publicProtection', name, rows, NOW);

  it.each([
    ['1 ', 1],
    ['3', 3],
    ['4', null],
    ['0', null],
    ['II', null],
  ])('at level %s is %s', (written, level) => {
    expect(section('level', [written])).toBe(level);
  });

  it.each([
    ['M1', 'M1', 'Registered sexual offenders'],
    ['2 ', 'M2', 'Violent and other sexual offenders'],
    ['m3', 'M3', 'Other dangerous offenders'],
    ['M4', 'M4', 'Terrorist or terrorist-risk offenders'],
  ])('of category %s is %s: %s', (written, code, text) => {
    expect(section('category', [written])).toEqual({ code, text, system: 'MAPPA category' });
  });

  it('has no category by a code of no list, and none where there is no arrangement', () => {
    expect(section('category', ['M5'])).toBeNull();
    expect(section('category')).toBeNull();
    expect(section('level')).toBeNull();
  });

  it('is that of the newest arrangement, and of none that has ended', () => {
    expect(section('level', ['2'], ['1'])).toBe(2);
    const [, part] = namedParts(adapter).find(([name]) => name === 'publicProtection.level') ?? [];
    expect(part?.source.newestFirst).toMatchObject({ column: 'MAPPA.START_DT', form: null });
    const inForce = (end: string | null) => meets(part?.source.only ?? { any: [] }, { 'MAPPA.END_DT': end });
    expect([null, '2999-12-31', '2020-06-30', '2031-01-01', '1850-06-01'].map(inForce)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('orders', () => {
  it.each([
    ['LIC ', 'LICENCE'],
    ['PSS', 'LICENCE'],
    ['COM', 'OTHER'],
    ['YRO', 'OTHER'],
    ['RO', 'RESTRAINING'],
    ['??', null],
  ])('of type %s are of the kind %s', (type, kind) => {
    expect(decoded('orders.items', 'kind', [type])).toBe(kind);
  });

  it('have conditions that name people and streets, so they are free text', () => {
    expect(listAt('orders.items').fields.conditions).toMatchObject({ freeText: true });
  });
});

describe('registrations', () => {
  it.each([
    ['RTKA', 'VIOLENT'],
    ['rtst', 'VIOLENT'],
    ['WEAP', 'WEAPONS'],
    ['ALSH', 'SELF_HARM'],
    ['RCHD', 'OTHER'],
    ['XXXX', null],
  ])('with the code %s warn of %s', (code, type) => {
    expect(decoded('warningMarkers.items', 'type', [code])).toBe(type);
  });

  it.each([
    ['N', true],
    ['0', true],
    ['Y', false],
    ['1', false],
    [' ', false],
    ['?', false],
    [null, false],
  ])('marked %s for speaking of a victim stay in the list: %s', (flag, stays) => {
    const { only } = listAt('warningMarkers.items').source;
    expect(only && meets(only, { 'REGISTRATION.VICTIM_YN': flag })).toBe(stays);
  });

  it('are overdue for review from the day after it was due', () => {
    expect(decoded('warningMarkers.items', 'overdue', ['21/11/2026'])).toBe(true);
    expect(decoded('warningMarkers.items', 'overdue', ['22/11/2026'])).toBe(false);
    expect(decoded('warningMarkers.items', 'overdue', ['31/02/2026'])).toBeNull();
  });
});

describe('an address', () => {
  it.each([
    ['M', null, true],
    ['b ', null, true],
    ['A', '2026-11-01', false],
    ['P', null, false],
    ['O', null, false],
    ['?', null, null],
  ])('of status %s until %s is current: %s', (status, end, current) => {
    expect(decoded('addresses.items', 'current', [status, end])).toBe(current);
  });
});

describe('the case management system', () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('probation');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    const offender = (crn: string, more: Record<string, unknown>) => row('OFFENDER', { CRN: crn, ...more });
    await offender('X000001', { NOMS_NUMBER: 'A0001ZZ', PNC_NUMBER: '2009/0000214X', NINO: 'qq 00 02 14 c' });
    await offender('X000002', { CURRENT_EXCLUSION: 'Y', CURRENT_RESTRICTION: 'N' });
    await offender('X000003', { CURRENT_EXCLUSION: '1', CURRENT_RESTRICTION: '0' });
    await offender('X000004', { CURRENT_RESTRICTION: 'Y' });
    await offender('X000005', { CURRENT_RESTRICTION: '?' });
    await offender('X000006', { CURRENT_EXCLUSION: 'Y' });
    await row('EXCLUSION', { CRN: 'X000002', STAFF_CD: 'PO7719' });
    await row('EXCLUSION', { CRN: 'X000001', STAFF_CD: 'PO7704', END_DT: '2026-01-01' });
    await row('EXCLUSION', { CRN: 'X000006', STAFF_CD: 'PO7704', END_DT: '2026-01-01' });
    await row('ALIAS', { ALIAS_ID: '1', CRN: 'X000001', FIRST_NAME: 'Deano', SURNAME: 'Cole' });
    const lived = (id: string, more: Record<string, unknown>) =>
      row('OFFENDER_ADDRESS', { ADDRESS_ID: id, CRN: 'X000001', ...more });
    await lived('1', { STATUS_CD: 'P', POSTCODE: 'ZZ1 1AA' });
    await lived('2', { STATUS_CD: 'M', POSTCODE: 'ZZ2 6QL', UPRN: '999000301383' });
    const managed = (id: string, crn: string, staff: string, end: string | null) =>
      row('OFFENDER_MANAGER', { OM_ID: id, CRN: crn, STAFF_CD: staff, END_DT: end });
    await managed('1', 'X000001', 'PO7704', null);
    await managed('2', 'X000001', 'PO7719', '2026-02-01');
    await managed('3', 'X000002', 'PO7704', '2026-02-01');
  });
  afterAll(() => agency.close());

  it('knows a case by its reference number, and who supervises it now', async () => {
    expect(await adapter.reference.find(agency.reader, 'X000001', NOW)).toEqual({
      live: true,
      place: null,
      consent: null,
      staff: [{ organisation: 'probation', staff: 'PO7704' }],
      people: ['X000001'],
    });
  });

  it('has no live case of somebody whom nobody supervises any more', async () => {
    const facts = await adapter.reference.find(agency.reader, 'X000002', NOW);
    expect(facts).toMatchObject({ live: false, staff: [] });
    expect(await adapter.reference.find(agency.reader, 'X999999', NOW)).toBeNull();
  });

  it('counts those to a caseload whom an officer supervises now', async () => {
    const { caseload } = adapter.reference;
    const all = ['X000001', 'X000002', 'X000003'];
    expect(await caseload(agency.reader, 'PO7704', all, NOW)).toEqual(['X000001']);
    expect(await caseload(agency.reader, 'PO7719', all, NOW)).toEqual([]);
  });

  it('protects restricted cases, exclusions that name nobody, and flags that cannot be read', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(records.map((one) => one.protections)).toEqual([
      [],
      [],
      ['PROTECTED'],
      ['PROTECTED'],
      ['PROTECTED'],
      ['PROTECTED'],
    ]);
    expect(records.map((one) => one.excludedStaff)).toEqual([[], ['PO7719'], [], [], [], []]);
  });

  it('feeds every number it has, its own as verified, with other names and the main address', async () => {
    const [dean] = await adapter.index.page(agency.reader, null, 1, () => {});
    expect(dean?.identifiers).toEqual([
      { system: 'CRN', value: 'X000001', verified: true },
      { system: 'NOMS', value: 'A0001ZZ', verified: false },
      { system: 'PNC', value: '2009/0000214X', verified: false },
      { system: 'NINO', value: 'QQ000214C', verified: false },
    ]);
    expect(dean?.names.map(({ givenName, kind }) => [givenName, kind])).toEqual([
      [null, 'CURRENT'],
      ['Deano', 'ALIAS'],
    ]);
    expect(dean).toMatchObject({ postcode: 'ZZ26QL', place: '999000301383' });
  });
});
