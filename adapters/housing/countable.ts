/** What analysts may be let count of the housing service's records. */
import { type CountableFields, codeCases, isBlank } from '../contract.ts';
import { ACTIONS, DUTIES } from './codes.ts';
import { homelessnessCase } from './person.ts';
import { rentAccount } from './sections.ts';
import type { HousingTables } from './tables.ts';

const BALANCE = 'rent_acct.bal_amt';
const WEEKS = 'rent_acct.arrears_wks';
const owing = { number: BALANCE, above: 0 } as const;
const stages = codeCases('rent_acct.action_cd', ACTIONS);

export const countable: CountableFields<HousingTables> = {
  housing: {
    arrearsBand: {
      kind: 'BAND',
      description: 'Rent arrears in weeks of rent, in bands.',
      type: 'ArrearsBand',
      values: ['NONE', 'UNDER_4_WEEKS', 'FROM_4_TO_8_WEEKS', 'OVER_8_WEEKS'],
      parts: [
        {
          source: rentAccount,
          cases: () => ({
            NONE: { number: BALANCE, upTo: 0 },
            UNDER_4_WEEKS: { allOf: [owing, { column: WEEKS, before: 4 }] },
            FROM_4_TO_8_WEEKS: { allOf: [owing, { column: WEEKS, from: 4 }, { number: WEEKS, upTo: 8 }] },
            OVER_8_WEEKS: { allOf: [owing, { number: WEEKS, above: 8 }] },
          }),
          // Columns of numbers: what stands there can be read, or nothing stands there.
          unreadable: () => ({ anyOf: [] }),
        },
      ],
    },
    noticeStage: {
      kind: 'ENUM',
      description: 'The last step taken about rent that is owed.',
      type: 'NoticeStage',
      values: ['NONE', ...new Set(Object.values(ACTIONS))],
      parts: [
        {
          source: rentAccount,
          cases: () => ({ NONE: isBlank('rent_acct.action_cd'), ...stages.cases() }),
          unreadable: stages.unreadable,
        },
      ],
    },
    homelessnessDuty: {
      kind: 'ENUM',
      description: 'The duty owed in an open homelessness case.',
      type: 'HomelessnessDuty',
      values: [...new Set(Object.values(DUTIES))],
      parts: [
        {
          source: homelessnessCase,
          where: (today) => ({ day: 'hclic_case.close_dt', text: false, from: today, none: true }),
          ...codeCases('hclic_case.duty', DUTIES),
        },
      ],
    },
  },
};
