import type { SectionSource } from '../contract.ts';
import { identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import type { AdultTables } from './tables.ts';

export const sections: Readonly<Record<string, SectionSource<AdultTables>>> = {
  identity,
  identifiers,
  contact,
  addresses,
  involvements,
};
