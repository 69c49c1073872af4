import { programPath } from './binaries.ts';
import { readPidFile, removePidFile } from './pid-file.ts';
import { clusterIn } from './place.ts';
import { commandLine, isAlive, waitUntilGone } from './processes.ts';
import { run } from './programs.ts';
import type { Site } from './site.ts';

const FAST_MS = 10_000;
const IMMEDIATE_MS = 5_000;

/** Ends a server: in order, then without waiting for anything, then by force. Nothing happens if it is gone. */
export async function endPostmaster(site: Site, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const args = ['stop', '-D', clusterIn(site.place), '-m', 'fast', '-t', String(FAST_MS / 1000)];
    await run(site.account, programPath(site.binaries, 'pg_ctl'), args, site.place);
  } else {
    signal(pid, 'SIGINT');
    if (await waitUntilGone(pid, FAST_MS)) return;
    signal(pid, 'SIGQUIT');
  }
  if (await waitUntilGone(pid, IMMEDIATE_MS)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, IMMEDIATE_MS);
}

/**
 * Ends the server that a killed process left behind on this cluster, if there is one, and puts away a pid
 * file whose id another program bears by now. @returns whether a server was ended.
 */
export async function endLeftBehind(site: Site): Promise<boolean> {
  const cluster = clusterIn(site.place);
  const left = await readPidFile(cluster);
  if (left === null) return false;
  if (!(await isAlive(left.pid))) {
    // PostgreSQL would do so itself, but takes a zombie for a living server.
    await removePidFile(cluster);
    return false;
  }
  const words = await commandLine(left.pid);
  // Where the system does not tell whose id it is, PostgreSQL's own check decides.
  if (words === null && process.platform !== 'win32') return false;
  if (words?.includes(`-D ${cluster} `) === false) {
    await removePidFile(cluster);
    return false;
  }
  await endPostmaster(site, left.pid);
  // One that was killed while it was looked at has not put it away, and is a zombie for a moment.
  if (!(await isAlive(left.pid))) await removePidFile(cluster);
  return true;
}

/** Asks a server to end without waiting: for the last moment of this process. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
