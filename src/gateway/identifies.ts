import type { IdentifierSystem } from '../../adapters/contract.ts';
import { canonicalIdentifier } from '../person-index/identifier-form.ts';

/** Whether that can be somebody's number in that system: of the right form, with the right check character. */
export function identifies(system: IdentifierSystem, value: string): boolean {
  return canonicalIdentifier(system, value) !== null;
}
