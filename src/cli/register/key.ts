import type { KeyObject } from 'node:crypto';
import { registerFolder, withOperatorsChain } from '../../register/data-folder.ts';
import { RegisterFileError } from '../../register/errors.ts';
import { fingerprintOf, readPublicKeys } from '../../register/signing-key.ts';

/**
 * Every public key that signed heads and checkpoints in this data directory, the terminal's own chain included, oldest first.
 * @throws RegisterFileError where there is none
 */
export async function registerKeys(dataDir: string): Promise<readonly KeyObject[]> {
  const files = withOperatorsChain(dataDir).map((folder) => registerFolder(folder).publicKey);
  const keys = (await Promise.all(files.map(readPublicKeys))).flat();
  if (keys.length === 0) throw new RegisterFileError(files[0] ?? dataDir, 'there is no public key');
  return [...new Map(keys.map((key) => [fingerprintOf(key), key])).values()];
}

/** The keys as a file for `register verify --key`: PEM, each behind its fingerprint. */
export const keysText = (keys: readonly KeyObject[]): string =>
  keys.map((key) => `SHA-256 ${fingerprintOf(key)}\n${key.export({ type: 'spki', format: 'pem' })}`).join('');
