import { spawn } from 'node:child_process';

/** Under which account PostgreSQL's programs run. */
export interface ServerAccount {
  /** Set where this process is root and gives its rights away. */
  readonly uid?: number;
  readonly gid?: number;
  /** Words that come before every command, such as those that enter a user namespace. */
  readonly prefix: readonly string[];
}

export interface Outcome {
  /** Exit code; null where the program was not started or ended by a signal. */
  readonly code: number | null;
  /** What it wrote, both streams in order. */
  readonly output: string;
  /** Why it could not be started at all. */
  readonly notStarted?: NodeJS.ErrnoException;
}

/** The command line, account and surroundings for one of PostgreSQL's programs. */
export function invocation(account: ServerAccount, program: string, args: readonly string[], cwd: string) {
  const words = [...account.prefix, program, ...args];
  const identity =
    account.uid === undefined || account.gid === undefined ? {} : { uid: account.uid, gid: account.gid };
  return {
    file: words[0] ?? program,
    args: words.slice(1),
    options: { cwd, env: environment(), ...identity },
  };
}

/** Runs a program to its end. Never rejects: a program that cannot be started is an outcome too. */
export function run(
  account: ServerAccount,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<Outcome> {
  const { file, args: words, options } = invocation(account, program, args, cwd);
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    try {
      const child = spawn(file, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('error', (notStarted) => resolve({ code: null, output, notStarted }));
      child.once('close', (code) => resolve({ code, output }));
    } catch (error) {
      resolve({ code: null, output, notStarted: error as NodeJS.ErrnoException });
    }
  });
}

/** Ours without PG* variables, which would point PostgreSQL elsewhere; its messages stay in English. */
function environment(): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(ours), LC_ALL: 'C', TZ: 'UTC' };
}
