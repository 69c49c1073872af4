import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import type { RegisterFolder } from './data-folder.ts';
import { openToAppend, readIfThere, readOrMake, replaceWhole } from './durable-file.ts';
import { RegisterFileError } from './errors.ts';

/**
 * The Ed25519 key that signs heads: the one given, else one made once and kept in the data directory.
 * @param given PEM (PKCS #8) of production's own key
 * @throws RegisterFileError
 */
export async function loadSigningKey(files: RegisterFolder, given?: string): Promise<KeyObject> {
  if (given !== undefined) return privateKey('REGISTER_SIGNING_KEY', given);
  const { text } = await readOrMake(files.signingKey, newSigningKey);
  return privateKey(files.signingKey, text);
}

/** What signs now, and all that ever signed here: asked each time, since a key may be changed while the gateway runs. */
export interface SigningKeys {
  current(): Promise<KeyObject>;
  trusted(): Promise<readonly KeyObject[]>;
}

/** The keys of a data directory where `loadSigningKey` has been; `given` as there. */
export function signingKeys(files: RegisterFolder, given?: string): SigningKeys {
  return {
    async current() {
      if (given !== undefined) return privateKey('REGISTER_SIGNING_KEY', given);
      const text = await readIfThere(files.signingKey);
      if (text === null) throw new RegisterFileError(files.signingKey, 'it is not there');
      return privateKey(files.signingKey, text);
    },
    trusted: () => readPublicKeys(files.publicKey),
  };
}

/**
 * Puts a new key in place of the one in the data directory, its public half first: nothing is signed by a key that nobody can
 * check. A gateway that runs takes it with its next head; what the keys before signed is checked by them as ever.
 * @throws RegisterFileError
 */
export async function installSigningKey(files: RegisterFolder, pem: string): Promise<void> {
  await publishKey(files, privateKey(files.signingKey, pem));
  await replaceWhole(files.signingKey, pem);
}

/**
 * An Ed25519 key that signs, from its PEM (PKCS #8).
 * @param name of the setting or file that it stands in, for whoever mends it
 * @throws RegisterFileError
 */
export const privateKey = (name: string, pem: string): KeyObject =>
  ed25519(name, () => createPrivateKey(pem));

/** A key that signs, and the name by which others know its public half. */
export interface NamedKey {
  readonly key: KeyObject;
  /** The JWK thumbprint (RFC 7638) of the public key, in base64url. */
  readonly keyId: string;
  /** The public half, PEM. */
  readonly publicKey: string;
}

/**
 * @param name of the setting or file that the PEM stands in
 * @throws RegisterFileError
 */
export function namedKey(pem: string, name: string): NamedKey {
  const key = privateKey(name, pem);
  const publicKey = createPublicKey(key);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  const keyId = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { key, keyId, publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string };
}

/** A new Ed25519 key, as PEM (PKCS #8). */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** Leaves the public half beside the heads, for whoever verifies; a new key is added to the earlier ones. */
export async function publishKey(files: RegisterFolder, key: KeyObject): Promise<void> {
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
  const { text } = await readOrMake(files.publicKey, () => pem);
  if (text.includes(pem)) return;
  const file = await openToAppend(files.publicKey);
  await file.appendFile(pem).finally(() => file.close());
}

/**
 * The Ed25519 public keys of a PEM file, several one after the other; none where there is no file.
 * @throws RegisterFileError
 */
export async function readPublicKeys(file: string): Promise<readonly KeyObject[]> {
  const pem = (await readIfThere(file)) ?? '';
  const blocks = pem.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g);
  if (pem !== '' && blocks === null) throw new RegisterFileError(file, 'it is not a key in PEM form');
  return (blocks ?? []).map((block) => ed25519(file, () => createPublicKey(block)));
}

/** SHA-256 of a public key (SPKI, DER), in hex: what people compare aloud. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

function ed25519(name: string, read: () => KeyObject): KeyObject {
  const key = readKey(name, read);
  if (key.asymmetricKeyType !== 'ed25519') throw new RegisterFileError(name, 'it is not an Ed25519 key');
  return key;
}

function readKey(name: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (cause) {
    throw new RegisterFileError(name, 'it is not a key in PEM form', cause);
  }
}
