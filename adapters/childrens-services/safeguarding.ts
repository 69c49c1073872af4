import {
  type ColumnOf,
  codedValue,
  compact,
  contactOf,
  type Decoder,
  date,
  fieldsOf,
  isPast,
  lines,
  meaning,
  noPlace,
  type Predicate,
  type SectionSource,
  someTrueUnlessUnsure,
  text,
  yesNo,
} from '../contract.ts';
import { authorityName, dutyContact, OUR_CODES, OUR_NAME, planAuthorityName } from './authorities.ts';
import { dutyDeskAt } from './desks.ts';
import {
  CLOSURE_REASONS,
  LEGAL_STATUSES,
  NEEDS,
  PLACEMENT_TYPES,
  PLAN_CATEGORIES,
} from './national-codes.ts';
import { earlyHelpEpisode, enquiry, person, placement, protectionPlan, referral } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

type Column = ColumnOf<ChildrensServicesTables>;
const NO = ['N', '0', 'F', 'n', 'f'];
const { always, column, columns, list, lists, object, value } = fieldsOf<ChildrensServicesTables>();

type Status =
  | 'IN_NEED'
  | 'SECTION_47_ENQUIRY'
  | 'PROTECTION_PLAN'
  | 'LOOKED_AFTER'
  | 'EARLY_HELP'
  | 'UNBORN_PROTECTION_PLAN'
  | 'PREVIOUSLY_KNOWN';

/** What a row means while it runs; once it has ended the child is known from before. */
const whileOpen =
  (status: Status): Decoder<Status[] | null> =>
  (end, context) => {
    const ended = isPast(end, context);
    return ended === null ? null : [ended ? 'PREVIOUSLY_KNOWN' : status];
  };

/** A referral is over once it has ended, or has a reason for closure; an open one is of a child in need if it says so. */
const statusOfReferral: Decoder<Status[] | null> = (cells, context) => {
  const [end, closure, inNeed] = cells as readonly unknown[];
  const ended = isPast(end, context);
  if (ended === true || meaning(CLOSURE_REASONS)(closure, context) !== null) return ['PREVIOUSLY_KNOWN'];
  return ended === false && yesNo(inNeed, context) === true ? ['IN_NEED'] : null;
};

/** Of the plan's end, and whether the child is not yet born. */
const statusOfPlan: Decoder<Status[] | null> = (cells, context) => {
  const [end, unborn] = cells as readonly unknown[];
  const status = yesNo(unborn, context) === true ? 'UNBORN_PROTECTION_PLAN' : 'PROTECTION_PLAN';
  return whileOpen(status)(end, context);
};

const dutyDesk = columns([], (_, { now }) => contactOf(dutyDeskAt(now), now));
const ours = { responsibleAuthority: always(OUR_NAME), dutyContact: dutyDesk };
/** A plan said to be another authority's, which it does not name, is nobody's that we know. */
const ownPlan = {
  responsibleAuthority: columns(['FACT_CP_PLAN.IS_OLA', 'FACT_CP_PLAN.OLA_CODE'], planAuthorityName, noPlace),
  dutyContact: dutyDesk,
};
const notPlaced = { placementType: always(null), placementAddress: always(null) };

const plan = {
  status: columns(['FACT_CP_PLAN.END_DTTM', 'DIM_PERSON.UNBORN_FLAG'], statusOfPlan),
  category: column(
    'FACT_CP_PLAN.INIT_CATEGORY_DESC',
    codedValue(PLAN_CATEGORIES, 'DfE category of abuse'),
    noPlace,
  ),
  from: column('FACT_CP_PLAN.START_DTTM', date),
  to: column('FACT_CP_PLAN.END_DTTM', date),
  ...notPlaced,
};

const where = 'FACT_CLA_PLACEMENT' as const;
const lookedAfter = {
  status: column(`${where}.END_DTTM`, whileOpen('LOOKED_AFTER')),
  category: column(`${where}.LEGAL_STATUS_CODE`, codedValue(LEGAL_STATUSES, 'DfE legal status'), noPlace),
  from: column(`${where}.START_DTTM`, date),
  to: column(`${where}.END_DTTM`, date),
  placementType: column(
    `${where}.DIM_LOOKUP_PLACEMENT_TYPE_CODE`,
    codedValue(PLACEMENT_TYPES, 'DfE placement type'),
    { place: true },
  ),
  placementAddress: object({
    lines: columns([`${where}.PLACEMENT_TXT`], lines, { place: true }),
    postcode: column(`${where}.POSTCODE`, text, { place: true }),
    uprn: column(`${where}.UPRN`, compact, { place: true }),
    kind: always('PLACEMENT', { place: true }),
    from: column(`${where}.START_DTTM`, date, { place: true }),
    to: column(`${where}.END_DTTM`, date, { place: true }),
    current: column(`${where}.END_DTTM`, (end, context) => not(isPast(end, context)), { place: true }),
  }),
};
const not = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** Rows of our own authority, and of another: each row is one or the other. */
const ourCode = (name: Column): Predicate<Column> => ({
  any: [
    { column: name, isNull: true },
    { column: name, in: OUR_CODES },
  ],
});
const otherCode = (name: Column): Predicate<Column> => ({
  all: [
    { column: name, isNull: false },
    { column: name, notIn: OUR_CODES },
  ],
});
/** Rows whose flag is not no: what is blank or cannot be read stays, and says so itself. */
const notPlainlyNo = (name: Column): Predicate<Column> => ({
  any: [
    { column: name, isNull: true },
    { column: name, notIn: NO },
  ],
});
/** Who else is responsible can tell where a child has gone to. */
const theirs = (name: Column) => ({
  responsibleAuthority: column(name, authorityName, { place: true }),
  dutyContact: column(name, dutyContact, { place: true }),
});
const PLAN_CODE = 'FACT_CP_PLAN.OLA_CODE';
const PLACEMENT_CODE = 'FACT_CLA_PLACEMENT.RESPONSIBLE_LA_CODE';

export const childSafeguarding: SectionSource<ChildrensServicesTables> = {
  // Not those who are here as somebody's relatives alone.
  known: value(
    person,
    column('DIM_PERSON.IS_CLIENT', yesNo),
    someTrueUnlessUnsure,
    notPlainlyNo('DIM_PERSON.IS_CLIENT'),
  ),
  items: lists(
    list(protectionPlan, { ...plan, ...ownPlan }, { where: ourCode(PLAN_CODE) }),
    list(protectionPlan, { ...plan, ...theirs(PLAN_CODE) }, { where: otherCode(PLAN_CODE) }),
    list(placement, { ...lookedAfter, ...ours }, { where: ourCode(PLACEMENT_CODE) }),
    list(placement, { ...lookedAfter, ...theirs(PLACEMENT_CODE) }, { where: otherCode(PLACEMENT_CODE) }),
    list(enquiry, {
      status: column('FACT_S47.END_DTTM', whileOpen('SECTION_47_ENQUIRY')),
      category: always(null),
      from: column('FACT_S47.START_DTTM', date),
      to: column('FACT_S47.END_DTTM', date),
      ...ours,
      ...notPlaced,
    }),
    list(
      referral,
      {
        status: columns(
          ['FACT_REFERRALS.REFRL_END_DTTM', 'FACT_REFERRALS.CLOSURE_REASON_CODE', 'FACT_REFERRALS.CIN_FLAG'],
          statusOfReferral,
        ),
        category: column(
          'FACT_REFERRALS.DIM_LOOKUP_CATEGORY_OF_NEED_CODE',
          codedValue(NEEDS, 'DfE primary need'),
          noPlace,
        ),
        from: column('FACT_REFERRALS.REFRL_START_DTTM', date),
        to: column('FACT_REFERRALS.REFRL_END_DTTM', date),
        ...ours,
        ...notPlaced,
      },
      // Those passed on without being taken on are told by what they were passed on to.
      { where: notPlainlyNo('FACT_REFERRALS.CIN_FLAG') },
    ),
    list(earlyHelpEpisode, {
      status: column('FACT_CAF_EPISODE.END_DTTM', whileOpen('EARLY_HELP')),
      category: always(null),
      from: column('FACT_CAF_EPISODE.START_DTTM', date),
      to: column('FACT_CAF_EPISODE.END_DTTM', date),
      // One desk for all that is ours: which desk answers must not tell what a child is known for.
      ...ours,
      ...notPlaced,
    }),
  ),
};
