import { isApiFailure } from '../../../adapters/contract.ts';
import { SessionRefusedError } from '../../session.ts';
import type { UnavailableReason } from '../../states.ts';
import { apiFailureOf, apiFailureWords } from './api-failure.ts';

/**
 * PostgreSQL's own codes for what is not the statement's fault: connection lost, shutting down, too many clients, login
 * refused, no such database.
 */
const SERVER_TROUBLE = /^(08|57P|53|28|3D)/;
const STARTING = '57P03';
const CANCELLED = '57014';
/** Our own, of an answer that was not taken in. */
const TOO_LARGE = 'ANSWER_TOO_LARGE';

/** What a failed statement says about the agency. */
export interface Failure {
  reason: UnavailableReason;
  /** The server itself is in trouble, rather than this one statement. */
  server: boolean;
}

export function failureOf(error: unknown): Failure {
  if (isApiFailure(error)) return apiFailureOf(error);
  const code = codeOf(error);
  if (code === TOO_LARGE) return { reason: 'TOO_LARGE', server: false };
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

const UNTRUSTED =
  'its certificate is by nobody that is trusted here (<AGENCY>_DATABASE_TLS, NODE_EXTRA_CA_CERTS)';
/** For whoever runs the gateway: what to look at, by code. PostgreSQL 18, appendix A; errno(3); Node’s TLS. */
const WORDS: Readonly<Record<string, string>> = {
  '28P01': 'its database refuses the login or the password',
  '28000': 'its database does not let this login in from here',
  '3D000': 'its server has no database of this name',
  '42501': 'the login may not read what the adapter reads',
  '42P01': 'a table that the adapter reads is not there; its address can name the schema, as ?schema=care',
  '42703': 'a column that the adapter reads is not there',
  '53300': 'its server has no connection left',
  '57P01': 'its server ended the connection',
  '57P03': 'its server is starting or shutting down',
  [CANCELLED]: 'it did not answer in time',
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name of its host is not known',
  EAI_AGAIN: 'the name of its host could not be looked up',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ETIMEDOUT: 'its host does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name than its address',
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
};
/** As the driver says it, which gives it no code. */
const NO_TLS = 'The server does not support SSL connections';

/** Why an agency could not answer, in words for whoever runs the gateway. Holds nothing of a statement or its values. */
export function failureWords(error: unknown): string {
  if (isApiFailure(error)) return apiFailureWords(error, failureWords);
  if (isTimeout(error)) return 'it did not answer in time';
  if (error instanceof SessionRefusedError) return error.message;
  if (error instanceof Error && error.message === NO_TLS)
    return 'its server speaks no TLS, and is to be asked by TLS';
  const code = codeOf(error);
  if (code === null) return 'the connection could not be made or was lost';
  return WORDS[code] ?? `it answered with the error ${code}`;
}
