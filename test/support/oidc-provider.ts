import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../src/project-root.ts';

export const PAGE_CLIENT = 'sightline-page';
const PROGRAM = join(projectRoot(), 'test/support/oidc-provider-program.mjs');

interface ProviderOptions {
  /** Where people come back to who signed in. */
  redirectUri: string;
  /** Seconds for which its access tokens are good. */
  lifetimeSeconds?: number;
  /** Whether refresh tokens come with them. */
  refresh?: boolean;
}

/** A real OpenID Connect provider in a process of its own. Its tokens are for the audience `sightline`. */
export class OidcProvider {
  readonly url: string;
  readonly #options: ProviderOptions;
  readonly #key: object;
  #process: ChildProcess;

  constructor(url: string, process: ChildProcess, options: ProviderOptions, key: object) {
    this.url = url;
    this.#process = process;
    this.#options = options;
    this.#key = key;
  }

  /** Its process ends, and nobody answers at its address. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** It is there again, at the same address and with the same key, and knows nobody any more. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.url).port);
    this.#process = (await start(port, this.#options, this.#key)).process;
  }

  /** The access token that it gives for what a back end sends. Throws what it says where it gives none. */
  async token(request: Record<string, string>): Promise<string> {
    const response = await fetch(`${this.url}/token`, { method: 'POST', body: new URLSearchParams(request) });
    const body = (await response.json()) as { access_token: string };
    if (!response.ok) throw new Error(`The provider answered ${response.status}: ${JSON.stringify(body)}`);
    return body.access_token;
  }

  /** What the provider gives to a person who signs in on its own page, followed from redirect to redirect as a browser does. */
  async signIn(staff: string): Promise<{ access_token: string; id_token: string }> {
    const verifier = randomBytes(32).toString('base64url');
    const { redirectUri } = this.#options;
    const cookies = new Map<string, string>();
    const go = async (address: string, body?: URLSearchParams): Promise<string> => {
      const response = await fetch(new URL(address, this.url), {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body && { method: 'POST', body }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      return response.headers.get('location') ?? '';
    };
    const asked = new URLSearchParams({
      ...{ response_type: 'code', client_id: PAGE_CLIENT, redirect_uri: redirectUri },
      ...{ scope: 'openid sightline', code_challenge_method: 'S256', prompt: 'login' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const page = await go(`/auth?${asked}`);
    const back = await go(await go(page, new URLSearchParams({ login: staff })));
    const code = new URL(back).searchParams.get('code') ?? '';
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: PAGE_CLIENT, redirect_uri: redirectUri },
        ...{ code, code_verifier: verifier },
      }),
    });
    return (await response.json()) as { access_token: string; id_token: string };
  }
}

export async function startOidcProvider(options: ProviderOptions): Promise<OidcProvider> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'k1' };
  const { url, process } = await start(0, options, key);
  return new OidcProvider(url, process, options, key);
}

async function start(
  port: number,
  { redirectUri, lifetimeSeconds = 300, refresh = false }: ProviderOptions,
  key: object,
) {
  const options = JSON.stringify({ port, key, redirectUri, lifetimeSeconds, refresh });
  const child = spawn(process.execPath, [PROGRAM, options], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout))
    if (line.startsWith('http')) return { url: line, process: child };
  throw new Error('The provider did not start');
}
