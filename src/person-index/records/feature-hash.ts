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

interface Placed {
  place: string | null;
  /** `place` under the previous key. */
  placeWas?: string | null | undefined;
}
export type Hashed = Placed & { identifiers: readonly KeyedHash[] };

/** All hashes by which a value may be met. */
export const formsOf = ({ hash, was }: KeyedHash): string[] => (was === undefined ? [hash] : [hash, was]);

/** The two are at one place, whichever key either was read under. */
export function samePlace(one: Placed, other: Placed): boolean {
  const theirs = new Set(placeForms(other));
  return placeForms(one).some((form) => theirs.has(form));
}

const placeForms = ({ place, placeWas }: Placed): string[] =>
  [place, placeWas].filter((form) => typeof form === 'string');

/**
 * Records that are compared together, so that what is equal under either key is one `hash` and one `place`: what a
 * record has under the previous key alone takes the form that another of them has under both. What stays as it is is
 * the same object.
 */
export function inOneForm<T extends Hashed>(records: readonly T[]): readonly T[] {
  const current = new Map<string, string>();
  for (const { place, placeWas, identifiers } of records) {
    for (const { hash, was } of identifiers) learn(current, hash, was);
    if (place !== null) learn(current, place, placeWas);
  }
  if (current.size === 0) return records;
  const isOld = (hash: string | null) => hash !== null && current.has(hash);
  return records.map((record) =>
    isOld(record.place) || record.identifiers.some(({ hash }) => isOld(hash))
      ? {
          ...record,
          place: record.place && (current.get(record.place) ?? record.place),
          identifiers: record.identifiers.map((one) => ({ ...one, hash: current.get(one.hash) ?? one.hash })),
        }
      : record,
  );
}

/** Not both ways: a change of key that is taken back leaves records of which each has what the other had before. */
function learn(current: Map<string, string>, hash: string, was: string | null | undefined): void {
  if (typeof was === 'string' && current.get(hash) !== was) current.set(was, hash);
}
