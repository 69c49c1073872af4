/** Code lists of the NHS that more than one body of it holds, as the NHS Data Dictionary publishes them. */
import { type CodedValue, type CodeList, codedValue, codesOf, type PublishedList } from '../codes.ts';
import type { Decoder } from '../decoding.ts';

/** Ethnic category. */
export const ETHNIC_CATEGORIES: CodeList<string> = {
  A: 'White: British',
  B: 'White: Irish',
  C: 'White: any other',
  D: 'Mixed: White and Black Caribbean',
  E: 'Mixed: White and Black African',
  F: 'Mixed: White and Asian',
  G: 'Mixed: any other',
  H: 'Asian: Indian',
  J: 'Asian: Pakistani',
  K: 'Asian: Bangladeshi',
  L: 'Asian: any other',
  M: 'Black: Caribbean',
  N: 'Black: African',
  P: 'Black: any other',
  R: 'Chinese',
  S: 'Any other ethnic group',
  Z: 'Not stated',
  99: 'Not known',
};

/** ISO 639-2, and British Sign Language: those that are spoken here. */
export const LANGUAGES: CodeList<string> = {
  ENG: 'English',
  ARA: 'Arabic',
  BEN: 'Bengali',
  BSL: 'British Sign Language',
  PAN: 'Panjabi',
  POL: 'Polish',
  RON: 'Romanian',
  SOM: 'Somali',
  UKR: 'Ukrainian',
  URD: 'Urdu',
};

/** Disability. */
export const DISABILITIES: CodeList<string> = {
  '01': 'Behaviour and emotional',
  '02': 'Hearing',
  '03': 'Manual dexterity',
  '04': 'Memory or ability to concentrate, learn or understand',
  '05': 'Mobility and gross motor',
  '06': 'Perception of physical danger',
  '07': 'Personal, self care and continence',
  '08': 'Progressive conditions and physical health',
  '09': 'Sight',
  10: 'Speech',
  NN: 'No disability',
  XX: 'Other',
  ZZ: 'Not stated',
};

const disability = codedValue(DISABILITIES, 'NHS Data Dictionary disability');
/** A column that holds one disability, as the list that the vocabulary has. */
export const disabilities: Decoder<CodedValue[] | null> = (cell, context) => {
  const one = disability(cell, context);
  return one && [one];
};

/** Mental Health Act legal status classification. */
export const LEGAL_STATUSES: CodeList<string> = {
  '01': 'Informal',
  '02': 'Section 2',
  '03': 'Section 3',
  '04': 'Section 4',
  '05': 'Section 5(2)',
  '06': 'Section 5(4)',
  '07': 'Section 35',
  '08': 'Section 36',
  '09': 'Section 37 with section 41 restrictions',
  10: 'Section 37',
  12: 'Section 38',
  13: 'Section 44',
  14: 'Section 46',
  15: 'Section 47 with section 49 restrictions',
  16: 'Section 47',
  17: 'Section 48 with section 49 restrictions',
  18: 'Section 48',
  19: 'Section 135',
  20: 'Section 136',
  31: 'Criminal Procedure (Insanity) Act 1964, as amended by the Criminal Procedure (Insanity and Unfitness to Plead) Act 1991',
  32: 'Other acts',
  35: 'Guardianship under section 7',
  36: 'Guardianship under section 37',
  37: 'Section 45A, limitation direction in force',
  38: 'Section 45A, limitation direction ended',
  98: 'Not applicable',
  99: 'Not known',
};

export const PUBLISHED: readonly PublishedList[] = [
  {
    source:
      'NHS Data Dictionary, Mental Health Act legal status classification code (as in UK Core LegalStatusClassificationEngland 1.0.1)',
    count: 27,
    codes: codesOf(LEGAL_STATUSES),
  },
  {
    source: 'NHS Data Dictionary, ethnic category (2001 categories)',
    count: 18,
    codes: codesOf(ETHNIC_CATEGORIES),
  },
  { source: 'NHS Data Dictionary, disability code', count: 13, codes: codesOf(DISABILITIES) },
];
