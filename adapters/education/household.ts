import {
  type Decoder,
  fieldsOf,
  meaning,
  type SectionSource,
  someTrueUnlessUnsure,
  text,
  yesNo,
} from '../contract.ts';
import { RELATIONSHIPS } from './codes.ts';
import { relation } from './sources.ts';
import type { EducationTables } from './tables.ts';

const { column, columns, list, value } = fieldsOf<EducationTables>();

/** Whether this is a child who depends on the pupil. Where the flag is blank, of a child it cannot be told. */
const isDependentChild: Decoder<boolean | null> = (cells, context) => {
  const [dependent, related] = cells as readonly unknown[];
  if (text(dependent, context) !== null) return yesNo(dependent, context);
  const relationship = meaning(RELATIONSHIPS)(related, context);
  return relationship === null || relationship === 'CHILD' ? null : false;
};

/** A pupil about whose family nothing is written is not one without children. */
const unlessNothingIsKnown = (values: readonly unknown[]): boolean | null =>
  values.length === 0 ? null : someTrueUnlessUnsure(values);

export const household: SectionSource<EducationTables> = {
  members: list(
    relation,
    {
      relationship: column('STUD_CONT.REL_CD', meaning(RELATIONSHIPS)),
      parentalResponsibility: column('STUD_CONT.PR_YN', yesNo),
      sameAddress: column('STUD_CONT.SAME_ADR', yesNo),
    },
    { otherPerson: column('STUD_CONT.REL_STUD_ID', text) },
  ),
  dependentChildren: value(
    relation,
    columns(['STUD_CONT.DEP_YN', 'STUD_CONT.REL_CD'], isDependentChild),
    unlessNothingIsKnown,
  ),
};
