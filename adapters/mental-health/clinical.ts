import {
  bareCode,
  type CodedValue,
  type Decoder,
  date,
  dateTime,
  fieldsOf,
  noPlace,
  type SectionSource,
  text,
  timestampColumn,
  yesNo,
} from '../contract.ts';
import { allergy, diagnosis, medication, note } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { column, columns, list } = fieldsOf<MentalHealthTables>();

/** ICD-10 is too long a list to keep here: its codes come with their words in the record. */
const classified: Decoder<CodedValue | null> = (cells, context) => {
  const [code, words] = cells as readonly unknown[];
  const icd = bareCode(code, context);
  if (icd !== null && /^[A-Z]\d\d(\.?\d{1,2})?$/.test(icd))
    return { code: icd, text: text(words, context) ?? icd, system: 'ICD-10' };
  if (icd !== null) context.note('not a code of ICD-10');
  return null;
};

export const clinical: SectionSource<MentalHealthTables> = {
  diagnoses: list(diagnosis, {
    diagnosis: columns(['Diagnosis.ICD10', 'Diagnosis.Descr'], classified, noPlace),
    from: column('Diagnosis.StartDT', date),
    active: column('Diagnosis.ActiveYN', yesNo),
  }),
  medication: list(medication, {
    name: column('Medication.DrugName', text, noPlace),
    dose: column('Medication.Dose', text, noPlace),
    highRisk: column('Medication.HighRiskYN', yesNo),
    from: column('Medication.StartDT', date),
  }),
  allergies: list(allergy, {
    substance: column('Allergy.Substance', text, noPlace),
    reaction: column('Allergy.Reaction', text, noPlace),
  }),
  notes: list(
    note,
    {
      writtenAt: column('ProgNote.NoteDT', dateTime),
      text: column('ProgNote.Txt', text, { freeText: true }),
    },
    { before: { column: 'ProgNote.NoteDT', toColumn: timestampColumn } },
  ),
};
