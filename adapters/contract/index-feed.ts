import type { Kysely } from 'kysely';
import type { DecodeContext } from './decoding.ts';
import type { PlainDate, RecordId } from './ids.ts';
import type { ColumnOf } from './rows.ts';

export const IDENTIFIER_SYSTEMS = [
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'PNC',
  'CRO',
  'CRN',
  'NOMS',
  'LOCAL',
] as const;
export type IdentifierSystem = (typeof IDENTIFIER_SYSTEMS)[number];
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
}
