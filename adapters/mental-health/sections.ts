/** What the trust knows of a client beside who they are. */
import {
  codesMeaning,
  contactItems,
  type Desk,
  newest,
  nhs,
  noPlace,
  onlyWhere,
  organisationOf,
  personSections,
  someTrueUnlessUnsure,
  textList,
  wordsOf,
} from '../contract.ts';
import * as codes from './codes.ts';
import { client, person } from './person.ts';
import type { MentalHealthTables } from './tables.ts';

export const crisisLine: Desk = {
  desk: 'Mental health crisis line for professionals',
  phone: '01632 960200',
  hours: '24 hours',
  advice: 'A practitioner can talk to you while you are with the person.',
};

export const desks = {
  'crisis-line': crisisLine,
  'caldicott-guardian': {
    desk: 'Caldicott guardian',
    phone: '01632 960201',
    email: 'caldicott@northshire-mental-health.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
  safeguarding: {
    desk: 'Safeguarding team',
    phone: '01632 960202',
    email: 'safeguarding@northshire-mental-health.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
  'on-call-manager': {
    desk: 'On-call manager',
    phone: '01632 960203',
    hours: 'Mon–Sun 17:00–09:00',
  },
} as const satisfies Record<string, Desk>;

const {
  always,
  code,
  coded,
  column,
  columns,
  contact,
  day,
  exists,
  flag,
  instant,
  list,
  moment,
  object,
  rowsOf,
  source,
  text,
  value,
} = wordsOf<MentalHealthTables>();
const place = { place: true };
const freeText = { freeText: true };

const ofService = (kind: (typeof codes.TEAM_TYPES)[string]) => codesMeaning(codes.TEAM_TYPES, [kind]);
const referred = day('Referral.RefDT');
const closed = day('Referral.CloseDT');
export const referralStatus = code('Referral.StatusCd', codes.REFERRAL_STATUSES).until(closed);
const referral = rowsOf('Referral', 'ClientID', 'RefID', {
  asOf: 'LastUpd',
  join: [
    { table: 'Team', on: ['Team.TeamID', 'Referral.TeamID'] },
    { table: 'Staff', on: ['Staff.StaffID', 'Referral.WorkerID'] },
  ],
  newestFirst: referred,
  service: {
    column: 'Referral.TeamType',
    kinds: {
      MENTAL_HEALTH_CRISIS: ofService('MENTAL_HEALTH_CRISIS'),
      MENTAL_HEALTH_COMMUNITY: ofService('MENTAL_HEALTH_COMMUNITY'),
      SUBSTANCE_USE: ofService('SUBSTANCE_USE'),
    },
  },
});

const detainedFrom = day('MHA_Section.StartDT');
const section = rowsOf('MHA_Section', 'ClientID', 'SectionID', {
  asOf: 'LastUpd',
  newestFirst: detainedFrom,
  precedence: columns(['MHA_Section.LegalStatus', 'MHA_Section.EndDT'], codes.legalPrecedence),
});

const agreedExtract = {
  ...onlyWhere('Only words of plans that the person agreed to share.', flag('CarePlan.ShareExtract').rows),
  masksOnly: true,
};
const onlyCrisisPlans = code('CarePlan.PlanType', codes.PLAN_TYPES).exactly('CRISIS');
const plan = rowsOf('CarePlan', 'ClientID', 'PlanID', {
  asOf: 'LastUpd',
  newestFirst: day('CarePlan.StartDT'),
  only: onlyCrisisPlans,
  rows: { agreedExtract },
});
const planContact = source({
  table: 'CarePlanContact',
  join: [{ table: 'CarePlan', on: ['CarePlan.PlanID', 'CarePlanContact.PlanID'] }],
  person: 'CarePlan.ClientID',
  record: ['CarePlanContact.PlanContactID'],
  asOf: instant('CarePlanContact.LastUpd'),
  only: onlyCrisisPlans,
  rows: { agreedExtract },
});

const alerted = day('Alert.StartDT');
const alertReview = day('Alert.ReviewDT', 'DD/MM/YYYY');
const alert = rowsOf('Alert', 'ClientID', 'AlertID', { asOf: 'LastUpd', newestFirst: alerted });

const diagnosed = day('Diagnosis.StartDT');
const diagnosis = rowsOf('Diagnosis', 'ClientID', 'DiagID', { asOf: 'LastUpd', newestFirst: diagnosed });

const prescribed = day('Medication.StartDT');
const medication = rowsOf('Medication', 'ClientID', 'MedID', { asOf: 'LastUpd', newestFirst: prescribed });

const allergy = rowsOf('Allergy', 'ClientID', 'AllergyID', { asOf: 'LastUpd' });

const noted = moment('ProgNote.NoteDT');
/** A note that is not plainly marked as free of third parties stays with the trust. */
const note = rowsOf('ProgNote', 'ClientID', 'NoteID', {
  asOf: 'LastUpd',
  newestFirst: noted,
  only: { all: [flag('ProgNote.ThirdPartyYN').no, flag('ProgNote.LegalPrivYN').no] },
  never: 'notes about or from third parties or under legal privilege',
});

export const sections = {
  ...personSections(person),
  demographics: {
    records: list(client, {
      ethnicity: coded('Client.EthnicCat', nhs.ETHNIC_CATEGORIES, 'NHS Data Dictionary ethnic category'),
      language: coded('Client.MainLang', nhs.LANGUAGES, 'ISO 639-2'),
      interpreterNeeded: flag('Client.InterpYN'),
      communicationNeeds: column('Client.CommNeeds', textList, freeText),
      disability: column('Client.DisabilityCd', nhs.disabilities, noPlace),
    }),
  },
  involvements: {
    items: list(referral, {
      service: code('Referral.TeamType', codes.TEAM_TYPES),
      serviceName: always('Northshire Mental Health NHS Trust'),
      status: referralStatus,
      contact: contact(crisisLine),
      lead: object({
        name: text('Staff.StaffName', noPlace),
        role: text('Staff.JobTitle', noPlace),
        team: text('Team.TeamName', place),
        phone: text('Staff.Phone', place),
      }),
      from: referred,
      to: closed,
    }),
  },
  warningMarkers: {
    items: list(alert, {
      type: code('Alert.AlertType', codes.WARNINGS),
      guidance: text('Alert.Guidance', freeText),
      detail: text('Alert.Detail', freeText),
      from: alerted,
      reviewDate: alertReview,
      overdue: alertReview.isPast,
    }),
  },
  mentalHealth: {
    openToService: value(referral, referralStatus.isOpen, someTrueUnlessUnsure),
    team: value(
      referral,
      columns(['Team.TeamName', 'Team.Phone', 'Team.Hours'], codes.teamDesk, place),
      newest,
      referralStatus.isOpen.rows,
    ),
    detained: value(
      section,
      columns(['MHA_Section.LegalStatus', 'MHA_Section.EndDT'], codes.isDetained),
      someTrueUnlessUnsure,
    ),
    legalStatus: value(section, column('MHA_Section.LegalStatus', codes.legal, noPlace)),
    legalStatusFrom: value(section, detainedFrom),
    legalStatusTo: value(section, day('MHA_Section.EndDT')),
    practice: value(
      client,
      columns(
        ['Client.GPPracticeCode', 'GPPractice.PracticeName', 'GPPractice.Phone'],
        organisationOf,
        place,
      ),
    ),
  },
  crisisPlan: {
    exists: exists(plan),
    sharedExtract: value(
      plan,
      columns(['CarePlan.ShareExtract', 'CarePlan.ExtractTxt'], codes.agreedExtract, noPlace),
    ),
    whatHelps: value(plan, text('CarePlan.HelpsTxt', freeText)),
    triggers: value(plan, text('CarePlan.TriggersTxt', freeText)),
    avoid: value(plan, text('CarePlan.AvoidTxt', freeText)),
    contacts: contactItems({
      source: planContact,
      kind: code('CarePlanContact.PhoneType', codes.CONTACT_KINDS),
      value: 'CarePlanContact.PhoneNo',
      from: day('CarePlanContact.StartDT'),
      safe: flag('CarePlanContact.SafeYN'),
    }),
    reviewDate: value(plan, day('CarePlan.ReviewDue', 'DD/MM/YYYY')),
  },
  clinical: {
    diagnoses: list(diagnosis, {
      diagnosis: columns(['Diagnosis.ICD10', 'Diagnosis.Descr'], codes.classified, noPlace),
      from: diagnosed,
      active: flag('Diagnosis.ActiveYN'),
    }),
    // What has ended is not what the client takes.
    medication: list(
      medication,
      {
        name: text('Medication.DrugName', noPlace),
        dose: text('Medication.Dose', noPlace),
        highRisk: flag('Medication.HighRiskYN'),
        from: prescribed,
      },
      { where: day('Medication.EndDT').isRunning.rows },
    ),
    allergies: list(allergy, {
      substance: text('Allergy.Substance', noPlace),
      reaction: text('Allergy.Reaction', noPlace),
    }),
    notes: list(note, { writtenAt: noted, text: text('ProgNote.Txt', freeText) }, { before: noted.before }),
  },
};
