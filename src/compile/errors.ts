/** A record was asked for that is not among the request's own resolved subjects. Nothing was read. */
export class KeyNotResolvedError extends Error {
  readonly code = 'KEY_NOT_RESOLVED';
  constructor(agency: string, section: string) {
    super(`A key of ${section} at ${agency} is not among this request's own subjects`);
    this.name = 'KeyNotResolvedError';
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

export type UnavailableReason = 'TIMED_OUT' | 'FAILED' | 'STARTING';

/** The agency did not answer. The message names neither host nor statement; `cause` may, and is for the log alone. */
export class AgencyUnavailableError extends Error {
  readonly code = 'SOURCE_UNAVAILABLE';
  readonly agency: string;
  readonly reason: UnavailableReason;
  constructor(agency: string, reason: UnavailableReason, cause?: unknown) {
    super(`${agency} ${WORDS[reason]}`, { cause });
    this.name = 'AgencyUnavailableError';
    this.agency = agency;
    this.reason = reason;
  }
}
const WORDS: Record<UnavailableReason, string> = {
  TIMED_OUT: 'did not answer in time',
  FAILED: 'could not answer',
  STARTING: 'is starting',
};
