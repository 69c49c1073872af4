import {
  type Decoder,
  dateOfBirth,
  fieldsOf,
  localText,
  meaning,
  type SectionSource,
  someTrueUnlessUnsure,
  text,
  yesNo,
} from '../contract.ts';
import { RELATIONSHIPS } from './codes.ts';
import { relationship } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { column, columns, list, value } = fieldsOf<ChildrensServicesTables>();

const COMING_OF_AGE = 18;

/**
 * Of what they are to the person, whether they live together, when they were born and whether they are not born yet:
 * a child of theirs, under 18 and in the same household. A baby who is expected does not depend on anybody yet.
 */
const isDependentChild: Decoder<boolean | null> = (cells, context) => {
  const [relation, together, born, unborn] = cells as readonly unknown[];
  const relationship = meaning(RELATIONSHIPS)(relation, context);
  if (relationship !== null && relationship !== 'CHILD') return false;
  const sameHousehold = yesNo(together, context);
  if (sameHousehold === false || yesNo(unborn, context) === true) return false;
  const birthday = dateOfBirth(born, context);
  const minor = birthday === null ? null : isMinor(birthday, context.now);
  if (minor === false) return false;
  return relationship === null || sameHousehold === null ? null : minor;
};

const isMinor = (birthday: string, now: Date): boolean => {
  const today = localText(now).slice(0, 10);
  return `${Number(today.slice(0, 4)) - COMING_OF_AGE}${today.slice(4)}` < birthday;
};

export const household: SectionSource<ChildrensServicesTables> = {
  members: list(
    relationship,
    {
      relationship: column('FACT_RELATIONSHIPS.RELATION_CODE', meaning(RELATIONSHIPS)),
      parentalResponsibility: column('FACT_RELATIONSHIPS.PARENTAL_RESP_FLAG', yesNo),
      sameAddress: column('FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG', yesNo),
      expected: column('DIM_PERSON.UNBORN_FLAG', yesNo),
    },
    { otherPerson: column('FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID', text) },
  ),
  dependentChildren: value(
    relationship,
    columns(
      [
        'FACT_RELATIONSHIPS.RELATION_CODE',
        'FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG',
        'DIM_PERSON.BIRTH_DTTM',
        'DIM_PERSON.UNBORN_FLAG',
      ],
      isDependentChild,
    ),
    someTrueUnlessUnsure,
  ),
};
