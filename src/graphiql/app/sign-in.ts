import type { OidcClient } from '../config.ts';
import { answerFromWindow, openSignInWindow } from './sign-in-window.ts';

interface Endpoints {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
}

/**
 * Signs a person in with their issuer: authorization code with PKCE, in a window of its own, so that nothing of the sign-in
 * and nothing typed has to be stored to outlive a redirect. Gives the access token. To be called on a click.
 * @throws Error if the issuer refuses, is not who it should be, or the window is blocked
 */
export async function signIn(client: OidcClient, signal: AbortSignal): Promise<string> {
  const opened = openSignInWindow();
  const endpoints = await discover(client.issuer);
  const verifier = randomText();
  const state = randomText();
  const redirectUri = location.origin + location.pathname;
  const url = new URL(endpoints.authorization_endpoint);
  const request = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: client.scope,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value);
  const answer = answerFromWindow(state, signal);
  opened.location.href = url.href;
  return redeem(endpoints, {
    grant_type: 'authorization_code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    code: codeOf(await answer, endpoints.issuer),
    code_verifier: verifier,
  });
}

async function discover(issuer: string): Promise<Endpoints> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
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

async function redeem(endpoints: Endpoints, request: Record<string, string>): Promise<string> {
  const response = await fetch(endpoints.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams(request),
  });
  if (!response.ok) throw new Error(`The issuer gave no token: ${response.status}`);
  const { access_token: token } = await response.json();
  if (typeof token !== 'string') throw new Error('The issuer gave no token');
  return token;
}

const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
