import type { OidcClient } from '../../config.ts';
import { answerFromWindow, openSignInWindow } from './sign-in-window.ts';

/** What the issuer gave to somebody who signed in. Kept in memory alone. */
export interface SignedIn {
  accessToken: string;
  /** Null where the issuer gives none: then only a person can get another access token. */
  refreshToken: string | null;
  /** The login, from the ID token. Null if there is none: then the person is never taken to be the one before. */
  subject: string | null;
}

/** The issuer does not answer, or does not let this page ask. */
export class IssuerAwayError extends Error {
  constructor(cause: unknown) {
    const message =
      'Your organisation’s sign-in service does not answer this page. Try again in a few minutes.';
    super(message, { cause });
  }
}

interface Endpoints {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  end_session_endpoint?: string;
}

/**
 * Signs a person in with their issuer: authorization code with PKCE, in a window of its own, so that nothing of the
 * sign-in and nothing typed must be stored across a redirect. The issuer always asks who is there. Call it on a click.
 * @throws Error if the issuer refuses, is not who it should be, or the window is blocked
 */
export async function signIn(client: OidcClient, signal: AbortSignal): Promise<SignedIn> {
  const opened = openSignInWindow();
  const endpoints = await discover(client.issuer).catch((error) => {
    opened.close();
    throw error;
  });
  const [verifier, state, nonce] = [randomText(), randomText(), randomText()];
  const url = new URL(endpoints.authorization_endpoint);
  const request = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: ownUrl(),
    scope: client.scope,
    state,
    nonce,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
    ...(client.maxAgeSeconds === null ? { prompt: 'login' } : { max_age: String(client.maxAgeSeconds) }),
    ...(client.resource !== null && { resource: client.resource }),
  };
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value);
  const answer = answerFromWindow(state, signal);
  opened.location.href = url.href;
  const { identity, ...signedIn } = await redeem(endpoints, client, {
    grant_type: 'authorization_code',
    redirect_uri: ownUrl(),
    code: codeOf(await answer, endpoints.issuer),
    code_verifier: verifier,
  });
  // An ID token that was made for another sign-in would be somebody else's.
  if (identity !== null && identity.nonce !== nonce)
    throw new Error('The issuer answered another sign-in than this one');
  return signedIn;
}

/**
 * Another access token by the refresh token, which the issuer may exchange for another. Null if it gives none.
 * @throws IssuerAwayError
 */
export async function refresh(client: OidcClient, signedIn: SignedIn): Promise<SignedIn | null> {
  const { refreshToken: refreshTokenNow } = signedIn;
  if (refreshTokenNow === null) return null;
  try {
    const { accessToken, refreshToken } = await redeem(await discover(client.issuer), client, {
      grant_type: 'refresh_token',
      refresh_token: refreshTokenNow,
    });
    return { accessToken, refreshToken: refreshToken ?? refreshTokenNow, subject: signedIn.subject };
  } catch (error) {
    if (error instanceof IssuerAwayError) throw error;
    return null;
  }
}

/**
 * Where the browser goes to end the issuer's session too; null if the issuer has no such address. The issuer knows the
 * session by its own cookie: an ID token in the address would leave the login's name in the browser's history.
 */
export async function endSessionUrl(client: OidcClient): Promise<string | null> {
  const { end_session_endpoint: endpoint } = await discover(client.issuer);
  if (endpoint === undefined) return null;
  const url = new URL(endpoint);
  url.searchParams.set('client_id', client.clientId);
  url.searchParams.set('post_logout_redirect_uri', ownUrl());
  return url.href;
}

/** The page that is registered with the issuer. Whichever of our pages asked, the answer is handed to it from there. */
const ownUrl = () => new URL('graphiql', document.baseURI).href;

/** Longer than a person waits for a window that stays empty. */
const TIMEOUT_MS = 15_000;

/** @throws IssuerAwayError instead of the browser's own words about the network, which nobody understands */
async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause) => {
    throw new IssuerAwayError(cause);
  });
  if (response.status >= 500) throw new IssuerAwayError(response.status);
  return response;
}

async function discover(issuer: string): Promise<Endpoints> {
  const response = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  const endpoints: Endpoints = await response.json();
  if (endpoints.issuer !== issuer) throw new Error('The issuer calls itself by another name');
  return endpoints;
}

function codeOf(answer: URLSearchParams, issuer: string): string {
  // RFC 9207: an answer that names another issuer is an attack.
  if ((answer.get('iss') ?? issuer) !== issuer) throw new Error('Another issuer answered the sign-in');
  const code = answer.get('code');
  if (code === null) throw new Error(`The issuer refused the sign-in: ${answer.get('error')}`);
  return code;
}

async function redeem(
  endpoints: Endpoints,
  { clientId, resource }: OidcClient,
  request: Record<string, string>,
): Promise<SignedIn & { identity: ReturnType<typeof claimsOf> | null }> {
  const response = await ask(endpoints.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      ...request,
      client_id: clientId,
      ...(resource !== null && { resource }),
    }),
  });
  if (!response.ok) throw new Error(`The issuer gave no token: ${response.status}`);
  const given = await response.json();
  if (typeof given.access_token !== 'string') throw new Error('The issuer gave no token');
  const identity = typeof given.id_token === 'string' ? claimsOf(given.id_token) : null;
  return {
    accessToken: given.access_token,
    refreshToken: typeof given.refresh_token === 'string' ? given.refresh_token : null,
    subject: typeof identity?.sub === 'string' ? identity.sub : null,
    identity,
  };
}

/** What an ID token says. It came from the issuer itself over TLS, so its signature need not be checked (OpenID Connect Core 3.1.3.7). */
function claimsOf(idToken: string): { sub?: unknown; nonce?: unknown } {
  const [, payload = ''] = idToken.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}

const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
