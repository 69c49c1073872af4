import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterEntry } from '../register/entry.ts';
import { createRegister, type RegisterOptions } from '../register/register.ts';

/** A chain has one writer. The gateway has its own in the data directory, and whoever decides at the terminal this one. */
const folderOf = (dataDir: string): string => join(dataDir, 'operator');

/** A data directory, with the terminal's own chain in it if there ever was one: both are to be verified. */
export const withOperatorsChain = (dataDir: string): readonly string[] =>
  existsSync(join(folderOf(dataDir), 'register')) ? [dataDir, folderOf(dataDir)] : [dataDir];

/**
 * Records what is decided at the terminal. The caller holds the index's lock, so that no two commands write at once.
 * @throws RegisterUnavailableError, RegisterFileError
 */
export async function recordFromTerminal(
  options: Pick<RegisterOptions, 'db' | 'dataDir' | 'log' | 'now'> & { registerSigningKey: string | null },
  entries: readonly RegisterEntry[],
): Promise<void> {
  const { registerSigningKey, dataDir, ...common } = options;
  const signing = registerSigningKey === null ? {} : { signingKey: registerSigningKey };
  const register = await createRegister({ ...common, ...signing, dataDir: folderOf(dataDir) });
  try {
    await register.record(entries);
  } finally {
    await register.close();
  }
}
