import { setTimeout as sleep } from 'node:timers/promises';
import type { Act } from '../register/chain-writer.ts';
import { operatorFolder } from '../register/data-folder.ts';
import type { RegisterEntry } from '../register/entry.ts';
import { createRegister, type Register, type RegisterOptions } from '../register/register.ts';
import { DataDirectoryError } from '../store/embedded/errors.ts';

/**
 * Records what is decided or done at the terminal. Waits a while for another command that writes just now.
 * @throws RegisterUnavailableError, RegisterFileError, DataDirectoryError
 */
export const recordFromTerminal = (
  options: TerminalRegister,
  entries: readonly RegisterEntry[],
): Promise<void> => atTerminal(options, (register) => register.record(entries));

/** The same together with what it is of, in one transaction of the store. @throws whatever the act throws, as well */
export const actFromTerminal = (
  options: TerminalRegister,
  entries: readonly RegisterEntry[],
  act: Act,
): Promise<void> => atTerminal(options, (register) => register.recordWith(entries, act));

export type TerminalRegister = Pick<RegisterOptions, 'db' | 'dataDir' | 'log' | 'now'> & {
  registerSigningKey: string | null;
};

async function atTerminal(
  options: TerminalRegister,
  work: (register: Register) => Promise<void>,
): Promise<void> {
  const { registerSigningKey, dataDir, ...common } = options;
  const signing = registerSigningKey === null ? {} : { signingKey: registerSigningKey };
  const register = await openWhenFree({ ...common, ...signing, dataDir: operatorFolder(dataDir) });
  try {
    await work(register);
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
