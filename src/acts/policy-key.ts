import { join } from 'node:path';
import { makeFolder, readOrMake } from '../register/durable-file.ts';
import { type NamedKey, namedKey, newSigningKey } from '../register/signing-key.ts';

/** An agency's own key, with which it signs its policy. */
export type PolicyKey = NamedKey;

/**
 * The Ed25519 key with which an agency signs its policy: the one given (PEM, PKCS #8), else one made once and kept in the data
 * directory.
 * @param setting by which it is given
 * @throws RegisterFileError where its file cannot be made or read, or the key is no Ed25519 key
 */
export async function policyKey(
  dataDir: string,
  agency: string,
  given: string | null,
  setting: string,
): Promise<PolicyKey> {
  if (given !== null) return namedKey(given, setting);
  const folder = join(dataDir, 'policy');
  await makeFolder(folder);
  const file = join(folder, `${agency}.pem`);
  const { text } = await readOrMake(file, newSigningKey);
  return namedKey(text, file);
}
