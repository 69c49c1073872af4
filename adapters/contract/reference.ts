import type { Kysely } from 'kysely';
import type { AgencyId, RecordId } from './ids.ts';
import type { ColumnOf } from './rows.ts';

/** What the issuing agency's own log says of a case or incident. */
export interface ReferenceFacts {
  live: boolean;
  place: 'PUBLIC' | 'DWELLING' | null;
  /** Consent recorded on the reference; null where the kind of reference records none. */
  consent: boolean | null;
  /** Who is on it now, whichever organisation they are of; `staff` is the token's `sub`. */
  staff: readonly { organisation: AgencyId; staff: string }[];
  /** The agency's own person records that it ties. */
  people: readonly RecordId[];
}

/** Statements of an adapter's own; `reads` are granted to the gateway's login beside the field table's columns. */
export interface ReferenceSource<DB> {
  /** In words, with an example: "the incident's occurrence number, such as 26/000123". */
  description: string;
  reads: readonly ColumnOf<DB>[];
  /** Null when there is no such reference. Throws only when the database cannot answer. */
  find(db: Kysely<DB>, reference: string, now: Date): Promise<ReferenceFacts | null>;
  /** Which of these person records are on the caseload of this member of the agency's own staff. */
  caseload(
    db: Kysely<DB>,
    staff: string,
    people: readonly RecordId[],
    now: Date,
  ): Promise<readonly RecordId[]>;
}
