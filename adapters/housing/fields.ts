import type { SectionSource } from '../contract.ts';
import { household } from './household.ts';
import { housing } from './housing.ts';
import { identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import type { HousingTables } from './tables.ts';
import { warningMarkers } from './warnings.ts';

export const sections: Readonly<Record<string, SectionSource<HousingTables>>> = {
  identity,
  identifiers,
  contact,
  addresses,
  household,
  involvements,
  warningMarkers,
  housing,
};
