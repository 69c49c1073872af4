import Fastify from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'sightline-test';

export interface TestIssuer {
  url: string;
  /** A token of the officer's, with these claims over the usual ones; undefined takes one away. */
  token(claims?: Record<string, unknown>, signing?: Signing): Promise<string>;
  close(): Promise<void>;
}
export interface Signing {
  alg?: string;
  key?: CryptoKey | Uint8Array;
  kid?: string;
}

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'ES384'];

/** An OpenID Connect issuer on loopback, whose JWKS has a key of each algorithm. */
export async function startTestIssuer(now: () => Date): Promise<TestIssuer> {
  const keys = new Map<string, CryptoKey>();
  const published: object[] = [];
  for (const alg of ALGORITHMS) {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    keys.set(alg, privateKey);
    published.push({ ...(await exportJWK(publicKey)), alg, kid: alg });
  }
  const server = Fastify();
  let url = '';
  server.get('/.well-known/openid-configuration', async () => ({ issuer: url, jwks_uri: `${url}/keys` }));
  server.get('/keys', async () => ({ keys: published }));
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async token(claims = {}, { alg = 'ES256', key = keys.get(alg), kid = alg } = {}) {
      if (!key) throw new Error(`No key for ${alg}`);
      const seconds = Math.floor(now().getTime() / 1_000);
      const usual = { iss: url, aud: AUDIENCE, iat: seconds, exp: seconds + 300, ...OFFICER };
      return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid }).sign(key);
    },
    close: () => server.close(),
  };
}

export const OFFICER = {
  sub: 'PC4417',
  name: 'Sam Okafor',
  org: 'police',
  roles: ['response-officer'],
};
