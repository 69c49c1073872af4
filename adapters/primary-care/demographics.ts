import { codedValue, fieldsOf, noPlace, type SectionSource, textList, yesNo } from '../contract.ts';
import { DISABILITIES, ETHNIC_CATEGORIES, LANGUAGES } from './codes.ts';
import { patient } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { column, list } = fieldsOf<PrimaryCareTables>();
const DICTIONARY = 'NHS Data Dictionary';

const disability = codedValue(DISABILITIES, `${DICTIONARY} disability`);
export const demographics: SectionSource<PrimaryCareTables> = {
  records: list(patient, {
    ethnicity: column(
      'PATIENT.ETHNIC_CD',
      codedValue(ETHNIC_CATEGORIES, `${DICTIONARY} ethnic category`),
      noPlace,
    ),
    language: column('PATIENT.LANG_CD', codedValue(LANGUAGES, 'ISO 639-2'), noPlace),
    interpreterNeeded: column('PATIENT.INTERP_YN', yesNo),
    communicationNeeds: column('PATIENT.COMM_NEEDS', textList, { freeText: true }),
    disability: column(
      'PATIENT.DISAB_CD',
      (cell, context) => {
        const one = disability(cell, context);
        return one && [one];
      },
      noPlace,
    ),
  }),
};
