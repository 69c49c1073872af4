import type { Kysely } from 'kysely';
import type { DecodeContext } from './decoding.ts';
import type { IdentifierSystem } from './identifiers.ts';
import type { PlainDate, RecordId } from './ids.ts';
import type { ColumnOf } from './rows.ts';

export interface IndexIdentifier {
  system: IdentifierSystem;
  value: string;
  /** The agency has checked it against its issuer (NHS number status 01, say). */
  verified: boolean;
}
/** `PROTECTED`: the whole person is hidden. `PLACE_SHIELD`: places are hidden, never the person. */
export type Protection = 'PROTECTED' | 'PLACE_SHIELD';

/** One person's record as the index sees it. What the agency's policy does not share is dropped before it is stored. */
export interface IndexRecord {
  /** Exactly as the column has it: what differs in a blank is another record, to a column that does not pad. */
  record: RecordId;
  /** This record was merged into another of the same agency. */
  mergedInto: RecordId | null;
  names: readonly {
    givenName: string | null;
    familyName: string | null;
    kind: 'CURRENT' | 'ALIAS' | 'FORMER' | 'PREFERRED';
  }[];
  dateOfBirth: PlainDate | null;
  sex: 'FEMALE' | 'MALE' | 'INDETERMINATE' | 'UNKNOWN' | null;
  /** Of the current address. */
  postcode: string | null;
  /** Something that is the same for two people at the same current address (a UPRN), null if not known. */
  place: string | null;
  identifiers: readonly IndexIdentifier[];
  protections: readonly Protection[];
  /** Records of the same agency: family and household, who as callers are excluded from each other. */
  related: readonly { record: RecordId; sameHousehold: boolean }[];
  /** Records of the same agency on the other side of an abuse case, each way round. */
  adverse: readonly RecordId[];
  /** Staff (token `sub`) who must not see this person. */
  excludedStaff: readonly string[];
}

export interface IndexSource<DB> {
  reads: readonly ColumnOf<DB>[];
  /** Records in order of id, after `after`, at most `limit`; an empty page ends the pass. */
  page(
    db: Kysely<DB>,
    after: RecordId | null,
    limit: number,
    note: DecodeContext['note'],
  ): Promise<readonly IndexRecord[]>;
  /** The records with these ids; for systems that tell what has changed by another way than their tables. */
  records?: IndexChanges<DB>['records'];
  /** How this system tells what has changed. Without it every pass reads everything and compares. */
  changes?: IndexChanges<DB>;
}

/**
 * What has changed since a pass, so that the next need not read everything. A change of any row that a record is made
 * of counts, not only of its own. Records that are gone are not told: they are found by a pass that reads everything,
 * which is made now and then all the same.
 */
export interface IndexChanges<DB> {
  /** TIMESTAMP: rows say when they were last written. ID: changes are logged under ascending ids. */
  by: 'TIMESTAMP' | 'ID';
  /** Where the changes stand now, in words of the adapter's own; taken before a pass begins. */
  mark(db: Kysely<DB>): Promise<string>;
  /**
   * Ids of records that may have changed after `mark`, at most `limit` of them, and the mark to go on from. It is the same
   * mark when there is nothing more. A record may be told again; none may be left out.
   */
  since(db: Kysely<DB>, mark: string, limit: number): Promise<{ records: readonly RecordId[]; mark: string }>;
  /** The records with these ids; those that are gone are left out. */
  records(
    db: Kysely<DB>,
    ids: readonly RecordId[],
    note: DecodeContext['note'],
  ): Promise<readonly IndexRecord[]>;
}
