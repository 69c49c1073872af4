import { isApiFailure } from '../../../adapters/contract.ts';
import { SessionRefusedError } from '../../session.ts';
import type { UnavailableReason } from '../../states.ts';
import { apiFailureOf, apiFailureWords } from './api-failure.ts';
import type { FailureCodes } from './failure-codes.ts';
import { codes as mysql } from './mysql/codes.ts';
import { codes as postgres } from './postgres/codes.ts';

const DIALECTS: readonly FailureCodes[] = [postgres, mysql];
const isAny = (kind: 'answered' | 'serverTrouble' | 'starting' | 'cancelled', code: string | null): boolean =>
  code !== null && DIALECTS.some((codes) => codes[kind].test(code));

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
  if (isTimeout(error) || isAny('cancelled', code)) return { reason: 'TIMED_OUT', server: true };
  if (isAny('starting', code)) return { reason: 'STARTING', server: true };
  return { reason: 'FAILED', server: !isAny('answered', code) || isAny('serverTrouble', code) };
}

/** Whether this is the reason of a signal whose time was up. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** The server's own code or the system's; null if there is none. Safe to log. */
export function codeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

const UNTRUSTED =
  'its certificate is by nobody that is trusted here (<AGENCY>_DATABASE_TLS, NODE_EXTRA_CA_CERTS)';
/** For whoever runs the gateway: what to look at, by code. Each database's own; errno(3); Node’s TLS. */
const WORDS: Readonly<Record<string, string>> = {
  ...Object.assign({}, ...DIALECTS.map(({ words }) => words)),
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
