import type { SectionSource } from '../contract.ts';
import { demographics } from './demographics.ts';
import { household } from './household.ts';
import { identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import { needs } from './needs.ts';
import { childSafeguarding } from './safeguarding.ts';
import type { ChildrensServicesTables } from './tables.ts';

export const sections: Readonly<Record<string, SectionSource<ChildrensServicesTables>>> = {
  identity,
  identifiers,
  demographics,
  contact,
  addresses,
  household,
  involvements,
  childSafeguarding,
  needs,
};
