import type { SectionSource } from '../contract.ts';
import { clinical } from './clinical.ts';
import { crisisPlan } from './crisis-plan.ts';
import { demographics, identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import { mentalHealth } from './mental-health.ts';
import type { MentalHealthTables } from './tables.ts';
import { warningMarkers } from './warnings.ts';

export const sections: Readonly<Record<string, SectionSource<MentalHealthTables>>> = {
  identity,
  identifiers,
  demographics,
  contact,
  addresses,
  involvements,
  warningMarkers,
  mentalHealth,
  crisisPlan,
  clinical,
};
