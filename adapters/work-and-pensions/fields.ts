import type { SectionSource } from '../contract.ts';
import { benefits } from './benefits.ts';
import { identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import type { WorkAndPensionsTables } from './tables.ts';

export const sections: Readonly<Record<string, SectionSource<WorkAndPensionsTables>>> = {
  identity,
  identifiers,
  contact,
  addresses,
  involvements,
  benefits,
};
