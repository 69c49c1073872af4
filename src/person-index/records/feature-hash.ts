import { createHmac } from 'node:crypto';
import { type AgencyId, type IdentifierSystem, readIdentifier } from '../../../adapters/contract.ts';
import type { KeyedHash } from '../../store/tables.ts';
import { type IndexKey, type Keys, keyFor } from './keys.ts';

/** Makes the keyed hashes, under the previous key too where there is one, under which identifiers and places are kept: equal values meet, and none can be read back. */
export interface FeatureHash {
  /** Id of the key that hashes are made under. */
  key: string;
  /** Null for what cannot be such an identifier. A LOCAL number is its issuer's own; without an issuer it is nobody's. */
  identifier(system: IdentifierSystem, value: string, issuer: AgencyId | null): KeyedHash | null;
  place(place: string): KeyedHash;
}

export function createFeatureHash(keys: Keys): FeatureHash {
  const { current, previous } = keys;
  const under = (key: IndexKey, parts: readonly string[]) =>
    createHmac('sha256', keyFor(key, 'index features')).update(JSON.stringify(parts)).digest('base64url');
  const hash = (...parts: readonly string[]): KeyedHash =>
    previous ? { hash: under(current, parts), was: under(previous, parts) } : { hash: under(current, parts) };
  return {
    key: current.id,
    identifier(system, value, issuer) {
      const read = readIdentifier(system, value);
      if (read === null || (system === 'LOCAL' && issuer === null)) return null;
      return hash(system, system === 'LOCAL' ? (issuer ?? '') : '', read.value);
    },
    place: (place) => hash('place', place.trim().toUpperCase()),
  };
}
