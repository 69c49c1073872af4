import { setTimeout as sleep } from 'node:timers/promises';
import { operatorFolder } from '../register/data-folder.ts';
import type { RegisterEntry } from '../register/entry.ts';
import { createRegister, type Register, type RegisterOptions } from '../register/register.ts';
import { DataDirectoryError } from '../store/embedded/errors.ts';

/**
 * Records what is decided or done at the terminal. Waits a while for another command that writes just now.
 * @throws RegisterUnavailableError, RegisterFileError, DataDirectoryError
 */
export async function recordFromTerminal(
  options: Pick<RegisterOptions, 'db' | 'dataDir' | 'log' | 'now'> & { registerSigningKey: string | null },
  entries: readonly RegisterEntry[],
): Promise<void> {
  const { registerSigningKey, dataDir, ...common } = options;
  const signing = registerSigningKey === null ? {} : { signingKey: registerSigningKey };
  const register = await openWhenFree({ ...common, ...signing, dataDir: operatorFolder(dataDir) });
  try {
    await register.record(entries);
  } finally {
    await register.close();
  }
}

async function openWhenFree(options: RegisterOptions): Promise<Register> {
  const end = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return await createRegister(options);
    } catch (error) {
      const busy = error instanceof DataDirectoryError && error.code === 'DATA_DIRECTORY_IN_USE';
      if (!busy || performance.now() > end) throw error;
      await sleep(RETRY_MS);
    }
  }
}

const WAIT_MS = 10_000;
const RETRY_MS = 100;
