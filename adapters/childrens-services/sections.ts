/** What children's services know of somebody beside who they are, without what is sealed. */
import {
  compact,
  contactOf,
  dfe,
  hasCode,
  hasOtherCode,
  lines,
  noPlace,
  personSections,
  someTrueUnlessUnsure,
  textList,
  wordsOf,
} from '../contract.ts';
import {
  authorityName,
  dutyContact,
  dutyDeskAt,
  earlyHelpDesk,
  OUR_CODES,
  OUR_NAME,
  planAuthorityName,
  safeguardingHub,
} from './authorities.ts';
import * as codes from './codes.ts';
import {
  beforeAdoption,
  type Column,
  person,
  relationship,
  sameHousehold,
  somebody,
  unsealed,
} from './person.ts';
import type { ChildrensServicesTables } from './tables.ts';

const {
  always,
  code,
  coded,
  column,
  columns,
  contact,
  day,
  flag,
  key,
  list,
  lists,
  object,
  rowsOf,
  text,
  value,
} = wordsOf<ChildrensServicesTables>();
const place = { place: true };
const freeText = { freeText: true };

const referredFrom = day('FACT_REFERRALS.REFRL_START_DTTM');
export const referredTo = day('FACT_REFERRALS.REFRL_END_DTTM');
const referral = rowsOf('FACT_REFERRALS', 'DIM_PERSON_ID', 'FACT_REFERRAL_ID', {
  asOf: 'UPDATED_DTTM',
  join: [
    { table: 'DIM_WORKER', on: ['DIM_WORKER.DIM_WORKER_ID', 'FACT_REFERRALS.DIM_WORKER_ID'] },
    beforeAdoption('FACT_REFERRALS.DIM_PERSON_ID'),
  ],
  newestFirst: referredFrom,
  ...unsealed('FACT_REFERRALS', hasOtherCode('FACT_REFERRALS.CLOSURE_REASON_CODE', dfe.ADOPTION_CLOSURES)),
  service: { kind: 'CHILDRENS_SOCIAL_CARE' },
});

const involvedFrom = day('FACT_INVOLVEMENTS.START_DTTM');
export const involvedTo = day('FACT_INVOLVEMENTS.END_DTTM');
const involvement = rowsOf('FACT_INVOLVEMENTS', 'DIM_PERSON_ID', 'FACT_INVOLVEMENT_ID', {
  asOf: 'UPDATED_DTTM',
  join: [
    { table: 'DIM_WORKER', on: ['DIM_WORKER.DIM_WORKER_ID', 'FACT_INVOLVEMENTS.DIM_WORKER_ID'] },
    beforeAdoption('FACT_INVOLVEMENTS.DIM_PERSON_ID'),
  ],
  newestFirst: involvedFrom,
  ...unsealed('FACT_INVOLVEMENTS'),
  service: { kind: 'CHILDRENS_SOCIAL_CARE' },
});

const helpedFrom = day('FACT_CAF_EPISODE.START_DTTM');
const helpedTo = day('FACT_CAF_EPISODE.END_DTTM');
export const earlyHelpEpisode = rowsOf('FACT_CAF_EPISODE', 'DIM_PERSON_ID', 'FACT_CAF_EPISODE_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('FACT_CAF_EPISODE.DIM_PERSON_ID')],
  newestFirst: helpedFrom,
  ...unsealed('FACT_CAF_EPISODE'),
  service: { kind: 'EARLY_HELP' },
});

const enquiredFrom = day('FACT_S47.START_DTTM');
export const enquiry = rowsOf('FACT_S47', 'DIM_PERSON_ID', 'FACT_S47_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('FACT_S47.DIM_PERSON_ID')],
  newestFirst: enquiredFrom,
  ...unsealed('FACT_S47'),
});

const plannedFrom = day('FACT_CP_PLAN.START_DTTM');
const protectionPlan = rowsOf('FACT_CP_PLAN', 'DIM_PERSON_ID', 'FACT_CP_PLAN_ID', {
  asOf: 'UPDATED_DTTM',
  join: [
    { table: 'DIM_PERSON', on: ['DIM_PERSON.DIM_PERSON_ID', 'FACT_CP_PLAN.DIM_PERSON_ID'] },
    beforeAdoption('FACT_CP_PLAN.DIM_PERSON_ID'),
  ],
  newestFirst: plannedFrom,
  ...unsealed('FACT_CP_PLAN'),
});

const placedFrom = day('FACT_CLA_PLACEMENT.START_DTTM');
const placedTo = day('FACT_CLA_PLACEMENT.END_DTTM');
export const placement = rowsOf('FACT_CLA_PLACEMENT', 'DIM_PERSON_ID', 'FACT_CLA_PLACEMENT_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('FACT_CLA_PLACEMENT.DIM_PERSON_ID')],
  newestFirst: placedFrom,
  ...unsealed(
    'FACT_CLA_PLACEMENT',
    hasOtherCode('FACT_CLA_PLACEMENT.DIM_LOOKUP_PLACEMENT_TYPE_CODE', dfe.ADOPTION_PLACEMENTS),
    hasOtherCode('FACT_CLA_PLACEMENT.LEGAL_STATUS_CODE', dfe.ADOPTION_STATUSES),
  ),
});

const recordedOn = day('FACT_NEEDS.RECORDED_DTTM');
export const need = rowsOf('FACT_NEEDS', 'DIM_PERSON_ID', 'FACT_NEED_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('FACT_NEEDS.DIM_PERSON_ID')],
  newestFirst: recordedOn,
  ...unsealed('FACT_NEEDS'),
});

const due = day('FACT_PLAN_ACTIONS.DUE_DTTM');
const planAction = rowsOf('FACT_PLAN_ACTIONS', 'DIM_PERSON_ID', 'FACT_PLAN_ACTION_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('FACT_PLAN_ACTIONS.DIM_PERSON_ID')],
  newestFirst: due,
  ...unsealed('FACT_PLAN_ACTIONS'),
});

const socialCare = {
  service: always('CHILDRENS_SOCIAL_CARE'),
  serviceName: always('Northshire children’s social care'),
  contact: contact(safeguardingHub),
  lead: object({
    name: text('DIM_WORKER.FULL_NAME', noPlace),
    role: text('DIM_WORKER.JOB_TITLE', noPlace),
    team: text('DIM_WORKER.TEAM_NAME', place),
    phone: text('DIM_WORKER.PHONE', place),
  }),
};

const dutyDesk = columns([], (_, { now }) => contactOf(dutyDeskAt(now), now));
// One desk for all that is ours: which desk answers must not tell what a child is known for.
const ours = { responsibleAuthority: always(OUR_NAME), dutyContact: dutyDesk };
/** A plan said to be another authority's, which it does not name, is nobody's that we know. */
const ownPlan = {
  responsibleAuthority: columns(['FACT_CP_PLAN.IS_OLA', 'FACT_CP_PLAN.OLA_CODE'], planAuthorityName, noPlace),
  dutyContact: dutyDesk,
};
const notPlaced = { placementType: always(null), placementAddress: always(null) };
const plan = {
  status: columns(['FACT_CP_PLAN.END_DTTM', 'DIM_PERSON.UNBORN_FLAG'], codes.statusOfPlan),
  category: coded('FACT_CP_PLAN.INIT_CATEGORY_DESC', dfe.PLAN_CATEGORIES, 'DfE category of abuse'),
  from: plannedFrom,
  to: day('FACT_CP_PLAN.END_DTTM'),
  ...notPlaced,
};
const lookedAfter = {
  status: column('FACT_CLA_PLACEMENT.END_DTTM', codes.whileOpen('LOOKED_AFTER')),
  category: coded('FACT_CLA_PLACEMENT.LEGAL_STATUS_CODE', dfe.LEGAL_STATUSES, 'DfE legal status'),
  from: placedFrom,
  to: placedTo,
  placementType: coded(
    'FACT_CLA_PLACEMENT.DIM_LOOKUP_PLACEMENT_TYPE_CODE',
    dfe.PLACEMENT_TYPES,
    'DfE placement type',
    place,
  ),
  placementAddress: object({
    lines: columns(['FACT_CLA_PLACEMENT.PLACEMENT_TXT'], lines, place),
    postcode: text('FACT_CLA_PLACEMENT.POSTCODE', place),
    uprn: column('FACT_CLA_PLACEMENT.UPRN', compact, place),
    kind: always('PLACEMENT', place),
    from: day('FACT_CLA_PLACEMENT.START_DTTM', place),
    to: day('FACT_CLA_PLACEMENT.END_DTTM', place),
    current: day('FACT_CLA_PLACEMENT.END_DTTM', place).isRunning,
  }),
};
/** Rows of our own authority, and of another: each row is one or the other. Who else is responsible can tell where a child has gone to. */
const ourCode = (name: Column) => ({ where: hasCode(name, OUR_CODES) });
const otherCode = (name: Column) => ({ where: hasOtherCode(name, OUR_CODES) });
const theirs = (name: Column) => ({
  responsibleAuthority: column(name, authorityName, place),
  dutyContact: column(name, dutyContact, place),
});
const PLAN_CODE = 'FACT_CP_PLAN.OLA_CODE';
const PLACEMENT_CODE = 'FACT_CLA_PLACEMENT.RESPONSIBLE_LA_CODE';

export const sections = {
  ...personSections(person),
  demographics: {
    records: list(somebody, {
      ethnicity: coded('DIM_PERSON.ETHNICITY_MAIN_CODE', dfe.ETHNICITIES, 'DfE ethnicity'),
      language: coded('DIM_PERSON.LANGUAGE_CODE', codes.LANGUAGES, 'DfE language'),
      interpreterNeeded: flag('DIM_PERSON.INTERPRETER_FLAG'),
      communicationNeeds: column('DIM_PERSON.COMM_NEEDS_TXT', textList, freeText),
      disability: column('DIM_PERSON.DISABILITY_CODES', codes.disabilities, noPlace),
    }),
  },
  household: {
    members: list(
      relationship,
      {
        relationship: code('FACT_RELATIONSHIPS.RELATION_CODE', codes.RELATIONSHIPS),
        parentalResponsibility: flag('FACT_RELATIONSHIPS.PARENTAL_RESP_FLAG'),
        sameAddress: sameHousehold,
        expected: flag('DIM_PERSON.UNBORN_FLAG'),
      },
      { otherPerson: key('FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID') },
    ),
    dependentChildren: value(
      relationship,
      columns(
        [
          'FACT_RELATIONSHIPS.RELATION_CODE',
          'FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG',
          'DIM_PERSON.BIRTH_DTTM',
          'DIM_PERSON.UNBORN_FLAG',
        ],
        codes.isDependentChild,
      ),
      someTrueUnlessUnsure,
    ),
  },
  involvements: {
    items: lists(
      list(referral, { ...socialCare, status: referredTo.status, from: referredFrom, to: referredTo }),
      list(
        involvement,
        { ...socialCare, status: involvedTo.status, from: involvedFrom, to: involvedTo },
        // What is done under a referral is told by the referral, with its allocated worker.
        { where: { column: 'FACT_INVOLVEMENTS.FACT_REFERRAL_ID', isNull: true } },
      ),
      list(earlyHelpEpisode, {
        service: always('EARLY_HELP'),
        serviceName: always('Northshire early help'),
        status: helpedTo.status,
        contact: contact(earlyHelpDesk),
        // Who leads may be of a school or a practice, and is then known to lead there by the name alone.
        lead: object({
          name: text('FACT_CAF_EPISODE.LEAD_PROF_NAME', place),
          role: text('FACT_CAF_EPISODE.LEAD_PROF_ROLE', place),
          team: text('FACT_CAF_EPISODE.LEAD_PROF_TEAM', place),
          phone: text('FACT_CAF_EPISODE.LEAD_PROF_TEL', place),
        }),
        from: helpedFrom,
        to: helpedTo,
      }),
    ),
  },
  needs: {
    items: list(need, {
      outcome: code('FACT_NEEDS.OUTCOME_CODE', codes.OUTCOMES),
      kind: code('FACT_NEEDS.NEED_TYPE_CODE', codes.NEED_KINDS),
      evidence: text('FACT_NEEDS.EVIDENCE_TXT', freeText),
      recordedOn,
    }),
    plan: list(planAction, {
      goal: text('FACT_PLAN_ACTIONS.GOAL_TXT', freeText),
      action: text('FACT_PLAN_ACTIONS.ACTION_TXT', freeText),
      // Owners are of any service, a school or a practice among them: their name alone tells where.
      owner: object({
        name: text('FACT_PLAN_ACTIONS.OWNER_NAME', place),
        role: text('FACT_PLAN_ACTIONS.OWNER_ROLE', place),
        team: text('FACT_PLAN_ACTIONS.OWNER_TEAM', place),
        phone: text('FACT_PLAN_ACTIONS.OWNER_TEL', place),
      }),
      due,
      done: flag('FACT_PLAN_ACTIONS.DONE_FLAG'),
    }),
  },
  childSafeguarding: {
    // Not those who are here as somebody's relatives alone.
    known: value(
      somebody,
      flag('DIM_PERSON.IS_CLIENT'),
      someTrueUnlessUnsure,
      flag('DIM_PERSON.IS_CLIENT').notNo,
    ),
    items: lists(
      list(protectionPlan, { ...plan, ...ownPlan }, ourCode(PLAN_CODE)),
      list(protectionPlan, { ...plan, ...theirs(PLAN_CODE) }, otherCode(PLAN_CODE)),
      list(placement, { ...lookedAfter, ...ours }, ourCode(PLACEMENT_CODE)),
      list(placement, { ...lookedAfter, ...theirs(PLACEMENT_CODE) }, otherCode(PLACEMENT_CODE)),
      list(enquiry, {
        status: column('FACT_S47.END_DTTM', codes.whileOpen('SECTION_47_ENQUIRY')),
        category: always(null),
        from: enquiredFrom,
        to: day('FACT_S47.END_DTTM'),
        ...ours,
        ...notPlaced,
      }),
      list(
        referral,
        {
          status: columns(
            [
              'FACT_REFERRALS.REFRL_END_DTTM',
              'FACT_REFERRALS.CLOSURE_REASON_CODE',
              'FACT_REFERRALS.CIN_FLAG',
            ],
            codes.statusOfReferral,
          ),
          category: coded('FACT_REFERRALS.DIM_LOOKUP_CATEGORY_OF_NEED_CODE', dfe.NEEDS, 'DfE primary need'),
          from: referredFrom,
          to: referredTo,
          ...ours,
          ...notPlaced,
        },
        // A flag that is blank or cannot be read says so itself. Those passed on without being taken on are told by what they were passed on to.
        { where: flag('FACT_REFERRALS.CIN_FLAG').notNo },
      ),
      list(earlyHelpEpisode, {
        status: column('FACT_CAF_EPISODE.END_DTTM', codes.whileOpen('EARLY_HELP')),
        category: always(null),
        from: helpedFrom,
        to: helpedTo,
        ...ours,
        ...notPlaced,
      }),
    ),
  },
};
