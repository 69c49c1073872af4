import type { AgencyId } from '../../../adapters/contract.ts';
import { blockingKeys } from '../../linkage/block/keys.ts';
import type { Address, Features, Identifier } from '../../linkage/features.ts';
import { ISSUED, temporaryType } from '../../linkage/normalise/identifier.ts';
import { type FeatureReader, featureReader } from '../../linkage/normalise/read-features.ts';
import { hash32 } from '../../linkage/random.ts';
import type { HashedIdentifier, IndexRow } from '../../store/tables.ts';
import type { MatchRecord } from './matcher.ts';

/** What is kept of a record to compare it by. */
export type RowFeatures = Pick<
  IndexRow,
  'names' | 'date_of_birth' | 'sex' | 'postcode' | 'place' | 'place_was' | 'identifiers'
>;
/** Names the record of an agency across agencies. */
export const recordKey = (agency: AgencyId, record: string): string => `${agency}|${record}`;

/** The matcher's view of a row. */
export function matchRecord(row: Pick<IndexRow, 'agency' | 'record' | 'merged_into'> & RowFeatures) {
  return {
    key: recordKey(row.agency, row.record),
    mergedInto: row.merged_into === null ? null : recordKey(row.agency, row.merged_into),
    names: row.names,
    dateOfBirth: row.date_of_birth,
    sex: row.sex,
    postcode: row.postcode,
    place: row.place,
    placeWas: row.place_was,
    identifiers: row.identifiers,
  };
}

/** Without spaces and case; null if it cannot be one. */
export function postcode(text: string | null | undefined): string | null {
  const compact = (text ?? '').toUpperCase().replace(/\s/g, '');
  return /^[A-Z0-9]{5,7}$/.test(compact) ? compact : null;
}

/**
 * Kinds of keys by their first letter. Two of one kind say the same thing twice: a name in its own order and in either
 * order, or a name with the place and the forename with the place.
 */
const KINDS = ['ns', 'b', 'f', 'g', 'h', 'k', 'i', 'p', 'u', 'a', 'oqrl', 'cdem'];
/** Kinds that the lowest bits of a key have room for. */
const ROOM = 16;

/**
 * The blocking keys of a record as numbers of at most 52 bits: a hash, with the kind of the key in the lowest four.
 * Different keys may rarely get one number; their records are then compared for nothing.
 */
export function blockKeys(features: Features): number[] {
  return [...new Set(blockingKeys(features).map(numberOf))].toSorted((one, other) => one - other);
}

function numberOf(key: string): number {
  const kind = KINDS.findIndex((letters) => letters.includes(key.charAt(0))) + 1;
  const hash = hash32(key) * 0x10000 + (hash32(`${key}~`) & 0xffff);
  return hash * ROOM + kind;
}

/** The kind of a key, from 1 to 15. */
export const kindOf = (key: number): number => key % ROOM;

/**
 * What the linkage model sees of records of the index. Places and identifiers are keyed hashes: they are the same or
 * not, never nearly so. An agency's own number says nothing about another's record, and is left out.
 */
export function linkageFeatures(): (record: Omit<MatchRecord, 'key' | 'mergedInto'>) => Features {
  const read: FeatureReader = featureReader();
  return ({ names, dateOfBirth, sex, postcode, place, identifiers }) => {
    const features = read({
      names: names.map(({ given, family }) => ({ given: given ?? '', family: family ?? '' })),
      born: dateOfBirth ?? '',
      sex: sex ?? '',
      addresses: [{ postcode: postcode ?? '' }],
      phones: [],
      identifiers: [],
    });
    return {
      ...features,
      addresses: withPlace(features.addresses, place),
      identifiers: identifiers.flatMap(numbered),
    };
  };
}

const NOWHERE: Address = {
  ...{ postcode: null, place: null, number: null, street: null },
  ...{ locality: null, suburb: null, state: null },
};

function withPlace([address = NOWHERE]: readonly Address[], place: string | null): readonly Address[] {
  return address.postcode === null && place === null ? [] : [{ ...address, place }];
}

/** Systems whose numbers are kept only if their check character is right. */
const WITH_CHECK: ReadonlySet<string> = new Set(['NHS_NUMBER', 'UPN', 'PNC']);

function numbered({ system, hash, verified, temporary }: HashedIdentifier): Identifier[] {
  if (system === 'LOCAL') return [];
  if (temporary) return [{ type: temporaryType(system), value: hash, trust: 'PLAIN', hashed: true }];
  const trust = verified
    ? 'CHECKED'
    : WITH_CHECK.has(system)
      ? 'VALID'
      : ISSUED.has(system)
        ? 'FORMED'
        : 'PLAIN';
  return [{ type: system, value: hash, trust, hashed: true }];
}
