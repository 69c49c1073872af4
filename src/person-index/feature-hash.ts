import { createHmac } from 'node:crypto';
import type { AgencyId, IdentifierSystem } from '../../adapters/contract.ts';
import { canonicalIdentifier } from './identifier-form.ts';
import { type Keys, keyFor } from './keys.ts';

/** Makes the keyed hashes under which identifiers and places are kept: equal values meet, and none can be read back. */
export interface FeatureHash {
  /** Null for what cannot be such an identifier. A LOCAL number is its issuer's own; without an issuer it is nobody's. */
  identifier(system: IdentifierSystem, value: string, issuer: AgencyId | null): string | null;
  place(place: string): string;
}

export function createFeatureHash(keys: Keys): FeatureHash {
  const key = keyFor(keys, 'index features');
  const hash = (...parts: readonly string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  return {
    identifier(system, value, issuer) {
      const canonical = canonicalIdentifier(system, value);
      if (canonical === null || (system === 'LOCAL' && issuer === null)) return null;
      return hash(system, system === 'LOCAL' ? (issuer ?? '') : '', canonical);
    },
    place: (place) => hash('place', place.trim().toUpperCase()),
  };
}
