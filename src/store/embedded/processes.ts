import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 10;

/** Whether a process of this id lives. A zombie, which no signal ends, counts as dead. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another account.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const state = (await statFields(pid))?.[0];
  return state !== 'Z' && state !== 'X';
}

/**
 * A mark that no other process ever bears, not even one that is given the same id later.
 * @returns null where the system does not tell.
 */
export async function birthMark(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const startTicks = (await statFields(pid))?.[19];
    const boot = await readOrNull('/proc/sys/kernel/random/boot_id');
    return startTicks === undefined || boot === null ? null : `${boot.trim()}/${startTicks}`;
  }
  return ps(pid, 'lstart=');
}

/** The words a process was started with, as far as the system tells; null where it does not. */
export async function commandLine(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const words = await readOrNull(`/proc/${pid}/cmdline`);
    return words === null ? null : words.replaceAll('\0', ' ').trim();
  }
  return ps(pid, 'command=');
}

/** Waits until the process is gone. @returns false if it still lives after `limitMs` milliseconds. */
export async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (await isAlive(pid)) {
    if (performance.now() > end) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets. */
async function statFields(pid: number): Promise<string[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const stat = await readOrNull(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function ps(pid: number, field: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', field, '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
