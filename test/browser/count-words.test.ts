/** What stands beside counts: whom they cover, what is not told, and never that there is nothing where that is not known. */
import { describe, expect, test } from 'vitest';
import { barriersTable } from '../../src/pages/app/counts/barriers-table.ts';
import { type Cohort, cohortTable } from '../../src/pages/app/counts/cohort-table.ts';
import { type Count, countInWords } from '../../src/pages/app/counts/count-table.ts';

const told = (value: number): Count => ({ value, suppressed: false });
const SUPPRESSED: Count = { value: null, suppressed: true };
const AGENCIES = {
  police: 'Northshire Police',
  education: 'Northshire Schools',
  housing: 'Northshire Housing',
};
const source = (id: string, state: string, reason: string | null = null) => ({
  agency: { id },
  state,
  reason,
});

test.each([
  [told(0), '0'],
  [told(1_250), '1,250'],
  [SUPPRESSED, 'suppressed'],
  [{ value: null } as Count, 'suppressed'],
  [{ value: 12, suppressed: true }, 'suppressed'],
  [null, 'not counted'],
])('%j is shown as %s', (count, words) => {
  expect(countInWords(count)).toBe(words);
});

describe('a cohort', () => {
  const BY_BAND: Cohort = {
    people: told(120),
    groups: [
      {
        keys: [
          { dimension: 'DISTRICT', value: 'HARROWBY_SANDS' },
          { dimension: 'EDUCATION_ATTENDANCE_BAND', value: 'FROM_90_TO_95' },
          { dimension: 'BENEFITS_ACTIVE_SANCTION', value: 'true' },
          { dimension: 'POLICE_EVENTS_MONTH', value: '2026-09' },
        ],
        people: told(70),
      },
      {
        keys: [
          { dimension: 'DISTRICT', value: 'GARSBY_AND_THORNWICK' },
          { dimension: 'EDUCATION_ATTENDANCE_BAND', value: 'PERSISTENTLY_ABSENT' },
          { dimension: 'BENEFITS_ACTIVE_SANCTION', value: 'false' },
          { dimension: 'POLICE_EVENTS_MONTH', value: '2026-10' },
        ],
        people: SUPPRESSED,
      },
      {
        keys: [
          { dimension: 'DISTRICT', value: null },
          { dimension: 'EDUCATION_ATTENDANCE_BAND', value: 'PERSISTENTLY_ABSENT' },
          { dimension: 'BENEFITS_ACTIVE_SANCTION', value: 'false' },
          { dimension: 'POLICE_EVENTS_MONTH', value: '2026-11' },
        ],
        people: SUPPRESSED,
      },
    ],
    sources: [source('police', 'DISCLOSED'), source('education', 'DISCLOSED')],
    method: 'Cell keys.',
  };

  test('has a column for each dimension, its values in words and its months as they are', () => {
    const { dimensions, rows, total, whole } = cohortTable(BY_BAND, AGENCIES);
    expect(dimensions).toEqual([
      'District',
      'Education attendance band',
      'Benefits active sanction',
      'Police events month',
    ]);
    expect(rows.map(({ keys }) => keys.map(({ words }) => words))).toEqual([
      ['Harrowby Sands', 'From 90 to 95', 'Yes', '2026-09'],
      ['Garsby and Thornwick', 'Persistently absent', 'No', '2026-10'],
      ['None on record', 'Persistently absent', 'No', '2026-11'],
    ]);
    expect(rows.map(({ counts }) => counts)).toEqual([[told(70)], [SUPPRESSED], [SUPPRESSED]]);
    expect([total, whole]).toEqual([[told(120)], true]);
  });

  test.each([
    [
      'all could say',
      [source('police', 'DISCLOSED'), source('education', 'DISCLOSED')],
      ['Counted over Northshire Police and Northshire Schools.'],
      true,
    ],
    [
      'one is down',
      [source('police', 'DISCLOSED'), source('education', 'UNAVAILABLE', 'TIMED_OUT')],
      [
        'Counted over Northshire Police.',
        'Could not be asked: Northshire Schools (the agency did not answer in time). What rests on it is not told.',
      ],
      false,
    ],
    [
      'one does not let it be counted',
      [source('housing', 'WITHHELD', 'NOT_LISTED'), source('police', 'DISCLOSED')],
      [
        'Counted over Northshire Police.',
        'Does not let this be counted: Northshire Housing (the agency does not list it for your role and purpose). What rests on it is not told.',
      ],
      false,
    ],
    [
      'none could say',
      [source('police', 'UNAVAILABLE', 'FAILED')],
      [
        'Counted over no agency.',
        'Could not be asked: Northshire Police (the agency could not answer). What rests on it is not told.',
      ],
      false,
    ],
    [
      'a state is of a later gateway',
      [source('police', 'LATER')],
      ['Counted over no agency.', 'Could not be asked: Northshire Police. What rests on it is not told.'],
      false,
    ],
  ])('says which agencies it covers where %s', (_what, sources, coverage, whole) => {
    const table = cohortTable({ ...BY_BAND, sources }, AGENCIES);
    expect(table.coverage).toEqual(coverage);
    expect(table.whole).toBe(whole);
    expect(/whatever its size/.test(table.suppression)).toBe(!whole);
  });

  test('that does not ask for its sources is not taken for whole', () => {
    const { coverage, whole } = cohortTable({ people: told(50) }, AGENCIES);
    expect(whole).toBe(false);
    expect(coverage.join()).toMatch(/Not known.*Add `sources/);
  });

  test.each([
    ['nothing was grouped', { people: told(50), sources: [source('police', 'DISCLOSED')] }, null],
    [
      'it is too small',
      { people: SUPPRESSED, sources: [source('police', 'DISCLOSED')] },
      'The count is too small to be told.',
    ],
    [
      'an agency is down',
      { people: SUPPRESSED, groups: [], sources: [source('police', 'UNAVAILABLE')] },
      'Not every agency could say, so that nothing is told.',
    ],
  ])('without groups says why: %s', (_why, cohort, words) => {
    expect(cohortTable(cohort, AGENCIES).whenEmpty).toBe(words);
  });
});

test.each([
  ['nothing was refused', told(0), 'Nothing was refused in this time.'],
  ['it is too small', SUPPRESSED, 'No row is large enough to be told.'],
  ['it was not asked', undefined, 'No row is large enough to be told.'],
])('barriers without rows say so only where it is known: %s', (_why, refused, words) => {
  expect(barriersTable({ rows: [], ...(refused && { refused }) }, AGENCIES).whenEmpty).toBe(words);
});
