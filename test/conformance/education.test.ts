import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTENDANCE_CODES, COUNTS_AS } from '../../adapters/contract/lists/attendance.ts';
import { isPupilNumber } from '../../adapters/education/codes.ts';
import { adapter } from '../../adapters/education/index.ts';
import { PUPILS } from '../../fixtures/education/people.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { meets } from './support/meets.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const education = (name: string, ...rows: unknown[][]) => decodedValue(adapter, 'education', name, rows, NOW);
const times = (count: number, code: string): unknown[][] => Array.from({ length: count }, () => [code]);

describe('a unique pupil number', () => {
  const isOne = (cell: unknown, notes: string[] = []) =>
    isPupilNumber(cell, { now: NOW, note: (problem) => notes.push(problem) });
  it.each(['F901200100017', 'E902200100033', 'Q901200100025', 'K901200100041', 'f 9012001 00017 '])(
    '%s has the check letter of its digits',
    (value) => {
      expect(isOne(value)).toBe(true);
    },
  );

  it.each(['G901200100017', 'F901200100018', 'F90120010001A', 'I901200100017', 'UN3', 'F9012001000170'])(
    '%s is none that two schools share, which is noted',
    (value) => {
      const notes: string[] = [];
      expect(isOne(value, notes)).toBe(false);
      expect(notes).toEqual(['no permanent pupil number']);
    },
  );

  it('that is blank is none, and no mistake', () => {
    const notes: string[] = [];
    expect(isOne('  ', notes)).toBeNull();
    expect(notes).toEqual([]);
  });
});

describe('attendance', () => {
  it.each<[string, unknown[][], number, string]>([
    ['all sessions', times(20, '/'), 100, 'ABOVE_95'],
    ['95 of 100', [...times(95, '\\'), ...times(5, 'I')], 95, 'FROM_90_TO_95'],
    ['191 of 200', [...times(191, '/'), ...times(9, 'O')], 95.5, 'ABOVE_95'],
    ['90 of 100', [...times(90, '/'), ...times(10, 'O')], 90, 'FROM_90_TO_95'],
    [
      '359 of 400, which is not quite 90',
      [...times(359, '/'), ...times(41, 'U')],
      89.75,
      'PERSISTENTLY_ABSENT',
    ],
    [
      '82 of 100',
      [...times(82, '/'), ...times(8, 'O'), ...times(4, 'N'), ...times(6, 'I')],
      82,
      'PERSISTENTLY_ABSENT',
    ],
    ['half', [['/'], ['M']], 50, 'PERSISTENTLY_ABSENT'],
    ['one of three', [['L'], ['G'], ['E']], 33.33, 'SEVERELY_ABSENT'],
    ['none', times(4, 'T'), 0, 'SEVERELY_ABSENT'],
  ])('of %s', (_, rows, percent, band) => {
    expect(education('attendancePercent', ...rows)).toBe(percent);
    expect(education('attendanceBand', ...rows)).toBe(band);
  });

  it.each(['K', 'V', 'P', 'W', 'B', 'D', 'L'])(
    'counts %s, an approved activity elsewhere or late, as there',
    (code) => {
      expect(education('attendancePercent', [code], ['O'])).toBe(50);
    },
  );

  it.each(['X', 'Q', 'Y1', 'Y2', 'Y3', 'Y4', 'Y5', 'Y6', 'Y7', 'Z', '#', ' ', null])(
    'counts %s neither way: nobody could be there, or no mark was made',
    (code) => {
      expect(education('attendancePercent', ['/'], ['O'], [code])).toBe(50);
      expect(education('attendancePercent', [code])).toBeNull();
      expect(education('attendanceBand', [code])).toBeNull();
    },
  );

  it('is not known where a mark cannot be read, but for a band that it cannot change', () => {
    expect(education('attendancePercent', ['/'], ['O'], ['?'])).toBeNull();
    expect(education('attendanceBand', ['/'], ['O'], ['?'])).toBeNull();
    expect(education('attendance', ['/'], ['?'])).toBeNull();
    expect(education('attendanceBand', ['?'])).toBeNull();
    expect(education('attendanceBand', ...times(3, 'O'), ['?'])).toBe('SEVERELY_ABSENT');
    expect(education('attendanceBand', ...times(1, 'O'), ['?'])).toBeNull();
  });

  it('is not known where no register was taken: nobody is severely absent for want of marks', () => {
    for (const field of ['attendancePercent', 'attendanceBand', 'attendance'])
      expect(education(field), field).toBeNull();
  });

  it('is told by code with its words, the most frequent first', () => {
    const counts = education('attendance', ['O '], ['/'], ['i'], ['/'], ['O'], ['/'], [null]);
    expect(counts).toMatchObject([
      { code: { code: '/', text: 'Present in the morning' }, sessions: 3 },
      { code: { code: 'O' }, sessions: 2 },
      { code: { code: 'I', text: 'Illness' }, sessions: 1 },
    ]);
    expect(counts).toHaveLength(3);
  });

  it('has words for every code that the regulations name, and says what each counts as', () => {
    const regulation = '/ \\ L K V P W B D C C1 C2 J1 M R S T I E X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U # Z';
    expect(Object.keys(ATTENDANCE_CODES).sort()).toEqual(regulation.split(' ').sort());
    expect(Object.keys(COUNTS_AS).sort()).toEqual(Object.keys(ATTENDANCE_CODES).sort());
  });

  it('of Kai Shaw is 82 per cent exactly, with O, N and I', () => {
    const marks = PUPILS['kai-shaw']?.marks.flatMap(([code, sessions]) => times(sessions, code)) ?? [];
    expect(education('attendancePercent', ...marks)).toBe(82);
    expect(education('attendanceBand', ...marks)).toBe('PERSISTENTLY_ABSENT');
    const codes = (education('attendance', ...marks) as { code: { code: string } }[]).map(
      (one) => one.code.code,
    );
    expect(codes).toEqual(expect.arrayContaining(['O', 'N', 'I']));
  });
});

describe('the safeguarding log', () => {
  const only = adapter.sections.education?.safeguardingConcern;
  const isConcern = (LOG_STAT: string | null) =>
    only?.kind === 'exists' &&
    only.source.only &&
    meets(only.source.only, { 'SAFEG_LOG.LOG_STAT': LOG_STAT });
  it('counts what is open, closed or unreadable, and not what was entered in error', () => {
    expect(['O', 'C', '?', null].map(isConcern)).toEqual([true, true, true, true]);
    expect(['V', 'v'].map(isConcern)).toEqual([false, false]);
  });
});

describe('dependent children', () => {
  it('are not denied of a pupil about whose family nothing is written, nor of a child without the flag', () => {
    const children = (...rows: unknown[][]) =>
      decodedValue(adapter, 'household', 'dependentChildren', rows, NOW);
    expect(children()).toBeNull();
    expect(children([null, 'CHD'])).toBeNull();
    expect(children([null, 'PAM'], ['N', 'SIB'])).toBe(false);
    expect(children([null, 'PAM'], ['Y', 'CHD'])).toBe(true);
  });
});

describe("the schools' own records", () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('education');
    await agency.grant(adapter);
    const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
    await row('SCHOOL', { SCHOOL: '9012001', DSL_REF: 'DSL0901' });
    await row('SCHOOL', { SCHOOL: '9012003', DSL_REF: 'DSL0903' });
    await row('STUD', {
      STUD_ID: '1',
      SCHOOL: '9012001',
      UPN: 'f 901200100017',
      SURNAME: 'Shaw',
      SENS_CD: 'N',
    });
    await row('STUD', { STUD_ID: '2', SCHOOL: '9012001', UPN: 'F901200100018', SENS_CD: 'A' });
    await row('STUD', { STUD_ID: '3', SCHOOL: '9012003', SENS_CD: '?' });
    const lived = (ADDR_ID: string, POSTCODE: string, ST_DT: string, CURR_FLG: string) =>
      row('STUD_ADDR', { ADDR_ID, STUD_ID: '1', POSTCODE, ST_DT, CURR_FLG });
    await lived('1', 'ZZ4 2LR', '20260101', 'N');
    await lived('2', 'ZZ1 7FR', '20200101', 'Y');
    await row('STUD_CONT', { CONT_ID: '1', STUD_ID: '1', REL_STUD_ID: '2', REL_CD: 'SIB', SAME_ADR: '1' });
    await row('STUD_CONT', { CONT_ID: '2', STUD_ID: '1', SURNAME: 'Shaw', REL_CD: 'PAM', SAME_ADR: '1' });
    await row('STAFF_EXCL', { STUD_ID: '1', STAFF_REF: 'DSL0903' });
    const log = (LOG_REF: string, more: Record<string, unknown>) =>
      row('SAFEG_LOG', { LOG_REF, STUD_ID: '1', DSL_REF: 'DSL0901', LOG_STAT: 'O', ...more });
    await log('SG-000142', { DSL_REF: 'DSL0901 ' });
    await log('SG-000143', { LOG_STAT: 'C', CLOSE_DT: '20261001' });
    await log('SG-000144', { STUD_ID: '3', LOG_STAT: '?' });
    await log('SG-000145', { STUD_ID: '2', DSL_REF: 'DSL0909', CLOSE_DT: '20269999' });
    await row('SAFEG_LINK', { LOG_REF: 'SG-000142', STUD_ID: '3' });
  });
  afterAll(() => agency.close());

  it('tie an open concern to its lead and to every pupil whom it is about', async () => {
    const facts = await adapter.reference.find(agency.reader, 'SG-000142', NOW);
    expect(facts).toMatchObject({
      live: true,
      place: null,
      consent: null,
      staff: [{ organisation: 'education', staff: 'DSL0901' }],
    });
    expect([...(facts?.people ?? [])].sort()).toEqual(['1', '3']);
  });

  it('take a concern that is closed, or whose state cannot be read, for no reason to ask', async () => {
    for (const reference of ['SG-000143', 'SG-000144', 'SG-000145'])
      expect(await adapter.reference.find(agency.reader, reference, NOW), reference).toMatchObject({
        live: false,
      });
  });

  it('count the pupils of their own school and of their open concerns to the caseload of a lead', async () => {
    const of = async (staff: string) =>
      [...(await adapter.reference.caseload(agency.reader, staff, ['1', '2', '3'], NOW))].sort();
    expect(await of('DSL0901')).toEqual(['1', '2']);
    expect(await of('DSL0903')).toEqual(['3']);
    expect(await of('DSL0909')).toEqual([]);
  });

  it('feed the current address alone, a pupil number as checked by its letter, and protect whom they cannot read', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(records.map((one) => one.postcode)).toEqual(['ZZ17FR', null, null]);
    expect(records.map((one) => one.protections)).toEqual([[], ['PLACE_SHIELD'], ['PROTECTED']]);
    expect(records[0]).toMatchObject({
      identifiers: [
        { system: 'UPN', value: 'F901200100017', verified: true },
        { system: 'LOCAL', value: '1' },
      ],
      related: [{ record: '2', sameHousehold: true }],
      excludedStaff: ['DSL0903'],
    });
    expect(records[1]).toMatchObject({
      identifiers: [{ system: 'UPN', verified: false }, {}],
      related: [{ record: '1', sameHousehold: true }],
    });
  });

  it('never give out what a concern says', async () => {
    await expect(agency.read('select "BODY" from "SAFEG_LOG"')).rejects.toMatchObject({
      code: '42501',
    });
  });
});
