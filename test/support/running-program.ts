import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { vi } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

export const BIN = join(projectRoot(), 'bin/sightline.js');
export const A_MINUTE = 60_000;

/** The demo as a process of its own. */
export interface Running {
  process: ChildProcess;
  url: string;
  operatorUrl: string;
  /** Everything printed so far. */
  printed(): string;
  /** Lines of its log so far. */
  logged(): string;
  /** Exit code once the process has ended. */
  ended: Promise<number | null>;
}

/** What a demo on free ports is told, over no other setting than these. */
export const environmentOf = (dataDir: string, settings: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  DATA_DIR: dataDir,
  PORT: '0',
  OPERATOR_PORT: '0',
  ...settings,
});

/** Few people, so that a start is quick. */
const FEW = ['--people', '40'];

/** Starts the demo as a user does, with few people unless a number is given, and waits until it says that it is ready. */
export async function startProgram(env: NodeJS.ProcessEnv, words: readonly string[] = []): Promise<Running> {
  const child = spawn(
    process.execPath,
    [BIN, 'start', ...(words.includes('--people') ? [] : FEW), ...words],
    { env },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await vi.waitUntil(() => child.exitCode !== null || /is ready after [\s\S]*curl .*graphql/.test(out), {
    timeout: A_MINUTE,
  });
  const url = /(http:\S+)\/graphiql/.exec(out)?.[1];
  const operatorUrl = /(http:\S+)\/metrics/.exec(out)?.[1];
  if (!url || !operatorUrl) throw new Error(`It did not start: ${out}${err}`);
  return { process: child, url, operatorUrl, printed: () => out + err, logged: () => err, ended };
}
