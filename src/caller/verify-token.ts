import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { IdentifierSystem } from '../../adapters/contract.ts';
import { requestError } from '../errors.ts';
import { holderOf, type TokenHolder } from './claims.ts';
import { IssuerUnavailableError } from './issuer-keys.ts';

export interface Verification {
  /** Finds the issuer's public key for a token. */
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
  /** Role ids of the policy in force. */
  roles(): readonly string[];
  /** Whether that can be somebody's number in that system. */
  identifies(system: IdentifierSystem, value: string): boolean;
  now(): Date;
}

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Seconds by which the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE = 5;

/**
 * Who holds a bearer token, once signature, issuer, audience and times hold.
 * Throws UNAUTHENTICATED that says which of them does not, or INTERNAL if the issuer's keys cannot be had.
 */
export async function verifyToken(token: string, verification: Verification): Promise<TokenHolder> {
  const { keys, issuer, audience, roles, identifies, now } = verification;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: now(),
      requiredClaims: ['exp'],
    });
    return holderOf(payload, roles(), identifies);
  } catch (error) {
    if (error instanceof IssuerUnavailableError) {
      throw requestError('INTERNAL', 'The issuer’s keys cannot be had', {}, error);
    }
    if (!(error instanceof errors.JOSEError)) throw error;
    throw requestError('UNAUTHENTICATED', reasonOf(error));
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'nbf' && error.reason === 'check_failed'
      ? 'The token is not valid yet.'
      : `The token’s claim ${error.claim} is not the one expected here.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is signed with another algorithm than ${ALGORITHMS.join(', ')}.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The token’s signature does not hold.';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is signed with a key that the issuer does not publish.';
  return 'The token is not a signed JSON Web Token.';
}
