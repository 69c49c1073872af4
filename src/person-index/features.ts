import { createHash } from 'node:crypto';
import type { AgencyId, IndexRecord } from '../../adapters/contract.ts';
import type { IndexFeature } from '../sharing/policies.ts';
import { blockKeys } from './block-keys.ts';
import type { FeatureHash } from './feature-hash.ts';
import { formsOf } from './key-forms.ts';
import { linkageFeatures } from './linkage-features.ts';
import type { HashedIdentifier } from './matcher.ts';
import { givenName, type IndexedName } from './names.ts';
import { placeKeys, searchKeys } from './search-keys.ts';
import type { IndexRow } from './tables.ts';

type Features = Pick<
  IndexRow,
  'names' | 'date_of_birth' | 'sex' | 'postcode' | 'place' | 'place_was' | 'identifiers'
>;
/** Filled in by systems that insist on a date. */
const FILLER_DATES = new Set(['1900-01-01', '1899-12-30', '1970-01-01']);

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
): Omit<IndexRow, 'person'> {
  const kept = {
    agency,
    record: record.record,
    merged_into: record.mergedInto,
    ...sharedFeatures(agency, record, share, hash),
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
  return { ...row, content: createHash('sha256').update(JSON.stringify(row)).digest('base64url') };
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
export function matchRecord(row: Pick<IndexRow, 'agency' | 'record' | 'merged_into'> & Features) {
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
): Features {
  const born = share.has('dateOfBirth') ? record.dateOfBirth : null;
  const place = share.has('place') && record.place !== null ? hash.place(record.place) : null;
  return {
    names: share.has('names') ? names(record) : [],
    date_of_birth: born === null || FILLER_DATES.has(born) ? null : born,
    sex: share.has('sex') ? record.sex : null,
    postcode: share.has('postcode') ? postcode(record.postcode) : null,
    place: place?.hash ?? null,
    place_was: place?.was ?? null,
    identifiers: share.has('identifiers') ? identifiers(agency, record, hash) : [],
  };
}

function names(record: IndexRecord): IndexedName[] {
  const all = record.names.map((name) => ({
    given: givenName(name.givenName),
    // The words of a double name are kept apart: people are known by one of them.
    family: givenName(name.familyName),
  }));
  const known = all.filter(({ given, family }) => given !== null || family !== null);
  return unique(known);
}

function identifiers(agency: AgencyId, record: IndexRecord, hash: FeatureHash): HashedIdentifier[] {
  const all = record.identifiers.flatMap(({ system, value, verified }) => {
    const hashed = hash.identifier(system, value, agency);
    return hashed === null ? [] : [{ system, ...hashed, verified }];
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
