/** Where rows about a person stand: one source for each table, without what is sealed. */
import { fieldsOf, flag, instant, localText, type RowCondition } from '../contract.ts';
import {
  ADDRESS_KINDS,
  ADOPTION_CLOSURES,
  ADOPTION_PLACEMENTS,
  ADOPTION_STATUSES,
  FOSTER_CARERS,
  LETTERS_ONLY,
} from './codes.ts';
import { beforeAdoption, type Column, NEVER, noneOf, notBeforeAdoption, open, written } from './seals.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { column, source } = fieldsOf<ChildrensServicesTables>();

const personRow = {
  table: 'DIM_PERSON',
  join: [beforeAdoption('DIM_PERSON.DIM_PERSON_ID')],
  person: 'DIM_PERSON.DIM_PERSON_ID',
  record: ['DIM_PERSON.DIM_PERSON_ID'],
  asOf: column('DIM_PERSON.UPDATED_DTTM', instant),
  only: notBeforeAdoption,
  never: NEVER,
} as const;
export const person = source(personRow);

export const contactPoint = source({
  table: 'DIM_PERSON_CONTACTS',
  join: [beforeAdoption('DIM_PERSON_CONTACTS.DIM_PERSON_ID')],
  person: 'DIM_PERSON_CONTACTS.DIM_PERSON_ID',
  record: ['DIM_PERSON_CONTACTS.DIM_PERSON_CONTACT_ID'],
  asOf: column('DIM_PERSON_CONTACTS.UPDATED_DTTM', instant),
  newestFirst: 'DIM_PERSON_CONTACTS.START_DTTM',
  ...open('DIM_PERSON_CONTACTS'),
});

const END = 'DIM_PERSON_ADDRESS.END_DTTM';
/** Lived at now: not ended before today, and not for letters only. */
const current: RowCondition<Column> = {
  ...flag('Only the current address.', { any: [{ column: END, isNull: true }] }),
  predicate: (value, now) =>
    value === true
      ? {
          all: [
            {
              any: [
                { column: END, isNull: true },
                { column: END, from: localText(now).slice(0, 10) },
              ],
            },
            noneOf('DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE', LETTERS_ONLY),
          ],
        }
      : { any: [] },
};
/** Addresses of kinds that are known not to be placements. */
export const address = source({
  table: 'DIM_PERSON_ADDRESS',
  join: [beforeAdoption('DIM_PERSON_ADDRESS.DIM_PERSON_ID')],
  person: 'DIM_PERSON_ADDRESS.DIM_PERSON_ID',
  record: ['DIM_PERSON_ADDRESS.DIM_PERSON_ADDRESS_ID'],
  asOf: column('DIM_PERSON_ADDRESS.UPDATED_DTTM', instant),
  newestFirst: 'DIM_PERSON_ADDRESS.START_DTTM',
  ...open('DIM_PERSON_ADDRESS', {
    column: 'DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE',
    in: written(Object.keys(ADDRESS_KINDS)),
  }),
  never: `${NEVER}, nor where a child is placed`,
  rows: { current },
  place: true,
});

/** The seal looked at here is the other person's. Who fosters a child is where the child is: never in a household. */
export const relationship = source({
  table: 'FACT_RELATIONSHIPS',
  join: [
    { table: 'DIM_PERSON', on: ['DIM_PERSON.DIM_PERSON_ID', 'FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID'] },
    beforeAdoption('FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID'),
  ],
  person: 'FACT_RELATIONSHIPS.DIM_PERSON_ID',
  record: ['FACT_RELATIONSHIPS.DIM_PERSON_ID', 'FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID'],
  asOf: column('FACT_RELATIONSHIPS.UPDATED_DTTM', instant),
  otherPerson: 'FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID',
  ...open('FACT_RELATIONSHIPS', noneOf('FACT_RELATIONSHIPS.RELATION_CODE', FOSTER_CARERS)),
  never: `${NEVER}, nor foster carers`,
});

export const referral = source({
  table: 'FACT_REFERRALS',
  join: [
    { table: 'DIM_WORKER', on: ['DIM_WORKER.DIM_WORKER_ID', 'FACT_REFERRALS.DIM_WORKER_ID'] },
    beforeAdoption('FACT_REFERRALS.DIM_PERSON_ID'),
  ],
  person: 'FACT_REFERRALS.DIM_PERSON_ID',
  record: ['FACT_REFERRALS.FACT_REFERRAL_ID'],
  asOf: column('FACT_REFERRALS.UPDATED_DTTM', instant),
  newestFirst: 'FACT_REFERRALS.REFRL_START_DTTM',
  ...open('FACT_REFERRALS', noneOf('FACT_REFERRALS.CLOSURE_REASON_CODE', ADOPTION_CLOSURES)),
  service: { kind: 'CHILDRENS_SOCIAL_CARE' },
});

export const involvement = source({
  table: 'FACT_INVOLVEMENTS',
  join: [
    { table: 'DIM_WORKER', on: ['DIM_WORKER.DIM_WORKER_ID', 'FACT_INVOLVEMENTS.DIM_WORKER_ID'] },
    beforeAdoption('FACT_INVOLVEMENTS.DIM_PERSON_ID'),
  ],
  person: 'FACT_INVOLVEMENTS.DIM_PERSON_ID',
  record: ['FACT_INVOLVEMENTS.FACT_INVOLVEMENT_ID'],
  asOf: column('FACT_INVOLVEMENTS.UPDATED_DTTM', instant),
  newestFirst: 'FACT_INVOLVEMENTS.START_DTTM',
  ...open('FACT_INVOLVEMENTS'),
  service: { kind: 'CHILDRENS_SOCIAL_CARE' },
});

export const earlyHelpEpisode = source({
  table: 'FACT_CAF_EPISODE',
  join: [beforeAdoption('FACT_CAF_EPISODE.DIM_PERSON_ID')],
  person: 'FACT_CAF_EPISODE.DIM_PERSON_ID',
  record: ['FACT_CAF_EPISODE.FACT_CAF_EPISODE_ID'],
  asOf: column('FACT_CAF_EPISODE.UPDATED_DTTM', instant),
  newestFirst: 'FACT_CAF_EPISODE.START_DTTM',
  ...open('FACT_CAF_EPISODE'),
  service: { kind: 'EARLY_HELP' },
});

export const enquiry = source({
  table: 'FACT_S47',
  join: [beforeAdoption('FACT_S47.DIM_PERSON_ID')],
  person: 'FACT_S47.DIM_PERSON_ID',
  record: ['FACT_S47.FACT_S47_ID'],
  asOf: column('FACT_S47.UPDATED_DTTM', instant),
  newestFirst: 'FACT_S47.START_DTTM',
  ...open('FACT_S47'),
});

export const protectionPlan = source({
  table: 'FACT_CP_PLAN',
  join: [
    { table: 'DIM_PERSON', on: ['DIM_PERSON.DIM_PERSON_ID', 'FACT_CP_PLAN.DIM_PERSON_ID'] },
    beforeAdoption('FACT_CP_PLAN.DIM_PERSON_ID'),
  ],
  person: 'FACT_CP_PLAN.DIM_PERSON_ID',
  record: ['FACT_CP_PLAN.FACT_CP_PLAN_ID'],
  asOf: column('FACT_CP_PLAN.UPDATED_DTTM', instant),
  newestFirst: 'FACT_CP_PLAN.START_DTTM',
  ...open('FACT_CP_PLAN'),
});

export const placement = source({
  table: 'FACT_CLA_PLACEMENT',
  join: [beforeAdoption('FACT_CLA_PLACEMENT.DIM_PERSON_ID')],
  person: 'FACT_CLA_PLACEMENT.DIM_PERSON_ID',
  record: ['FACT_CLA_PLACEMENT.FACT_CLA_PLACEMENT_ID'],
  asOf: column('FACT_CLA_PLACEMENT.UPDATED_DTTM', instant),
  newestFirst: 'FACT_CLA_PLACEMENT.START_DTTM',
  ...open(
    'FACT_CLA_PLACEMENT',
    noneOf('FACT_CLA_PLACEMENT.DIM_LOOKUP_PLACEMENT_TYPE_CODE', ADOPTION_PLACEMENTS),
    noneOf('FACT_CLA_PLACEMENT.LEGAL_STATUS_CODE', ADOPTION_STATUSES),
  ),
});

export const need = source({
  table: 'FACT_NEEDS',
  join: [beforeAdoption('FACT_NEEDS.DIM_PERSON_ID')],
  person: 'FACT_NEEDS.DIM_PERSON_ID',
  record: ['FACT_NEEDS.FACT_NEED_ID'],
  asOf: column('FACT_NEEDS.UPDATED_DTTM', instant),
  newestFirst: 'FACT_NEEDS.RECORDED_DTTM',
  ...open('FACT_NEEDS'),
});

export const planAction = source({
  table: 'FACT_PLAN_ACTIONS',
  join: [beforeAdoption('FACT_PLAN_ACTIONS.DIM_PERSON_ID')],
  person: 'FACT_PLAN_ACTIONS.DIM_PERSON_ID',
  record: ['FACT_PLAN_ACTIONS.FACT_PLAN_ACTION_ID'],
  asOf: column('FACT_PLAN_ACTIONS.UPDATED_DTTM', instant),
  newestFirst: 'FACT_PLAN_ACTIONS.DUE_DTTM',
  ...open('FACT_PLAN_ACTIONS'),
});
