import { GraphQLError } from 'graphql';
import type { UnavailableReason } from '../../states.ts';
import { failureWords } from '../dialects/failure.ts';

/** A record was asked for that is not among the request's own resolved subjects. Nothing was read. */
export class KeyNotResolvedError extends Error {
  readonly code = 'KEY_NOT_RESOLVED';
  constructor(agency: string, section: string) {
    super(`A key of ${section} at ${agency} is not among this request's own subjects`);
    this.name = 'KeyNotResolvedError';
  }
}

/** Rows came that cannot be told apart by the keys asked: two of them are one to the agency's column. No row is used. */
export class KeysNotDistinctError extends Error {
  readonly code = 'KEYS_NOT_DISTINCT';
  constructor() {
    super('Rows cannot be told apart by the keys that were asked');
    this.name = 'KeysNotDistinctError';
  }
}

/** A field reached the compiler that the decisions do not release. Nothing was read. */
export class FieldNotPermittedError extends Error {
  readonly code = 'FIELD_NOT_PERMITTED';
  constructor(agency: string, section: string, field: string | null) {
    super(`${field === null ? section : `${section}.${field}`} of ${agency} is not released to this request`);
    this.name = 'FieldNotPermittedError';
  }
}

/** The delegated document does not fit the agency's schema, or an argument of it cannot be understood. */
export class DocumentNotUnderstoodError extends Error {
  readonly code = 'DOCUMENT_NOT_UNDERSTOOD';
  constructor(problem: string, cause?: unknown) {
    super(problem, { cause });
    this.name = 'DocumentNotUnderstoodError';
  }
}

/** The reason of a value that is null because the agency's data could not be read. */
export const UNREADABLE_REASON = 'UNREADABLE';

/** The error at a value that could not be read. It says nothing of what stands there. */
export function unreadableAt(path: readonly (string | number)[]): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const extensions = { code: 'SOURCE_UNAVAILABLE', reason: UNREADABLE_REASON };
    return new GraphQLError('This value could not be read', { path, extensions });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The agency did not answer. The message names neither host nor statement; `cause` may, and is for the log alone. */
export class AgencyUnavailableError extends Error {
  readonly code = 'SOURCE_UNAVAILABLE';
  readonly agency: string;
  readonly reason: UnavailableReason;
  /** What to look at, in words for whoever runs the gateway; null where nothing more is known. */
  readonly why: string | null;
  constructor(agency: string, reason: UnavailableReason, cause?: unknown) {
    super(`${agency} ${WORDS[reason]}`, { cause });
    this.name = 'AgencyUnavailableError';
    this.agency = agency;
    this.reason = reason;
    this.why = cause === undefined ? null : failureWords(cause);
  }
}
const WORDS: Record<UnavailableReason, string> = {
  TIMED_OUT: 'did not answer in time',
  FAILED: 'could not answer',
  STARTING: 'is starting',
  TOO_LARGE: 'has more to answer than is taken in',
};
