import { createHash } from 'node:crypto';
import { type AgencyId, type IndexRecord, readIdentifier } from '../../../adapters/contract.ts';
import { blockingKeys } from '../../linkage/block/keys.ts';
import type { Features } from '../../linkage/features.ts';
import { birthDate } from '../../linkage/normalise/birth-date.ts';
import { nameText } from '../../linkage/normalise/name.ts';
import { READING } from '../../linkage/normalise/read-features.ts';
import { hash32 } from '../../linkage/random.ts';
import type { IndexFeature } from '../../sharing/policy/policies.ts';
import type { HashedIdentifier, IndexedName, IndexRow } from '../../store/tables.ts';
import type { FeatureHash } from './feature-hash.ts';
import { formsOf } from './key-forms.ts';
import { linkageFeatures } from './linkage-features.ts';
import { placeKeys, searchKeys } from './search-keys.ts';

type RowFeatures = Pick<
  IndexRow,
  'names' | 'date_of_birth' | 'sex' | 'postcode' | 'place' | 'place_was' | 'identifiers'
>;
/** A record as its feed gives it, written as JSON. */
export type FeedRow = Omit<IndexRow, 'id' | 'person' | 'pending' | 'block_keys'> & {
  block_keys: readonly number[];
};
/** Told of what cannot be read, without the value. */
type Note = (problem: string) => void;

const readFeatures = linkageFeatures();

/** Names the record of an agency across agencies. */
export const recordKey = (agency: AgencyId, record: string): string => `${agency}|${record}`;

/**
 * What the index keeps of a record: the features that the agency shares, normalised, identifiers and places as keyed
 * hashes; and always what protects the person and keeps others away, which the agency needs kept whatever it shares.
 */
export function indexRow(
  agency: AgencyId,
  record: IndexRecord,
  share: ReadonlySet<IndexFeature>,
  hash: FeatureHash,
  note: Note = () => {},
): FeedRow {
  const kept = {
    agency,
    record: record.record,
    merged_into: record.mergedInto,
    ...sharedFeatures(agency, record, share, hash, note),
    protections: sorted(record.protections),
    relatives: sorted(record.related.map((one) => one.record)),
    household: sorted(record.related.filter((one) => one.sameHousehold).map((one) => one.record)),
    adverse: sorted(record.adverse),
    excluded_staff: sorted(record.excludedStaff),
  };
  const isHashed = kept.place !== null || kept.identifiers.length > 0;
  const row = {
    ...kept,
    key_id: isHashed ? hash.key : null,
    block_keys: metUnder(kept),
    search_keys: sorted(searchKeys(kept)),
    place_keys: sorted(placeKeys(kept)),
  };
  return {
    ...row,
    content: createHash('sha256')
      .update(JSON.stringify([READING, row]))
      .digest('base64url'),
  };
}

/** Blocking keys under both keys of the index. */
function metUnder(row: Parameters<typeof matchRecord>[0]): number[] {
  const record = matchRecord(row);
  const identifiers = record.identifiers.flatMap((one) => formsOf(one).map((hash) => ({ ...one, hash })));
  const under = (place: string | null) => blockKeys(readFeatures({ ...record, place, identifiers }));
  if (!record.placeWas) return under(record.place);
  return [...new Set([...under(record.place), ...under(record.placeWas)])].toSorted((a, b) => a - b);
}

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

function sharedFeatures(
  agency: AgencyId,
  record: IndexRecord,
  share: ReadonlySet<IndexFeature>,
  hash: FeatureHash,
  note: Note,
): RowFeatures {
  const born = share.has('dateOfBirth') ? record.dateOfBirth : null;
  const place = share.has('place') && record.place !== null ? hash.place(record.place) : null;
  return {
    names: share.has('names') ? names(record) : [],
    date_of_birth: born === null || birthDate(born) === null ? null : born,
    sex: share.has('sex') ? record.sex : null,
    postcode: share.has('postcode') ? postcode(record.postcode) : null,
    place: place?.hash ?? null,
    place_was: place?.was ?? null,
    identifiers: share.has('identifiers') ? identifiers(agency, record, hash, note) : [],
  };
}

function names(record: IndexRecord): IndexedName[] {
  const all = record.names.map((name) => ({
    given: nameText(name.givenName, 'given'),
    family: nameText(name.familyName, 'family'),
  }));
  const known = all.filter(({ given, family }) => given !== null || family !== null);
  return unique(known);
}

function identifiers(
  agency: AgencyId,
  record: IndexRecord,
  hash: FeatureHash,
  note: Note,
): HashedIdentifier[] {
  const all = record.identifiers.flatMap(({ system, value, verified }): HashedIdentifier[] => {
    const hashed = hash.identifier(system, value, agency);
    if (hashed === null) {
      note(`${system}: cannot be read`);
      return [];
    }
    const { temporary } = readIdentifier(system, value) ?? { temporary: false };
    return [{ system, ...hashed, verified, ...(temporary && { temporary: true as const }) }];
  });
  return unique(all);
}

/** Without spaces and case; null if it cannot be one. */
export function postcode(text: string | null | undefined): string | null {
  const compact = (text ?? '').toUpperCase().replace(/\s/g, '');
  return /^[A-Z0-9]{5,7}$/.test(compact) ? compact : null;
}

function unique<T>(items: readonly T[]): T[] {
  return sorted(items.map((item) => JSON.stringify(item))).map((text) => JSON.parse(text) as T);
}

function sorted<T extends string>(items: readonly T[]): T[] {
  return [...new Set(items)].toSorted();
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
