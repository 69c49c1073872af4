import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import pg from 'pg';

const started: ChildProcess[] = [];

export interface Child {
  readonly process: ChildProcess;
  /** What the child said of its start: an address, or an error's message and code. */
  readonly said: { url?: string; message?: string; code?: string };
}

/**
 * Starts the embedded database in another process, as the bundle does that users run.
 * @param project folder that the bundle is put into, and whose node_modules it finds
 */
export async function startChild(project: string, dataDir: string, then: 'stay' | 'exit'): Promise<Child> {
  const outfile = join(project, 'start.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'embedded-child-main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const child = spawn(process.execPath, [outfile, dataDir, then], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { process: child, said: JSON.parse(line) };
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Ends a child as the kernel or an impatient user would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Ends every child of this file's tests that still runs, whatever became of its test. */
export async function killAll(): Promise<void> {
  await Promise.all(started.splice(0).map(kill));
}
