import type { Decisions } from '../../sharing/policy/types.ts';

/** What may be read of one record, and whether its places are hidden. */
export interface RecordAuthority {
  decisions: Decisions;
  /** Places and free text of this person are as if they were not there. */
  placeShield: boolean;
  /**
   * Stands in for the record of somebody whom the agency has nobody linked to, where that alone must not show: what is
   * asked of a record is asked, so that it takes as long and fails alike, and no row answers.
   */
  standIn?: true;
}

/** What one request may read: handed to every executor with the GraphQL context, and asked before any SQL is made. */
export interface Authority {
  now: Date;
  signal: AbortSignal;
  requestId: string;
  /** Null when the key is not among the request's own resolved subjects. */
  of(agency: string, record: string): RecordAuthority | null;
  /** The agency's records of people who are hidden from this caller: rows about them are not there. */
  hidden(agency: string): readonly string[];
  /** Takes a data-quality note: what was wrong and where, never the value. */
  note(agency: string, problem: string): void;
}

/** The part of the GraphQL context that executors read. */
export interface AuthorityContext {
  authority: Authority;
}
