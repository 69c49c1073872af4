import type { SectionSource } from '../contract.ts';
import { domesticAbuse } from './domestic-abuse.ts';
import { policeEvents } from './events.ts';
import { identifiers, identity } from './identity.ts';
import { intelligence } from './intelligence.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import { orders } from './orders.ts';
import type { PoliceTables } from './tables.ts';
import { warningMarkers } from './warnings.ts';

export const sections: Readonly<Record<string, SectionSource<PoliceTables>>> = {
  identity,
  identifiers,
  contact,
  addresses,
  involvements,
  policeEvents,
  warningMarkers,
  orders,
  intelligence,
  domesticAbuse,
};
