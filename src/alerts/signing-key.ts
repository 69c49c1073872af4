import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder, readIfThere, readOrMake, replaceWhole } from '../register/durable-file.ts';
import { newSigningKey, privateKey } from '../register/signing-key.ts';

/** The key that signs alerts, and the name by which receivers know its public half. */
export interface AlertKey {
  readonly key: KeyObject;
  /** The JWK thumbprint (RFC 7638) of the public key, in base64url. */
  readonly keyId: string;
  /** The public half, PEM. */
  readonly publicKey: string;
}

const folderOf = (dataDir: string): string => join(dataDir, 'alerts');
const fileOf = (dataDir: string): string => join(folderOf(dataDir), 'signing-key.pem');

/**
 * The Ed25519 key that signs alerts: the one given (PEM, PKCS #8), else one made once and kept in the data directory.
 * @throws RegisterFileError where its file cannot be made or read, or the key is no Ed25519 key
 */
export async function alertKey(dataDir: string, given: string | null): Promise<AlertKey> {
  if (given !== null) return keyFrom(given, 'ALERTS_SIGNING_KEY');
  await makeFolder(folderOf(dataDir));
  const { text } = await readOrMake(fileOf(dataDir), newSigningKey);
  return keyFrom(text, fileOf(dataDir));
}

/** A new key in place of the one in the data directory; a gateway takes it with its next alert. Gives both. */
export async function rotateAlertKey(dataDir: string): Promise<{ before: AlertKey | null; now: AlertKey }> {
  await makeFolder(folderOf(dataDir));
  const before = await readIfThere(fileOf(dataDir));
  const made = await replaceWhole(fileOf(dataDir), newSigningKey());
  return {
    before: before === null ? null : keyFrom(before, fileOf(dataDir)),
    now: keyFrom(made, fileOf(dataDir)),
  };
}

function keyFrom(pem: string, name: string): AlertKey {
  const key = privateKey(name, pem);
  const publicKey = createPublicKey(key);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  const keyId = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { key, keyId, publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string };
}
