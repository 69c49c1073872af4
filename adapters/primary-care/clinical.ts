import {
  type Decoder,
  date,
  dateTime,
  fieldsOf,
  meaning,
  noPlace,
  type SectionSource,
  text,
  timestampColumn,
  yesNo,
} from '../contract.ts';
import { PROBLEM_STATUSES } from './codes.ts';
import { problemCode } from './snomed.ts';
import { allergy, consultation, medication, patient, problem } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { column, columns, list, value } = fieldsOf<PrimaryCareTables>();

export const clinical: SectionSource<PrimaryCareTables> = {
  diagnoses: list(problem, {
    diagnosis: columns(['PROBLEM.SNOMED_ID', 'PROBLEM.TERM'], problemCode, noPlace),
    from: column('PROBLEM.ONSET_DT', date),
    active: column('PROBLEM.STAT_CD', meaning(PROBLEM_STATUSES)),
  }),
  // What was stopped is not what the patient takes.
  medication: list(
    medication,
    {
      name: column('MEDICATION.DRUG_NM', text, noPlace),
      dose: column('MEDICATION.DOSE_TXT', text, noPlace),
      highRisk: column('MEDICATION.HIGH_RISK', yesNo),
      from: column('MEDICATION.START_DT', date),
    },
    { where: { column: 'MEDICATION.STOP_DT', isNull: true } },
  ),
  allergies: list(allergy, {
    substance: column('ALLERGY.SUBSTANCE', text, noPlace),
    reaction: column('ALLERGY.REACTION', text, noPlace),
  }),
  notes: list(
    consultation,
    {
      writtenAt: column('CONSULTATION.CONS_DT', dateTime),
      text: column('CONSULTATION.NOTE_TXT', text, { freeText: true }),
    },
    { before: { column: 'CONSULTATION.CONS_DT', toColumn: timestampColumn } },
  ),
};

const practiceOf: Decoder<unknown> = (cells, context) => {
  const [code, name, phone] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  return code ? { code, name: name ?? code, phone: phone ?? null } : null;
};

export const mentalHealth: SectionSource<PrimaryCareTables> = {
  practice: value(
    patient,
    columns(['PATIENT.PRACT_ODS', 'PRACTICE.PRACT_NM', 'PRACTICE.TEL_NO'], practiceOf, { place: true }),
  ),
};
