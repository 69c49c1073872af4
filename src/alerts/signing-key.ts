import { join } from 'node:path';
import { makeFolder, readIfThere, readOrMake, replaceWhole } from '../register/durable-file.ts';
import { RegisterFileError } from '../register/errors.ts';
import { type NamedKey, namedKey, newSigningKey } from '../register/signing-key.ts';

/** The key that signs alerts, and the name by which receivers know its public half. */
export type AlertKey = NamedKey;

const folderOf = (dataDir: string): string => join(dataDir, 'alerts');
const fileOf = (dataDir: string): string => join(folderOf(dataDir), 'signing-key.pem');

/**
 * The Ed25519 key that signs alerts: the one given (PEM, PKCS #8), else one made once and kept in the data directory.
 * @throws AlertKeyError where its file cannot be made or read, or the key is no Ed25519 key
 */
export function alertKey(dataDir: string, given: string | null): Promise<AlertKey> {
  return namedForAlerts(async () => {
    if (given !== null) return namedKey(given, 'ALERTS_SIGNING_KEY');
    await makeFolder(folderOf(dataDir));
    const { text } = await readOrMake(fileOf(dataDir), newSigningKey);
    return namedKey(text, fileOf(dataDir));
  });
}

/** A key and the one before it, if there was any. */
export interface AlertKeys {
  readonly before: AlertKey | null;
  readonly now: AlertKey;
}

/**
 * A new key in place of the one in the data directory; a gateway takes it with its next alert.
 * @param record writes it down first; what it throws is thrown here, and the key stays
 * @throws AlertKeyError
 */
export async function rotateAlertKey(
  dataDir: string,
  record: (keys: AlertKeys) => Promise<void>,
): Promise<AlertKeys> {
  const file = fileOf(dataDir);
  const pem = newSigningKey();
  const keys = await namedForAlerts(async () => {
    await makeFolder(folderOf(dataDir));
    const before = await readIfThere(file);
    return { before: before === null ? null : namedKey(before, file), now: namedKey(pem, file) };
  });
  await record(keys);
  await namedForAlerts(() => replaceWhole(file, pem));
  return keys;
}

/** The key that signs alerts cannot be used; the message names its file or setting and says why. */
export class AlertKeyError extends Error {
  override readonly name = 'AlertKeyError';
  readonly code = 'ALERT_KEY_UNUSABLE';
}

/** The files are handled as the register's are, and are none of them. */
async function namedForAlerts<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RegisterFileError)) throw cause;
    throw new AlertKeyError(`The alerts’ key, ${cause.file}: ${cause.why}`, { cause });
  }
}
