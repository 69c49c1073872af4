import type { UnavailableReason } from './errors.ts';

/** PostgreSQL's own codes for what is not the statement's fault: connection lost, shutting down, too many clients. */
const SERVER_TROUBLE = /^(08|57P|53)/;
const STARTING = '57P03';
const CANCELLED = '57014';

/** What a failed statement says about the agency. */
export interface Failure {
  reason: UnavailableReason;
  /** The server itself is in trouble, rather than this one statement. */
  server: boolean;
}

export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  if (isTimeout(error) || code === CANCELLED) return { reason: 'TIMED_OUT', server: true };
  if (code === STARTING) return { reason: 'STARTING', server: true };
  const answered = code !== null && /^[0-9A-Z]{5}$/.test(code);
  return { reason: 'FAILED', server: !answered || SERVER_TROUBLE.test(code) };
}

/** Whether this is the reason of a signal whose time was up. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** The server's five-letter code or the system's error code; null if there is none. Safe to log. */
export function codeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
