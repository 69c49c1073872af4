import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface PidFile {
  readonly pid: number;
  /** Whether the server takes connections. */
  readonly ready: boolean;
}

const STATUS_LINE = 7;

/** What a server says of itself in its cluster's folder; null if it never started or has ended in order. */
export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(pathOf(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, ready: lines[STATUS_LINE]?.trim() === 'ready' };
}

export async function removePidFile(cluster: string): Promise<void> {
  await rm(pathOf(cluster), { force: true });
}

const pathOf = (cluster: string): string => join(cluster, 'postmaster.pid');
