import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  type AgencyId,
  type IndexRecord,
  type RecordId,
  readIdentifier,
} from '../../../adapters/contract.ts';
import { birthDate } from '../../linkage/normalise/birth-date.ts';
import { nameText } from '../../linkage/normalise/name.ts';
import { READING_VERSION } from '../../linkage/normalise/read-features.ts';
import type { IndexFeature } from '../../sharing/policy/policies.ts';
import type { HashedIdentifier, IndexedName, IndexRow } from '../../store/tables.ts';
import { createFeatureHash, type FeatureHash, formsOf } from '../records/feature-hash.ts';
import { blockKeys, linkageFeatures, matchRecord, postcode, type RowFeatures } from '../records/features.ts';
import { placeKeys, searchKeys } from '../records/search-keys.ts';
import type { RefreshInput } from './feed-types.ts';

/** Records asked for at once: few, since adapters look for each among all that stands about the others of its page. */
export const PAGE = 250;

export interface ComparedPage {
  /** Records of the page. */
  records: readonly RecordId[];
  /** Those that the index does not have, or not as they are now. */
  changed: readonly FeedRow[];
  /** Ids of the rows that the index has of them. */
  known: readonly number[];
}

/** Reads an agency's records and compares them with what the index has, a page at a time. */
export interface FeedReader {
  /** A hash over all that rows are made with: keys, what the policy shares, and how features are made. */
  madeOf: string;
  /** How often each kind of dirt was met. */
  problems: ReadonlyMap<string, number>;
  note(problem: string): void;
  /** All records after this one, in the order of the agency. */
  pages(after: RecordId | null): AsyncGenerator<ComparedPage>;
  compare(records: readonly IndexRecord[]): Promise<ComparedPage>;
}

export function feedReader({ agency, source, db, store, share, keys }: RefreshInput): FeedReader {
  const hash = createFeatureHash(keys);
  const shared = new Set(share);
  const problems = new Map<string, number>();
  const note = (problem: string) => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const rowOf = (record: IndexRecord) => indexRow(agency, record, shared, hash, note);
  const compare = async (page: readonly IndexRecord[]): Promise<ComparedPage> => {
    const records = page.map(({ record }) => record);
    const rows = await store
      .selectFrom('index_record')
      .select(['id', 'record', 'content'])
      .where('agency', '=', agency)
      .where('record', '=', sql<RecordId>`any(${records}::text[])`)
      .execute();
    const contents = new Map(rows.map(({ record, content }) => [record, content]));
    // Of a record that comes twice the last counts.
    const once = new Map(page.map((record) => [record.record, record]));
    const changed = [...once.values()]
      .map(rowOf)
      .filter(({ record, content }) => contents.get(record) !== content);
    return { records, changed, known: rows.map(({ id }) => Number(id)) };
  };
  async function* pages(from: RecordId | null) {
    for (let after = from; ; ) {
      const page: readonly IndexRecord[] = await source.page(db, after, PAGE, note);
      const last = page.at(-1);
      if (!last) return;
      yield await compare(page);
      after = last.record;
    }
  }
  return { madeOf: rowOf(SPECIMEN).content, problems, note, pages, compare };
}

/** A record of nobody that has all that a record can have: what is made of it tells how rows are made. */
const SPECIMEN: IndexRecord = {
  record: 'specimen',
  mergedInto: null,
  names: [
    { givenName: 'Mary-Ann Zoë', familyName: 'O’Specimen-Smith', kind: 'CURRENT' },
    { givenName: 'Liz', familyName: 'van der Specimen', kind: 'ALIAS' },
  ],
  dateOfBirth: '2001-02-03',
  sex: 'FEMALE',
  postcode: 'ZZ99 3WZ',
  place: '9999999999',
  identifiers: [
    { system: 'NHS_NUMBER', value: '999 000 0018', verified: true },
    { system: 'NINO', value: 'QQ 00 00 01 A', verified: false },
    { system: 'LOCAL', value: 'S/0001', verified: true },
  ],
  protections: ['PROTECTED', 'PLACE_SHIELD'],
  related: [{ record: 'relative', sameHousehold: true }],
  adverse: ['other side'],
  excludedStaff: ['staff'],
};

/** A record as its feed gives it, written as JSON. */
export type FeedRow = Omit<IndexRow, 'id' | 'person' | 'pending' | 'block_keys'> & {
  block_keys: readonly number[];
};
/** Told of what cannot be read, without the value. */
type Note = (problem: string) => void;

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
      .update(JSON.stringify([READING_VERSION, row]))
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

const readFeatures = linkageFeatures();

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

function unique<T>(items: readonly T[]): T[] {
  return sorted(items.map((item) => JSON.stringify(item))).map((text) => JSON.parse(text) as T);
}

function sorted<T extends string>(items: readonly T[]): T[] {
  return [...new Set(items)].toSorted();
}
