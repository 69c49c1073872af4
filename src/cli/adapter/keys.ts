import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { publicHalf, signingKeyIn } from '../../host/wire/key-files.ts';
import { nextKeyFile } from '../../host/wire/key-folder.ts';
import { makeFolder, readIfThere, readOrMake, replaceWhole } from '../../register/durable-file.ts';
import { newSigningKey } from '../../register/signing-key.ts';

export type KeyStep = 'SHOW' | 'PREPARE' | 'ROTATE';

/**
 * The public keys of one side (JWKS) for the other side's file, once its private key is there. PREPARE makes the key
 * that comes next, so that both are known before ROTATE puts it in the place of the one that signs.
 */
export async function signingKeys(file: string, step: KeyStep): Promise<string> {
  await makeFolder(dirname(file));
  const { text: now } = await readOrMake(file, newSigningKey);
  const next = nextKeyFile(file);
  if (step === 'PREPARE') await readOrMake(next, newSigningKey);
  const prepared = await readIfThere(next);
  if (step === 'ROTATE') {
    if (prepared === null)
      throw new KeyNotPreparedError(
        'There is no next key: make it with --next, and give both to the other side first',
      );
    await replaceWhole(file, prepared);
    await rm(next);
    return jwks([[file, prepared]]);
  }
  return jwks([[file, now], ...(prepared === null ? [] : [[next, prepared] as const])]);
}

const jwks = (keys: readonly (readonly [file: string, pem: string])[]): string =>
  `${JSON.stringify({ keys: keys.map(([file, pem]) => publicHalf(signingKeyIn(file, pem).key)) }, null, 2)}\n`;

/** A key was to be put in place that nobody has made. */
export class KeyNotPreparedError extends Error {
  override readonly name = 'KeyNotPreparedError';
  readonly code = 'KEY_NOT_PREPARED';
}
