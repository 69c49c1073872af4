import { GraphQLError } from 'graphql';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { unknownWord } from '../yaml/finding.ts';
import type { Law, TokenHolder } from './claims.ts';
import { type Discovery, discover, fetchJson, IssuerUnavailableError, issuerKeys } from './issuer-keys.ts';
import type { ClaimSource, Issuer } from './issuers.ts';
import { ALGORITHMS, verifyToken } from './verify-token.ts';

/** One thing that was looked at: in order, to be known, or wrong so that people cannot sign in. */
export interface IssuerCheck {
  kind: 'ok' | 'note' | 'wrong';
  about: 'names' | 'discovery' | 'keys' | 'endpoints' | 'cors';
  /** In words for whoever keeps the settings. */
  message: string;
}

/**
 * What an issuer says of itself, and whether that is enough for tokens and for the sign-in of our own pages.
 * `pageOrigin` is where our pages are reached; null where nobody has said.
 */
export async function checkIssuer(
  issuer: Issuer,
  pageOrigin: string | null,
): Promise<readonly IssuerCheck[]> {
  let document: Discovery;
  try {
    document = await discover(issuer.issuer);
  } catch (error) {
    if (!(error instanceof IssuerUnavailableError)) throw error;
    return [{ kind: 'wrong', about: 'discovery', message: error.message }];
  }
  const checks: IssuerCheck[] = [
    { kind: 'ok', about: 'discovery', message: 'it answers, under its own name' },
  ];
  checks.push(await checkKeys(document));
  if (issuer.signIn === null) return checks;
  checks.push(...checkEndpoints(document));
  if (pageOrigin !== null) checks.push(await checkCors(issuer.issuer, pageOrigin));
  return checks;
}

/**
 * Organisations and roles in an issuer's entry that the policy does not know: probably misspelt. Found here, not when
 * the first token is refused.
 */
export function checkNames(issuer: Issuer, law: Law): readonly IssuerCheck[] {
  const { claims, values, clients } = issuer;
  const always = (source: ClaimSource) => ('always' in source ? [source.always] : []);
  const served = [...clients.values()].flatMap(({ actsFor }) => actsFor ?? []);
  const organisations = [
    ...(issuer.organisations ?? []),
    ...values.organisations.values(),
    ...always(claims.organisation),
    ...served.flatMap((one) => one.organisations),
  ];
  const roles = [...values.roles.values(), ...always(claims.roles), ...served.flatMap((one) => one.roles)];
  return [
    ...unknownAmong('organisation', organisations, law.organisations),
    ...unknownAmong('role', roles, [...law.roles.keys()]),
  ];
}

const unknownAmong = (what: string, named: readonly string[], known: readonly string[]): IssuerCheck[] =>
  [...new Set(named)]
    .filter((word) => !known.includes(word))
    .map((word) => ({ kind: 'wrong', about: 'names', message: unknownWord(what, word, known) }));

async function checkKeys({ jwks_uri: url }: Discovery): Promise<IssuerCheck> {
  const about = 'keys';
  try {
    const { keys = [] } = (await fetchJson(url, 'its keys')) as { keys?: Record<string, unknown>[] };
    const usable = keys.filter(
      ({ use = 'sig', kty, crv, alg }) => use === 'sig' && signsAsWeTake({ kty, crv, alg }),
    );
    if (usable.length > 0)
      return {
        kind: 'ok',
        about,
        message: `${usable.length} of ${keys.length} can sign tokens that are let in`,
      };
    return { kind: 'wrong', about, message: `none of ${keys.length} signs by ${ALGORITHMS.join(', ')}` };
  } catch (error) {
    if (!(error instanceof IssuerUnavailableError)) throw error;
    return { kind: 'wrong', about, message: error.message };
  }
}

function signsAsWeTake({ kty, crv, alg }: Record<string, unknown>): boolean {
  if (typeof alg === 'string') return ALGORITHMS.includes(alg);
  return kty === 'RSA' || (kty === 'EC' && crv === 'P-256') || (kty === 'OKP' && crv === 'Ed25519');
}

function checkEndpoints(document: Discovery): IssuerCheck[] {
  const about = 'endpoints';
  const missing = (['authorization_endpoint', 'token_endpoint'] as const).filter((name) => !document[name]);
  return [
    missing.length > 0
      ? {
          kind: 'wrong',
          about,
          message: `nobody can sign in on our pages: it names no ${missing.join(' and no ')}`,
        }
      : { kind: 'ok', about, message: 'people can be sent to sign in, and a token be asked for' },
    document.end_session_endpoint
      ? { kind: 'ok', about, message: 'its own session is ended when somebody signs out' }
      : {
          kind: 'note',
          about,
          message: 'it names no end_session_endpoint: whoever signs out is still known to it',
        },
  ];
}

async function checkCors(issuer: string, origin: string): Promise<IssuerCheck> {
  const about = 'cors';
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { headers: { origin }, signal: AbortSignal.timeout(3_000) });
  await response.body?.cancel();
  const allowed = response.headers.get('access-control-allow-origin');
  if (allowed === '*' || allowed === origin)
    return { kind: 'ok', about, message: `it may be asked from ${origin}` };
  return {
    kind: 'wrong',
    about,
    message: `it may not be asked from a page at ${origin}: allow that origin there`,
  };
}

/** What became of a token: its holder, or why it is refused, in the words of the 401. */
export type TokenCheck = { holder: TokenHolder } | { refused: string };

/** Tries a token as a request would. `claims` are the names of what it carries, for whoever wonders where something stands. */
export async function checkToken(
  token: string,
  issuers: readonly Issuer[],
  law: Law,
  now: Date,
): Promise<{ type: string | null; algorithm: string | null; claims: readonly string[]; check: TokenCheck }> {
  const trusted = issuers.map((issuer) => ({ ...issuer, keys: issuerKeys(issuer.issuer, () => now) }));
  const carried = carriedBy(token);
  try {
    const holder = await verifyToken(token, { issuers: trusted, law: () => law, now: () => now });
    return { ...carried, check: { holder } };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { originalError } = error;
    return {
      ...carried,
      check: {
        refused: originalError instanceof IssuerUnavailableError ? originalError.message : error.message,
      },
    };
  }
}

function carriedBy(token: string): {
  type: string | null;
  algorithm: string | null;
  claims: readonly string[];
} {
  try {
    const { typ = null, alg = null } = decodeProtectedHeader(token);
    return { type: typ, algorithm: alg, claims: Object.keys(decodeJwt(token)) };
  } catch {
    return { type: null, algorithm: null, claims: [] };
  }
}
