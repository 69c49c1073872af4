/** Which resource answers which table of the adapter's words, by which search, and what of it is which column. */
import type {
  CodeableConcept,
  Encounter,
  FhirResource,
  Flag,
  MedicationRequest,
  Organization,
  Patient,
  Practitioner,
  Reference,
} from 'fhir/r4.js';
import type { Cells } from '../../contract.ts';
import * as cells from './cells.ts';
import type { ResourceOf, Search } from './search.ts';
import { CODES, EXTENSIONS, FLAGS, IDENTIFIERS } from './systems.ts';

/** Rows of one table out of one type of resource. */
export interface ResourceTable<T extends FhirResource['resourceType'] = FhirResource['resourceType']> {
  resource: T;
  /** Elements of the resource that are asked for, beside those that every row needs. */
  elements: readonly string[];
  /** Column by which rows are asked → the search for these keys. */
  by: Readonly<Record<string, (keys: readonly string[]) => Search>>;
  rows(resource: ResourceOf<T>): readonly Cells[];
}

const table = <T extends FhirResource['resourceType']>(one: ResourceTable<T>): ResourceTable =>
  one as unknown as ResourceTable;

const ofPatients = (keys: readonly string[]): Search => ({
  patient: keys.map((key) => `Patient/${key}`).join(','),
});
const identified =
  (system: string) =>
  (keys: readonly string[]): Search => ({
    identifier: keys.map((key) => `${system}|${key}`).join(','),
  });

/** Of somebody's, by the reference that says whose it is. What was entered in error is nobody's. */
const ofSubject = (
  { subject }: { subject?: Reference | undefined },
  inError: boolean,
  rowOf: (patient: string) => Cells,
): readonly Cells[] => (inError ? [] : [rowOf(cells.idIn(subject, 'Patient') ?? '')]);

const DEDUCTED = ['finished', 'cancelled'];

export const TABLES: Readonly<Record<string, ResourceTable>> = {
  PATIENT: table({
    resource: 'Patient',
    elements: [
      ...['identifier', 'name', 'birthDate', 'gender', 'extension', 'communication', 'deceasedBoolean'],
      ...['deceasedDateTime', 'link', 'managingOrganization', 'contained'],
    ],
    by: { 'PATIENT.PATIENT_ID': (keys) => ({ _id: keys.join(',') }) },
    rows: (patient) => [patientRow(patient)],
  }),
  PATIENT_ADDR: table({
    resource: 'Patient',
    elements: ['address'],
    by: { 'PATIENT_ADDR.PATIENT_ID': (keys) => ({ _id: keys.join(',') }) },
    rows: ({ id, address = [], meta }) =>
      address.map((one, at) => ({
        'PATIENT_ADDR.ADDR_ID': one.id ?? `${id}-${at}`,
        'PATIENT_ADDR.PATIENT_ID': id,
        'PATIENT_ADDR.ADDR1': one.line?.[0] ?? null,
        'PATIENT_ADDR.ADDR2': one.line?.slice(1).join(', ') || null,
        'PATIENT_ADDR.TOWN': one.city ?? null,
        'PATIENT_ADDR.POSTCODE': one.postalCode ?? null,
        'PATIENT_ADDR.UPRN': cells.uprnOf(one),
        'PATIENT_ADDR.ADDR_TYPE': cells.addressKind(one),
        'PATIENT_ADDR.START_DT': cells.dayOf(one.period?.start),
        'PATIENT_ADDR.END_DT': cells.dayOf(one.period?.end),
        'PATIENT_ADDR.CURR_YN': one.use === 'old' ? 'N' : 'Y',
        'PATIENT_ADDR.LAST_UPD': cells.updatedOf({ meta }),
      })),
  }),
  PATIENT_TEL: table({
    resource: 'Patient',
    elements: ['telecom'],
    by: { 'PATIENT_TEL.PATIENT_ID': (keys) => ({ _id: keys.join(',') }) },
    rows: ({ id, telecom = [], meta }) =>
      telecom
        .filter(({ use }) => use !== 'old')
        .map((one, at) => ({
          'PATIENT_TEL.TEL_ID': one.id ?? `${id}-${at}`,
          'PATIENT_TEL.PATIENT_ID': id,
          'PATIENT_TEL.TEL_TYPE': cells.contactKind(one),
          'PATIENT_TEL.TEL_NO': one.value ?? null,
          'PATIENT_TEL.START_DT': cells.dayOf(one.period?.start),
          'PATIENT_TEL.LAST_UPD': cells.updatedOf({ meta }),
        })),
  }),
  PATIENT_REL: table({
    resource: 'RelatedPerson',
    elements: ['patient', 'identifier', 'extension', 'active'],
    by: {
      'PATIENT_REL.PATIENT_ID': ofPatients,
      'PATIENT_REL.REL_PATIENT_ID': identified(IDENTIFIERS.patient),
    },
    rows: (one) => {
      const relative = cells.identifierOf(one.identifier, IDENTIFIERS.patient);
      // Somebody who is no patient here has no record that anybody could be kept from.
      if (relative === null) return [];
      return [
        {
          'PATIENT_REL.REL_ID': cells.idOf(one),
          'PATIENT_REL.PATIENT_ID': cells.idIn(one.patient, 'Patient'),
          'PATIENT_REL.REL_PATIENT_ID': relative,
          'PATIENT_REL.SAME_HSE': cells.flagOf(
            cells.extensionOf(one, EXTENSIONS.sameHousehold)?.valueBoolean,
          ),
        },
      ];
    },
  }),
  PATIENT_EXCL: table({
    resource: 'Flag',
    elements: ['subject', 'category', 'status', 'extension'],
    by: { 'PATIENT_EXCL.PATIENT_ID': ofPatients },
    rows: (flag) => {
      const staff = cells.extensionOf(flag, EXTENSIONS.keptFrom)?.valueIdentifier?.value;
      if (!isOf(flag, FLAGS.keptFrom) || staff === undefined) return [];
      return ofSubject(flag, flag.status === 'entered-in-error', (patient) => ({
        'PATIENT_EXCL.PATIENT_ID': patient,
        'PATIENT_EXCL.STAFF_ID': staff,
      }));
    },
  }),
  PRACT_REG: table({
    resource: 'EpisodeOfCare',
    elements: ['patient', 'status', 'period', 'managingOrganization', 'careManager', 'contained'],
    by: { 'PRACT_REG.PATIENT_ID': ofPatients },
    rows: (episode) => {
      if (episode.status === 'entered-in-error') return [];
      const practice = cells.containedIn(episode, episode.managingOrganization, 'Organization');
      return [
        {
          'PRACT_REG.REG_ID': cells.idOf(episode),
          'PRACT_REG.PATIENT_ID': cells.idIn(episode.patient, 'Patient'),
          'PRACT_REG.PRACT_ODS': cells.identifierOf(practice?.identifier, IDENTIFIERS.organisation),
          'PRACT_REG.STAT_CD': DEDUCTED.includes(episode.status)
            ? 'D'
            : cells.codeBy({ active: 'R', onhold: 'R' }, episode.status),
          'PRACT_REG.REG_DT': cells.dayOf(episode.period?.start),
          'PRACT_REG.DEDUCT_DT': cells.dayOf(episode.period?.end),
          'PRACT_REG.LAST_UPD': cells.updatedOf(episode),
          ...practiceRow(practice),
          ...staffRow(cells.containedIn(episode, episode.careManager, 'Practitioner')),
        },
      ];
    },
  }),
  PROBLEM: table({
    resource: 'Condition',
    elements: ['subject', 'code', 'clinicalStatus', 'verificationStatus', 'onsetDateTime'],
    by: { 'PROBLEM.PATIENT_ID': ofPatients },
    rows: (one) =>
      ofSubject(one, isInError(one.verificationStatus), (patient) => ({
        'PROBLEM.PROB_ID': cells.idOf(one),
        'PROBLEM.PATIENT_ID': patient,
        'PROBLEM.SNOMED_ID': cells.codeOf(one.code, CODES.snomed) ?? null,
        'PROBLEM.TERM': cells.wordsOf(one.code),
        'PROBLEM.STAT_CD': cells.codeBy(
          { active: 'A', recurrence: 'A', relapse: 'A', inactive: 'P', remission: 'P', resolved: 'P' },
          one.clinicalStatus?.coding?.[0]?.code,
        ),
        'PROBLEM.SENS_YN': cells.sealedOf(one),
        'PROBLEM.ONSET_DT': cells.dayOf(one.onsetDateTime),
        'PROBLEM.LAST_UPD': cells.updatedOf(one),
      })),
  }),
  MEDICATION: table({
    resource: 'MedicationRequest',
    elements: ['subject', 'status', 'medicationCodeableConcept', 'dosageInstruction', 'authoredOn'],
    by: { 'MEDICATION.PATIENT_ID': ofPatients },
    rows: (one) =>
      ofSubject(one, one.status === 'entered-in-error' || one.status === 'draft', (patient) => ({
        'MEDICATION.MED_ID': cells.idOf(one),
        'MEDICATION.PATIENT_ID': patient,
        'MEDICATION.DRUG_NM': cells.wordsOf(one.medicationCodeableConcept),
        'MEDICATION.DOSE_TXT': one.dosageInstruction?.map(({ text }) => text).find((text) => text) ?? null,
        'MEDICATION.SENS_YN': cells.sealedOf(one),
        'MEDICATION.START_DT': cells.dayOf(one.authoredOn),
        'MEDICATION.STOP_DT': stopped(one),
        'MEDICATION.LAST_UPD': cells.updatedOf(one),
      })),
  }),
  ALLERGY: table({
    resource: 'AllergyIntolerance',
    elements: ['patient', 'code', 'reaction', 'verificationStatus'],
    by: { 'ALLERGY.PATIENT_ID': ofPatients },
    rows: (one) =>
      ofSubject({ subject: one.patient }, isInError(one.verificationStatus), (patient) => ({
        'ALLERGY.ALLERGY_ID': cells.idOf(one),
        'ALLERGY.PATIENT_ID': patient,
        'ALLERGY.SUBSTANCE': cells.wordsOf(one.code),
        'ALLERGY.REACTION':
          one.reaction
            ?.flatMap(({ manifestation = [] }) => manifestation.map(cells.wordsOf))
            .filter((words) => words !== null)
            .join(', ') || null,
        'ALLERGY.LAST_UPD': cells.updatedOf(one),
      })),
  }),
  CONSULTATION: table({
    resource: 'Encounter',
    elements: ['subject', 'identifier', 'status', 'period', 'participant', 'serviceProvider'],
    by: {
      'CONSULTATION.PATIENT_ID': ofPatients,
      'CONSULTATION.CONS_ID': identified(IDENTIFIERS.encounter),
    },
    rows: (one) =>
      ofSubject(one, one.status === 'entered-in-error', (patient) => consultationRow(one, patient)),
  }),
  HV_MEMBER: community({
    'HV_MEMBER.PATIENT_ID': ofPatients,
    'HV_MEMBER.CASE_ID': identified(IDENTIFIERS.communityCase),
  }),
  HV_CASELOAD: community({ 'HV_CASELOAD.CASE_ID': identified(IDENTIFIERS.communityCase) }),
  CPIS_FLAG: table({
    resource: 'Flag',
    elements: ['subject', 'category', 'status', 'code', 'period', 'author'],
    by: { 'CPIS_FLAG.PATIENT_ID': ofPatients },
    rows: (flag) => {
      if (!isOf(flag, FLAGS.childProtection)) return [];
      return ofSubject(flag, flag.status === 'entered-in-error', (patient) => ({
        'CPIS_FLAG.FLAG_ID': cells.idOf(flag),
        'CPIS_FLAG.PATIENT_ID': patient,
        'CPIS_FLAG.PLAN_TYPE': cells.codeOf(flag.code, CODES.protectionPlan) ?? null,
        'CPIS_FLAG.ST_DT': cells.dayOf(flag.period?.start),
        'CPIS_FLAG.END_DT': cells.dayOf(flag.period?.end),
        'CPIS_FLAG.LA_CODE':
          flag.author?.identifier?.system === IDENTIFIERS.authority
            ? (flag.author.identifier.value ?? null)
            : null,
        'CPIS_FLAG.LAST_UPD': cells.updatedOf(flag),
      }));
    },
  }),
  STAFF: table({
    resource: 'Practitioner',
    elements: ['identifier'],
    by: { 'STAFF.STAFF_ID': identified(IDENTIFIERS.staff) },
    rows: (practitioner) => [staffRow(practitioner)],
  }),
};

/** A family's or pupil's place on a visitor's list, told once of each of them. */
function community(by: ResourceTable['by']): ResourceTable {
  return table({
    resource: 'CarePlan',
    elements: ['subject', 'identifier', 'status', 'category', 'period', 'author', 'contributor', 'contained'],
    by,
    rows: (plan) =>
      ofSubject(plan, plan.status === 'entered-in-error', (patient) => {
        const number = cells.identifierOf(plan.identifier, IDENTIFIERS.communityCase);
        const team = cells.containedIn(plan, plan.contributor?.[0], 'Organization');
        return {
          'HV_MEMBER.CASE_ID': number,
          'HV_MEMBER.PATIENT_ID': patient,
          'HV_CASELOAD.CASE_ID': number,
          'HV_CASELOAD.SVC_CD':
            plan.category?.map((one) => cells.codeOf(one, CODES.communityService)).find((code) => code) ??
            null,
          'HV_CASELOAD.STAFF_ID':
            cells.identifierOf(
              cells.containedIn(plan, plan.author, 'Practitioner')?.identifier,
              IDENTIFIERS.staff,
            ) ?? null,
          'HV_CASELOAD.TEAM_CD': cells.identifierOf(team?.identifier, IDENTIFIERS.team),
          'HV_CASELOAD.START_DT': cells.dayOf(plan.period?.start),
          'HV_CASELOAD.END_DT': cells.dayOf(plan.period?.end),
          'HV_CASELOAD.LAST_UPD': cells.updatedOf(plan),
          ...staffRow(cells.containedIn(plan, plan.author, 'Practitioner')),
          'TEAM.TEAM_CD': cells.identifierOf(team?.identifier, IDENTIFIERS.team),
          'TEAM.TEAM_NM': team?.name ?? null,
        };
      }),
  });
}

function patientRow(patient: Patient): Cells {
  const { id, name = [], communication = [], link = [] } = patient;
  const official =
    name.find(({ use }) => use === 'official') ?? name.find(({ use }) => use === 'usual') ?? name[0];
  const practice = cells.containedIn(patient, patient.managingOrganization, 'Organization');
  const [speaks] = communication;
  return {
    'PATIENT.PATIENT_ID': id ?? null,
    'PATIENT.NHS_NO': cells.identifierOf(patient.identifier, IDENTIFIERS.nhsNumber),
    'PATIENT.PDS_SEC': security(patient),
    'PATIENT.PRACT_ODS': cells.identifierOf(practice?.identifier, IDENTIFIERS.organisation),
    'PATIENT.SURNAME': official?.family ?? null,
    'PATIENT.FORENAME': official?.given?.join(' ') ?? null,
    'PATIENT.KNOWN_AS': name.find(({ use }) => use === 'nickname')?.given?.join(' ') ?? null,
    'PATIENT.DOB': patient.birthDate ?? null,
    'PATIENT.DOB_EST': cells.flagOf(cells.extensionOf(patient, EXTENSIONS.estimatedBirth)?.valueBoolean),
    'PATIENT.SEX': cells.codeBy({ male: 'M', female: 'F', other: 'I', unknown: 'U' }, patient.gender),
    'PATIENT.ETHNIC_CD':
      cells.codeOf(cells.extensionOf(patient, EXTENSIONS.ethnicity)?.valueCodeableConcept, CODES.ethnicity) ??
      null,
    'PATIENT.LANG_CD': cells.codeOf(speaks?.language, CODES.language)?.toUpperCase() ?? null,
    'PATIENT.INTERP_YN': cells.flagOf(cells.extensionOf(patient, EXTENSIONS.interpreter)?.valueBoolean),
    'PATIENT.COMM_NEEDS': cells.extensionOf(patient, EXTENSIONS.communicationNeeds)?.valueString ?? null,
    'PATIENT.DECD_YN': patient.deceasedDateTime === undefined ? cells.flagOf(patient.deceasedBoolean) : 'Y',
    'PATIENT.MERGED_TO': cells.idIn(link.find(({ type }) => type === 'replaced-by')?.other, 'Patient'),
    'PATIENT.LAST_UPD': cells.updatedOf(patient),
    ...practiceRow(practice),
  };
}

/**
 * What PDS says of the patient: R where the record is labelled restricted; else by the status of the NHS number, U where it
 * was verified, V where it needs to be resolved. A label of no list hides the patient, as a code of no list does.
 */
function security(patient: Patient): string | null {
  const sealed = cells.sealedOf(patient);
  if (sealed === 'Y') return 'R';
  if (sealed === '?') return '?';
  const number = patient.identifier?.find(({ system }) => system === IDENTIFIERS.nhsNumber);
  const status = number && cells.extensionOf(number, EXTENSIONS.verification)?.valueCodeableConcept;
  const code = cells.codeOf(status, CODES.verification);
  return code === '01' ? 'U' : code === '05' ? 'V' : null;
}

const practiceRow = (practice: Organization | undefined): Cells => ({
  'PRACTICE.PRACT_ODS': cells.identifierOf(practice?.identifier, IDENTIFIERS.organisation),
  'PRACTICE.PRACT_NM': practice?.name ?? null,
  'PRACTICE.TEL_NO': practice?.telecom?.find(({ system }) => system === 'phone')?.value ?? null,
});

const staffRow = (practitioner: Practitioner | undefined): Cells => ({
  'STAFF.STAFF_ID': cells.identifierOf(practitioner?.identifier, IDENTIFIERS.staff),
  'STAFF.STAFF_NM': practitioner?.name?.[0]?.text ?? null,
  'STAFF.JOB_TITLE':
    practitioner?.qualification?.map(({ code }) => cells.wordsOf(code)).find((words) => words) ?? null,
  'STAFF.TEL_NO': practitioner?.telecom?.find(({ system }) => system === 'phone')?.value ?? null,
});

function consultationRow(one: Encounter, patient: string): Cells {
  const staff = one.participant?.map(({ individual }) => individual?.identifier);
  const isOpen = { planned: 'O', arrived: 'O', triaged: 'O', 'in-progress': 'O', onleave: 'O' };
  return {
    'CONSULTATION.CONS_ID': cells.identifierOf(one.identifier, IDENTIFIERS.encounter),
    'CONSULTATION.PATIENT_ID': patient,
    'CONSULTATION.STAFF_ID': staff?.find((who) => who?.system === IDENTIFIERS.staff)?.value ?? null,
    'CONSULTATION.STAT_CD': cells.codeBy({ ...isOpen, finished: 'C', cancelled: 'C' }, one.status),
    'CONSULTATION.CLOSE_DT': cells.dayOf(one.period?.end),
  };
}

/** FHIR has no day on which a medicine was stopped; that it was is all the words ask. What is on hold may be taken or not. */
function stopped(one: MedicationRequest): string | null {
  if (one.status === 'active') return null;
  const over = ['stopped', 'completed', 'cancelled'].includes(one.status);
  return over ? (cells.dayOf(one.meta?.lastUpdated) ?? '1970-01-01') : `?${one.status}`;
}

const isInError = (status: CodeableConcept | undefined): boolean =>
  status?.coding?.some(({ code }) => code === 'entered-in-error' || code === 'refuted') ?? false;

const isOf = ({ category = [] }: Flag, wanted: string) =>
  category.some(({ coding = [] }) =>
    coding.some(({ system, code }) => system === CODES.flagCategory && code === wanted),
  );
