import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { requestError } from '../errors.ts';
import { holderOf, type Law, type TokenHolder } from './claims.ts';
import { type IssuerKeys, IssuerUnavailableError } from './issuer-keys.ts';
import type { Issuer } from './issuers.ts';
import type { Caller } from './types.ts';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.ts';

const BEARER = /^Bearer +([\w~+/.-]+=*) *$/i;

/**
 * Who asks: `authorization` as the client gave it, `role` the one it asks in, if it says.
 * Throws UNAUTHENTICATED with the reason, or BAD_USER_INPUT for the role.
 */
export async function authenticate(
  authorization: string | null,
  role: string | null,
  verification: Verification,
): Promise<Caller> {
  if (authorization === null)
    throw requestError('UNAUTHENTICATED', 'Say who you are: Authorization: Bearer <token>.');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw requestError('UNAUTHENTICATED', 'Authorization must be: Bearer <token>.');
  const holder = await verifyToken(token, verification);
  return { ...holder, role: chooseRole(holder.roles, role) };
}

/**
 * The role of this request. `roles` are the token's, as far as they are known; `asked` is `Sharing-Role`.
 * Throws BAD_USER_INPUT if there are several and none is asked, or one that the token does not have.
 */
function chooseRole(roles: readonly string[], asked: string | null): string {
  const [only, ...others] = roles;
  if (asked === null && only !== undefined && others.length === 0) return only;
  if (asked !== null && roles.includes(asked)) return asked;
  const choice = `Your token has: ${roles.join(', ')}.`;
  const why =
    asked === null
      ? 'Say in which role you ask, in the header Sharing-Role.'
      : 'Sharing-Role names a role that your token does not have.';
  throw requestError('BAD_USER_INPUT', `${why} ${choice}`, { roles });
}

export interface TrustedIssuer extends Issuer {
  keys: Pick<IssuerKeys, 'find'>;
}

export interface Verification {
  issuers: readonly TrustedIssuer[];
  /** By the policy in force. */
  law(): Law;
  now(): Date;
}

export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Seconds by which the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE = 5;
/** RFC 9068, and what issuers wrote before it. ID tokens have no type of their own and are told by what they carry. */
const ACCESS_TOKEN_TYPES: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/**
 * Who holds a bearer token, once issuer, signature, audience, type and times hold.
 * Throws UNAUTHENTICATED that says which of them does not, ISSUER_UNAVAILABLE if the issuer's keys cannot be had.
 */
export async function verifyToken(token: string, verification: Verification): Promise<TokenHolder> {
  const { issuers, law, now } = verification;
  const verified = tokensOf.get(issuers) ?? new VerifiedTokens();
  tokensOf.set(issuers, verified);
  try {
    const { payload, issuer } =
      (await verified.find(token, now())) ?? (await verifyAnew(token, issuers, now(), verified));
    return holderOf(payload, issuer, law());
  } catch (error) {
    if (error instanceof IssuerUnavailableError) {
      const message = 'Who you are cannot be checked now: the sign-in service does not answer.';
      throw requestError('ISSUER_UNAVAILABLE', message, {}, error);
    }
    if (!(error instanceof errors.JOSEError)) throw error;
    throw requestError('UNAUTHENTICATED', reasonOf(error));
  }
}

/** A token that was verified for some issuers' audiences counts for them alone. */
const tokensOf = new WeakMap<readonly TrustedIssuer[], VerifiedTokens>();

async function verifyAnew(
  token: string,
  issuers: readonly TrustedIssuer[],
  now: Date,
  verified: VerifiedTokens,
): Promise<VerifiedToken> {
  const issuer = issuerOf(token, issuers);
  const result = await jwtVerify(token, issuer.keys.find, {
    algorithms: ALGORITHMS,
    issuer: issuer.issuer,
    audience: [...issuer.audiences],
    clockTolerance: CLOCK_TOLERANCE,
    currentDate: now,
    requiredClaims: ['exp'],
    ...(issuer.maxTokenAgeSeconds !== null && { maxTokenAge: issuer.maxTokenAgeSeconds }),
  });
  const { payload, protectedHeader } = result;
  assertAccessToken(payload, protectedHeader.typ);
  if (payload.iat !== undefined && payload.iat > now.getTime() / 1_000 + CLOCK_TOLERANCE)
    throw requestError('UNAUTHENTICATED', 'The token was issued in the future.');
  return verified.keep(token, issuer, result);
}

/** The issuer that the token names. Nothing else in a token that is not verified yet is believed. */
function issuerOf(token: string, issuers: readonly TrustedIssuer[]): TrustedIssuer {
  const iss = claimedIssuer(token);
  const found = issuers.find(({ issuer }) => issuer === iss);
  if (found) return found;
  const bare = iss?.replace(/\/$/, '');
  const slash = issuers.some(({ issuer }) => issuer.replace(/\/$/, '') === bare);
  const why = slash ? ' It differs by the slash at its end alone.' : '';
  throw requestError('UNAUTHENTICATED', `The token’s claim iss is not the one expected here.${why}`);
}

function claimedIssuer(token: string): string | undefined {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token).iss;
  } catch {
    // jose says why in words of its own, which quote the token.
    throw requestError('UNAUTHENTICATED', 'The token is not a signed JSON Web Token.');
  }
}

/** ID, refresh and logout tokens are signed by the same keys and are for others. */
function assertAccessToken(payload: JWTPayload, type: string | undefined): void {
  const {
    at_hash: atHash,
    c_hash: codeHash,
    events,
    nonce,
    token_use: use,
    typ,
  } = payload as Record<string, unknown>;
  const kind = typeof typ === 'string' ? typ.toLowerCase() : null;
  // Where the audience is the page's own client id, an ID token differs by this alone. Older Keycloaks wrote it into all.
  const forOneSignIn = nonce !== undefined && kind !== 'bearer' && !type?.toLowerCase().endsWith('at+jwt');
  const other =
    !ACCESS_TOKEN_TYPES.includes(type?.toLowerCase()) ||
    [atHash, codeHash, events].some((claim) => claim !== undefined) ||
    forOneSignIn ||
    use === 'id' ||
    (kind !== null && kind !== 'bearer' && kind !== 'jwt');
  if (other)
    throw requestError(
      'UNAUTHENTICATED',
      'The token is no access token: an ID, refresh or logout token is not let in.',
    );
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired)
    return error.claim === 'iat' ? 'The token was issued too long ago.' : 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return 'The token is not valid yet.';
    return error.claim === 'iat' && error.reason === 'check_failed'
      ? 'The token was issued in the future.'
      : `The token’s claim ${error.claim} is not the one expected here.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is signed with another algorithm than ${ALGORITHMS.join(', ')}.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The token’s signature does not hold.';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is signed with a key that the issuer does not publish.';
  return 'The token is not a signed JSON Web Token.';
}
