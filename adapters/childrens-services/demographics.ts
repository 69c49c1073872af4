import {
  type CodedValue,
  codedValue,
  type Decoder,
  fieldsOf,
  noPlace,
  type SectionSource,
  textList,
  yesNo,
} from '../contract.ts';
import { DISABILITIES, ETHNICITIES, LANGUAGES } from './national-codes.ts';
import { person } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { column, list } = fieldsOf<ChildrensServicesTables>();

const disability = codedValue(DISABILITIES, 'DfE disability');
/** Those that can be read; null where none can. */
const disabilities: Decoder<CodedValue[] | null> = (cell, context) => {
  const known = (textList(cell, context) ?? [])
    .map((code) => disability(code, context))
    .filter((one) => one !== null);
  return known.length > 0 ? known : null;
};

export const demographics: SectionSource<ChildrensServicesTables> = {
  records: list(person, {
    ethnicity: column('DIM_PERSON.ETHNICITY_MAIN_CODE', codedValue(ETHNICITIES, 'DfE ethnicity'), noPlace),
    language: column('DIM_PERSON.LANGUAGE_CODE', codedValue(LANGUAGES, 'DfE language'), noPlace),
    interpreterNeeded: column('DIM_PERSON.INTERPRETER_FLAG', yesNo),
    communicationNeeds: column('DIM_PERSON.COMM_NEEDS_TXT', textList, { freeText: true }),
    disability: column('DIM_PERSON.DISABILITY_CODES', disabilities, noPlace),
  }),
};
