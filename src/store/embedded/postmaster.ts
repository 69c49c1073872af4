import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { programPath } from './binaries.ts';
import { endPostmaster } from './end-postmaster.ts';
import { EmbeddedStartError } from './errors.ts';
import { readPidFile } from './pid-file.ts';
import { clusterIn } from './place.ts';
import { invocation } from './programs.ts';
import type { Site } from './site.ts';

/** Recovery after a crash has to fit in. */
const READY_MS = 60_000;
const POLL_MS = 10;

export interface Postmaster {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever cause. */
  readonly ended: Promise<void>;
}

/**
 * Starts the server and waits until it takes connections.
 * @throws EmbeddedStartError with what the server wrote to its log.
 */
export async function startPostmaster(
  site: Site,
  settings: Readonly<Record<string, string>>,
  logFile: string,
): Promise<Postmaster> {
  const log = await open(logFile, 'a', 0o600);
  try {
    const from = (await log.stat()).size;
    const postmaster = await launch(site, settings, log.fd);
    await untilReady(site, postmaster, () => wordsSince(logFile, from));
    return postmaster;
  } finally {
    await log.close();
  }
}

function launch(site: Site, settings: Readonly<Record<string, string>>, log: number): Promise<Postmaster> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = programPath(site.binaries, 'postgres');
  const call = invocation(site.account, program, ['-D', clusterIn(site.place), ...options], site.place);
  return new Promise((resolve, reject) => {
    const child = spawn(call.file, call.args, {
      ...call.options,
      stdio: ['ignore', log, log],
      // A process group of its own: Ctrl-C is for us, who drain first and then stop the server.
      detached: true,
      windowsHide: true,
    });
    const ended = new Promise<void>((done) => {
      child.once('exit', () => done());
    });
    child.once('error', (cause) => reject(new EmbeddedStartError(cause.message, cause)));
    child.once('spawn', () => resolve({ pid: child.pid as number, ended }));
    child.unref();
  });
}

async function untilReady(site: Site, { pid, ended }: Postmaster, log: () => Promise<string>): Promise<void> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  const end = performance.now() + READY_MS;
  while (performance.now() < end) {
    if (gone) throw new EmbeddedStartError(await log());
    const said = await readPidFile(clusterIn(site.place));
    if (said?.pid === pid && said.ready) return;
    await sleep(POLL_MS);
  }
  await endPostmaster(site, pid);
  throw new EmbeddedStartError(`not ready after ${READY_MS / 1000} s; ${await log()}`);
}

async function wordsSince(logFile: string, from: number): Promise<string> {
  const lines = (await readFile(logFile)).subarray(from).toString().trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|could not|error/i.test(line));
  return (telling.length > 0 ? telling : lines.slice(-3)).join('; ');
}
