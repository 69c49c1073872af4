/** Keys by file: a process re-reads them when they change, so that a key can be replaced while both sides run. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** A key file cannot be used; the message names it. */
export class HostKeyError extends Error {
  override readonly name = 'HostKeyError';
  readonly code = 'HOST_KEY_UNUSABLE';
}

export interface SigningKey {
  readonly key: KeyObject;
  /** The JWK thumbprint (RFC 7638) of the public half. */
  readonly keyId: string;
}

const publicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  kid: z.string().min(1),
});
const keySet = z.object({ keys: z.array(publicJwk).min(1).max(20) });

/** How long a file that was looked at is not looked at again, milliseconds. */
const LOOK_EVERY_MS = 500;

/** What a file says, read again when the disk says that it is another. A file that cannot be used leaves the one before. */
function followed<T>(
  file: string,
  read: (text: string) => T,
  onProblem: (error: HostKeyError) => void,
): () => T {
  let [stamp, looked, told] = ['', Number.NEGATIVE_INFINITY, ''];
  let value: T | undefined;
  const look = (): void => {
    const { mtimeMs, size, ino } = statSync(file);
    const now = `${mtimeMs} ${size} ${ino}`;
    if (now === stamp) return;
    value = read(readFileSync(file, 'utf8'));
    stamp = now;
    told = '';
  };
  const unusable = (error: unknown) => {
    const why =
      (error as { code?: string }).code ?? (error instanceof HostKeyError ? error.message : 'not understood');
    return new HostKeyError(
      error instanceof HostKeyError ? error.message : `${file} cannot be used (${why})`,
    );
  };
  const current = (): T => {
    if (performance.now() - looked < LOOK_EVERY_MS && value !== undefined) return value;
    looked = performance.now();
    try {
      look();
    } catch (error) {
      const problem = unusable(error);
      if (value === undefined) throw problem;
      if (problem.message !== told) onProblem(problem);
      told = problem.message;
    }
    return value as T;
  };
  current();
  return current;
}

/**
 * The public keys of a JWKS file (RFC 7517): whoever signs with one of them is believed until it is taken out of the file.
 * @throws HostKeyError where it cannot be used at the start
 */
export function publicKeys(file: string, onProblem: (error: HostKeyError) => void): JWTVerifyGetKey {
  const current = followed(
    file,
    (text) => {
      const parsed = keySet.safeParse(JSON.parse(text));
      if (!parsed.success)
        throw new HostKeyError(`${file} is no set of Ed25519 public keys (JWKS) with an id (kid) each`);
      return createLocalJWKSet(parsed.data as JSONWebKeySet);
    },
    onProblem,
  );
  return (header, token) => current()(header, token);
}

/**
 * The private key of a PEM file (PKCS #8, Ed25519), as it is when it is asked for.
 * @throws HostKeyError where it cannot be used at the start
 */
export function signingKeyOf(file: string, onProblem: (error: HostKeyError) => void): () => SigningKey {
  return followed(file, (pem) => signingKeyIn(file, pem), onProblem);
}

export function signingKeyIn(file: string, pem: string): SigningKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new HostKeyError(`${file} is no Ed25519 key`);
  return { key, keyId: publicHalf(key).kid };
}

/** The public half as a JWK, under its thumbprint. */
export function publicHalf(key: KeyObject): z.infer<typeof publicJwk> & { alg: 'EdDSA'; use: 'sig' } {
  const { crv, kty, x } = createPublicKey(key).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { ...publicJwk.parse({ crv, kty, x, kid }), alg: 'EdDSA', use: 'sig' };
}
