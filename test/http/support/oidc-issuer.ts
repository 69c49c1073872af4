import { setTimeout } from 'node:timers/promises';
import Fastify from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'sightline-test';

export interface TestIssuer {
  url: string;
  /** From now on every answer of the issuer's takes this many milliseconds. */
  delay(milliseconds: number): void;
  /** From now on it does not listen, until `restore`. */
  stop(): Promise<void>;
  restore(): Promise<void>;
  /** How often it was asked for anything. */
  asked(): number;
  /** From now on it signs by new keys; the old ones are published no more. */
  rotate(): Promise<void>;
  /** A token of the officer's, with these claims over the usual ones; undefined takes one away. */
  token(claims?: Record<string, unknown>, signing?: Signing): Promise<string>;
  close(): Promise<void>;
}
export interface Signing {
  alg?: string;
  key?: CryptoKey | Uint8Array;
  kid?: string;
  typ?: string;
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Key pairs of issuers that were closed: an RSA key takes long to make, and no two issuers at a time have the same. */
const stock = new Map<string, Pair[]>();
const keyPair = async (alg: string): Promise<Pair> => stock.get(alg)?.pop() ?? (await generateKeyPair(alg));

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'ES384'];

/** An OpenID Connect issuer on loopback, whose JWKS has a key of each algorithm. */
export async function startTestIssuer(now: () => Date): Promise<TestIssuer> {
  const keys = new Map<string, CryptoKey>();
  const taken: [alg: string, pair: Pair][] = [];
  let published: object[] = [];
  let wait = 0;
  let count = 0;
  let generation = '';
  async function rotate(): Promise<void> {
    generation = `${generation}+`.slice(0, 20);
    published = [];
    for (const alg of ALGORITHMS) {
      const pair = await keyPair(alg);
      const { publicKey, privateKey } = pair;
      taken.push([alg, pair]);
      keys.set(alg, privateKey);
      published.push({ ...(await exportJWK(publicKey)), alg, kid: `${alg}${generation}` });
    }
  }
  await rotate();
  const listen = async (port: number) => {
    const server = Fastify({ forceCloseConnections: true });
    server.addHook('onRequest', async () => {
      count += 1;
      await setTimeout(wait);
    });
    server.get('/.well-known/openid-configuration', async () => ({ issuer: url, jwks_uri: `${url}/keys` }));
    server.get('/keys', async () => ({ keys: published }));
    return { server, address: await server.listen({ host: '127.0.0.1', port }) };
  };
  let url = '';
  let { server, address } = await listen(0);
  url = address;
  return {
    url,
    delay(milliseconds) {
      wait = milliseconds;
    },
    stop: () => server.close(),
    async restore() {
      ({ server, address } = await listen(Number(new URL(url).port)));
    },
    asked: () => count,
    rotate,
    async token(claims = {}, { alg = 'ES256', key = keys.get(alg), kid = `${alg}${generation}`, typ } = {}) {
      if (!key) throw new Error(`No key for ${alg}`);
      const seconds = Math.floor(now().getTime() / 1_000);
      const usual = { iss: url, aud: AUDIENCE, iat: seconds, exp: seconds + 300, ...OFFICER };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg, kid, ...(typ && { typ }) })
        .sign(key);
    },
    async close() {
      await server.close();
      for (const [alg, pair] of taken.splice(0)) stock.set(alg, [...(stock.get(alg) ?? []), pair]);
    },
  };
}

export const OFFICER = {
  sub: 'PC4417',
  name: 'Sam Okafor',
  org: 'police',
  roles: ['response-officer'],
};
