/** What analysts may be let count of the department's records. */
import { type CountableFields, hasCode, hasOtherCode } from '../contract.ts';
import { BENEFITS } from './codes.ts';
import { award, sanction } from './sections.ts';
import type { WorkAndPensionsTables } from './tables.ts';

/** Benefits that tell nothing of anybody's health or care. */
const COUNTED_BENEFITS = ['UC', 'JSA', 'IS', 'PC'] as const;
const START = 'SANCTION.ST_DT';
const DAYS = 'SANCTION.DAYS';
/** After every day on which a sanction may begin. */
const DAY_WITHOUT_END = '9999-12-31';

export const countable: CountableFields<WorkAndPensionsTables> = {
  benefits: {
    award: {
      kind: 'ENUM',
      description:
        'A benefit that is being paid, of those that tell nothing of health or care: UC, JSA, IS or PC.',
      values: COUNTED_BENEFITS,
      parts: [
        {
          source: award,
          where: (today) => ({ day: 'AWARD.END_DT', text: true, from: today, none: true }),
          cases: () =>
            Object.fromEntries(COUNTED_BENEFITS.map((one) => [one, hasCode('AWARD.BEN_TYPE', [one])])),
          unreadable: () => hasOtherCode('AWARD.BEN_TYPE', ['', ...Object.keys(BENEFITS)]),
        },
      ],
    },
    activeSanction: {
      kind: 'BOOLEAN',
      description: 'A sanction that runs today; false of one that has not begun or is over.',
      values: ['true', 'false'],
      parts: [
        {
          source: sanction,
          cases: (today) => ({
            true: { day: START, text: true, days: DAYS, lasts: today },
            false: {
              allOf: [
                { day: START, text: true, before: DAY_WITHOUT_END },
                { column: DAYS, isNull: false },
              ],
            },
          }),
          // Without a first day or a length nobody can say that it runs.
          unreadable: () => ({ allOf: [] }),
        },
      ],
    },
  },
};
