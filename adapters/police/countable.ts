/** What analysts may be let count of the police's records. */
import {
  type CountableFields,
  type CountedRows,
  codeCases,
  codesMeaning,
  hasCode,
  hasOtherCode,
  isFilled,
  isNotNo,
  isNotYes,
} from '../contract.ts';
import { EVENT_CATEGORIES, EVENT_ROLES, EVENT_TYPES, rowsOfCategory } from './codes.ts';
import { occurrence } from './sections.ts';
import type { PoliceTables } from './tables.ts';

/** Of suspects nothing is counted, nor of those whose part in it nobody can read: they may be one. */
const COUNTED_ROLES = ['VICTIM', 'WITNESS', 'INVOLVED'] as const;
const counted = {
  source: occurrence,
  where: () => hasCode('T_OCCURRENCE.ROLE_CD', codesMeaning(EVENT_ROLES, COUNTED_ROLES)),
} as const;

type Flag = 'T_OCCURRENCE.DA_FLG' | 'T_OCCURRENCE.MH_FLG';
/** Neither yes nor no, and not blank. */
const unreadFlag = (flag: Flag): CountedRows<Flag> => ({
  allOf: [isNotYes(flag), isNotNo(flag), isFilled(flag)],
});

export const countable: CountableFields<PoliceTables> = {
  policeEvents: {
    category: {
      kind: 'ENUM',
      description: 'The kind of event in which somebody was victim, witness or otherwise involved.',
      type: 'PoliceEventCategory',
      values: EVENT_CATEGORIES,
      parts: [
        {
          ...counted,
          cases: () => Object.fromEntries(EVENT_CATEGORIES.map((one) => [one, rowsOfCategory(one)])),
          unreadable: () => ({
            anyOf: [
              hasOtherCode('T_OCCURRENCE.OCC_TYPE', ['', ...Object.keys(EVENT_TYPES)]),
              unreadFlag('T_OCCURRENCE.DA_FLG'),
              unreadFlag('T_OCCURRENCE.MH_FLG'),
            ],
          }),
        },
      ],
    },
    role: {
      kind: 'ENUM',
      description: 'In what role somebody was in the event: suspects are not counted.',
      type: 'EventRole',
      values: COUNTED_ROLES,
      parts: [{ ...counted, ...codeCases('T_OCCURRENCE.ROLE_CD', EVENT_ROLES, COUNTED_ROLES) }],
    },
    month: {
      kind: 'MONTH',
      description: 'The calendar month in which the event was reported.',
      values: [],
      parts: [{ ...counted, month: { day: 'T_OCCURRENCE.RPT_DTTM', text: true } }],
    },
  },
};
