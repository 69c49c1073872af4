import type { Kysely } from 'kysely';
import type { AgencyId, RecordId } from './ids.ts';
import type { ColumnOf } from './rows.ts';

/** What the issuing agency's own log says of a case or incident. */
export interface ReferenceFacts {
  live: boolean;
  place: 'PUBLIC' | 'DWELLING' | null;
  /** Consent recorded on the reference; null where the kind of reference records none. */
  consent: boolean | null;
  /** Who is on it now, whichever organisation they are of; `staff`, without blanks around it, is the number that the caller's token gives as theirs. */
  staff: readonly { organisation: AgencyId; staff: string }[];
  /** The agency's own person records that it ties, exactly as its column has their numbers. */
  people: readonly RecordId[];
}

/** Statements of an adapter's own; `reads` are granted to the gateway's login beside the field table's columns. */
export interface ReferenceSource<DB> {
  /** In words, with an example: "the incident's occurrence number, such as 26/000123". */
  description: string;
  /**
   * The form in which the agency issues its references, whole: nothing else is one, also while its system cannot be asked.
   */
  form: RegExp;
  reads: readonly ColumnOf<DB>[];
  /** Of these columns, those by which the system names who works on something: a number in none of them is nobody's there. */
  staffNumbers: readonly [ColumnOf<DB>, ...ColumnOf<DB>[]];
  /** Asked for references of the form alone; null when there is no such reference. Throws only when the database cannot answer. */
  find(db: Kysely<DB>, reference: string, now: Date): Promise<ReferenceFacts | null>;
  /** Which of these person records are on the caseload of this member of the agency's own staff. */
  caseload(
    db: Kysely<DB>,
    staff: string,
    people: readonly RecordId[],
    now: Date,
  ): Promise<readonly RecordId[]>;
}
