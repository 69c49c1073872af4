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
import { householdMember } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { column, columns, list, value } = fieldsOf<HousingTables>();

/** Where the flag is blank, those who are no children are no dependent children; of a child it cannot be told. */
const isDependentChild: Decoder<boolean | null> = (cells, context) => {
  const [dependent, relation] = cells as readonly unknown[];
  if (text(dependent, context) !== null) return yesNo(dependent, context);
  const relationship = meaning(RELATIONSHIPS)(relation, context);
  return relationship === null || relationship === 'CHILD' ? null : false;
};

export const household: SectionSource<HousingTables> = {
  members: list(
    householdMember,
    {
      relationship: column('household_member.rel_cd', meaning(RELATIONSHIPS)),
      sameAddress: column('household_member.lives_in', yesNo),
      expected: column('household_member.due_yn', yesNo),
    },
    { otherPerson: column('household_member.member_tenant_no', text) },
  ),
  dependentChildren: value(
    householdMember,
    columns(['household_member.dep_child', 'household_member.rel_cd'], isDependentChild),
    someTrueUnlessUnsure,
  ),
};
