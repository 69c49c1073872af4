import { sql } from 'kysely';
import type { IndexRecord, RecordId } from '../../../adapters/contract.ts';
import { createFeatureHash } from '../records/feature-hash.ts';
import { type FeedRow, indexRow } from '../records/features.ts';
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
