import type { SectionSource } from '../contract.ts';
import { education } from './education.ts';
import { household } from './household.ts';
import { demographics, identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import type { EducationTables } from './tables.ts';

export const sections: Readonly<Record<string, SectionSource<EducationTables>>> = {
  identity,
  identifiers,
  demographics,
  contact,
  addresses,
  household,
  involvements,
  education,
};
