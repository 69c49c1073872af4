import type { SectionSource } from '../contract.ts';
import { childSafeguarding } from './child-safeguarding.ts';
import { clinical, mentalHealth } from './clinical.ts';
import { demographics } from './demographics.ts';
import { identifiers, identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { addresses, contact } from './location.ts';
import type { PrimaryCareTables } from './tables.ts';

/** Sexual health is in no section: its table is not named here, so the gateway's login cannot read it either. */
export const sections: Readonly<Record<string, SectionSource<PrimaryCareTables>>> = {
  identity,
  identifiers,
  demographics,
  contact,
  addresses,
  involvements,
  childSafeguarding,
  mentalHealth,
  clinical,
};
