import type { SectionSource } from '../contract.ts';
import { domesticAbuse } from './domestic-abuse.ts';
import { identity } from './identity.ts';
import { involvements } from './involvements.ts';
import { contact } from './safe-contact.ts';
import type { DomesticAbuseTables } from './tables.ts';

/** No identifiers: the charity has none but its own numbers, and those would only show that somebody is in its files. */
export const sections: Readonly<Record<string, SectionSource<DomesticAbuseTables>>> = {
  identity,
  contact,
  involvements,
  domesticAbuse,
};
