import { createPublicKey, type KeyObject } from 'node:crypto';
import { operatorFolder, registerFolder, withOperatorsChain } from '../../register/data-folder.ts';
import { makeFolder } from '../../register/durable-file.ts';
import { RegisterFileError } from '../../register/errors.ts';
import {
  fingerprintOf,
  installSigningKey,
  newSigningKey,
  readPublicKeys,
} from '../../register/signing-key.ts';
import type { Store } from '../../store/store.ts';
import { type Operator, recordAct } from '../operator-entry.ts';

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

/**
 * Makes new keys for the gateway's chain and the terminal's own, once that has been written down: a key before vouches for the
 * entry that names the new one.
 * @throws RegisterUnavailableError, RegisterFileError
 */
export async function rotateRegisterKeys(
  { openStore, operator, agencies }: RotationDeps,
  dataDir: string,
): Promise<void> {
  const store = await openStore();
  try {
    const folders = [dataDir, operatorFolder(dataDir)].map(registerFolder);
    const changes = await Promise.all(
      folders.map(async (files) => {
        const pem = newSigningKey();
        const before = (await readPublicKeys(files.publicKey)).at(-1);
        const now = createPublicKey(pem);
        return { files, pem, words: `${before ? fingerprintOf(before) : 'none'} to ${fingerprintOf(now)}` };
      }),
    );
    const [gateway, terminal] = changes.map(({ words }) => words);
    const reason = `gateway ${gateway}; terminal ${terminal}`;
    await recordAct(operator, store, {
      kind: 'POLICY',
      section: 'register',
      agencies,
      state: 'KEY_CHANGED',
      reason,
    });
    for (const { files, pem } of changes) {
      await makeFolder(files.folder);
      await installSigningKey(files, pem);
    }
  } finally {
    await store.close();
  }
}

export interface RotationDeps {
  openStore(): Promise<Store>;
  readonly operator: Operator;
  readonly agencies: readonly string[];
}
