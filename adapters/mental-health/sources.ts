/** Where rows about a client stand: one source for each table. */
import { codesMeaning, fieldsOf, flag, instant, isNo, isYes } from '../contract.ts';
import { CRISIS_PLAN, TEAM_TYPES } from './codes.ts';
import type { MentalHealthTables } from './tables.ts';

const { column, source } = fieldsOf<MentalHealthTables>();

export const client = source({
  table: 'Client',
  join: [{ table: 'GPPractice', on: ['GPPractice.PracticeCode', 'Client.GPPracticeCode'] }],
  person: 'Client.ClientID',
  record: ['Client.ClientID'],
  asOf: column('Client.LastUpd', instant),
});

export const alias = source({
  table: 'ClientAlias',
  person: 'ClientAlias.ClientID',
  record: ['ClientAlias.AliasID'],
  asOf: column('ClientAlias.LastUpd', instant),
});

export const telephone = source({
  table: 'ClientPhone',
  person: 'ClientPhone.ClientID',
  record: ['ClientPhone.PhoneID'],
  asOf: column('ClientPhone.LastUpd', instant),
  newestFirst: 'ClientPhone.StartDT',
});

export const address = source({
  table: 'ClientAddress',
  person: 'ClientAddress.ClientID',
  record: ['ClientAddress.AddressID'],
  asOf: column('ClientAddress.LastUpd', instant),
  newestFirst: 'ClientAddress.StartDT',
  rows: { current: flag('Only the current address.', isYes('ClientAddress.CurrentYN')) },
  place: true,
});

const rowsOfService = (kind: (typeof TEAM_TYPES)[string]) => codesMeaning(TEAM_TYPES, [kind]);

export const referral = source({
  table: 'Referral',
  join: [
    { table: 'Team', on: ['Team.TeamID', 'Referral.TeamID'] },
    { table: 'Staff', on: ['Staff.StaffID', 'Referral.WorkerID'] },
  ],
  person: 'Referral.ClientID',
  record: ['Referral.RefID'],
  asOf: column('Referral.LastUpd', instant),
  newestFirst: 'Referral.RefDT',
  service: {
    column: 'Referral.TeamType',
    kinds: {
      MENTAL_HEALTH_CRISIS: rowsOfService('MENTAL_HEALTH_CRISIS'),
      MENTAL_HEALTH_COMMUNITY: rowsOfService('MENTAL_HEALTH_COMMUNITY'),
      SUBSTANCE_USE: rowsOfService('SUBSTANCE_USE'),
    },
  },
});

export const section = source({
  table: 'MHA_Section',
  person: 'MHA_Section.ClientID',
  record: ['MHA_Section.SectionID'],
  asOf: column('MHA_Section.LastUpd', instant),
  newestFirst: 'MHA_Section.StartDT',
});

const agreedExtract = {
  ...flag('Only words of plans that the person agreed to share.', isYes('CarePlan.ShareExtract')),
  masksOnly: true,
};
const onlyCrisisPlans = { column: 'CarePlan.PlanType', in: CRISIS_PLAN } as const;

export const crisisPlan = source({
  table: 'CarePlan',
  person: 'CarePlan.ClientID',
  record: ['CarePlan.PlanID'],
  asOf: column('CarePlan.LastUpd', instant),
  newestFirst: 'CarePlan.StartDT',
  only: onlyCrisisPlans,
  rows: { agreedExtract },
});

export const crisisPlanContact = source({
  table: 'CarePlanContact',
  join: [{ table: 'CarePlan', on: ['CarePlan.PlanID', 'CarePlanContact.PlanID'] }],
  person: 'CarePlan.ClientID',
  record: ['CarePlanContact.PlanContactID'],
  asOf: column('CarePlanContact.LastUpd', instant),
  only: onlyCrisisPlans,
  rows: { agreedExtract },
});

export const alert = source({
  table: 'Alert',
  person: 'Alert.ClientID',
  record: ['Alert.AlertID'],
  asOf: column('Alert.LastUpd', instant),
  newestFirst: 'Alert.StartDT',
});

export const diagnosis = source({
  table: 'Diagnosis',
  person: 'Diagnosis.ClientID',
  record: ['Diagnosis.DiagID'],
  asOf: column('Diagnosis.LastUpd', instant),
  newestFirst: 'Diagnosis.StartDT',
});

export const medication = source({
  table: 'Medication',
  person: 'Medication.ClientID',
  record: ['Medication.MedID'],
  asOf: column('Medication.LastUpd', instant),
  newestFirst: 'Medication.StartDT',
});

export const allergy = source({
  table: 'Allergy',
  person: 'Allergy.ClientID',
  record: ['Allergy.AllergyID'],
  asOf: column('Allergy.LastUpd', instant),
});

/** A note that is not plainly marked as free of third parties stays with the trust. */
export const note = source({
  table: 'ProgNote',
  person: 'ProgNote.ClientID',
  record: ['ProgNote.NoteID'],
  asOf: column('ProgNote.LastUpd', instant),
  newestFirst: 'ProgNote.NoteDT',
  only: { all: [isNo('ProgNote.ThirdPartyYN'), isNo('ProgNote.LegalPrivYN')] },
  never: 'notes about or from third parties or under legal privilege',
});
