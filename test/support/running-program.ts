import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { vi } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

export const BIN = join(projectRoot(), 'bin/sightline.js');
/** Milliseconds for a start to be ready: a machine that checks a change may be a busy one. */
export const START_MS = process.env.CI ? 240_000 : 60_000;

/** The demo as a process of its own. */
export interface Running {
  process: ChildProcess;
  url: string;
  operatorUrl: string;
  /** Everything printed so far. */
  printed(): string;
  /** What came on its output, and on its error output, where the log is while people read the output. */
  output(): string;
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
  LOG_FORMAT: 'text',
  ...settings,
});

/** Few people, so that a start is quick. */
const FEW = ['--people', '40'];

/** Starts the demo as a user does, with few people unless a number is given, and waits until it says that it is ready. */
export async function startProgram(
  env: NodeJS.ProcessEnv,
  words: readonly string[] = [],
  {
    timeoutMs = START_MS,
    begun = () => {},
  }: { timeoutMs?: number; begun?: (child: ChildProcess) => void } = {},
): Promise<Running> {
  const child = spawn(
    process.execPath,
    [BIN, 'start', ...(words.includes('--people') ? [] : FEW), ...words],
    { env },
  );
  begun(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await vi.waitUntil(() => child.exitCode !== null || /is ready after [\s\S]*curl .*graphql/.test(out), {
    timeout: timeoutMs,
  });
  const url = /(http:[^\s"]+)\/graphiql/.exec(out)?.[1];
  const operatorUrl = /(http:[^\s"]+)\/metrics/.exec(out)?.[1];
  if (!url || !operatorUrl) throw new Error(`It did not start: ${out}${err}`);
  return {
    process: child,
    url,
    operatorUrl,
    printed: () => out + err,
    output: () => out,
    logged: () => err,
    ended,
  };
}
