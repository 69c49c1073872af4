import type { SectionSource } from '../contract.ts';
import { identifiers, identity } from './identity.ts';
import { addresses, contact } from './location.ts';
import { involvements, orders, publicProtection } from './supervision.ts';
import type { ProbationTables } from './tables.ts';
import { warningMarkers } from './warnings.ts';

export const sections: Readonly<Record<string, SectionSource<ProbationTables>>> = {
  identity,
  identifiers,
  contact,
  addresses,
  involvements,
  warningMarkers,
  orders,
  publicProtection,
};
