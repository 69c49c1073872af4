/** `npm start` on a machine that is slowed to a tenth: it takes longer, says how far it is, and its first answer is the right one. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { environmentOf, type Running, startProgram } from '../support/running-program.ts';

const TEN_MINUTES = 600_000;
/** Of every such time the program, its threads and its database servers run a tenth. */
const TURN_MS = 200;

let folder: string;
let running: Running;
let slow: { stop(): Promise<void> };
/** What /health/ready answered while it started. */
const readiness: { status: number; reason?: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-slow-'));
  await chmod(folder, 0o711);
  const port = await freePort();
  const watching = setInterval(() => void ready(port), 1_000);
  running = await startProgram(environmentOf(join(folder, 'data'), { PORT: String(port) }), [], {
    timeoutMs: TEN_MINUTES,
    begun: (child) => {
      slow = slowDown(child);
    },
  });
  clearInterval(watching);
}, TEN_MINUTES);
afterAll(async () => {
  await slow?.stop();
  running?.process.kill('SIGKILL');
  await running?.ended;
  await removeEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
}, TEN_MINUTES);

test(
  'the query that it prints finds Maya Kerr, while the machine is as slow as before',
  async () => {
    const script = running
      .printed()
      .split('\n')
      .filter((line) => /^(TOKEN=|curl )/.test(line))
      .join('\n');
    const { data, extensions } = JSON.parse(await run('sh', ['-c', script]));
    expect(extensions.holes.filter(({ state }: { state: string }) => state === 'UNAVAILABLE')).toEqual([]);
    expect(data.findPeople.outcome).toBe('MATCH');
    const [{ person }] = data.findPeople.people;
    expect(person.identity.name).toBe('Maya Kerr');
    expect(person.crisisPlan).toMatchObject({
      state: 'DISCLOSED',
      whatHelps: expect.stringContaining('low voice'),
    });
  },
  TEN_MINUTES,
);

test('it was not ready before, and said so to whoever asked', () => {
  const refused = readiness.filter(({ status }) => status === 503);
  expect(refused.map(({ reason }) => reason).join()).toMatch(/person index is being filled: .*\d/);
});

test('it says how far it is in a few lines, and warns of nothing', () => {
  // Whether GraphiQL was bundled beforehand is another matter.
  const said = running
    .logged()
    .trim()
    .split('\n')
    .filter((line) => !line.includes('GraphiQL'));
  expect(said.filter((line) => line.startsWith('{'))).toEqual([]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(12);
  expect(said.join('\n')).toMatch(/^Filling the person index: .*\d/m);
});

async function ready(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
  if (answer) readiness.push({ ...((await answer.json()) as object), status: answer.status });
}

/** Stops a program and everything below it, nine tenths of the time. */
function slowDown({ pid }: { pid?: number | undefined }): { stop(): Promise<void> } {
  let stopped: number[] = [];
  const go = () => {
    for (const one of stopped.splice(0)) signal(one, 'SIGCONT');
  };
  const timer = setInterval(() => {
    go();
    setTimeout(() => {
      stopped = family(pid as number);
      for (const one of stopped) signal(one, 'SIGSTOP');
    }, TURN_MS / 10);
  }, TURN_MS);
  return {
    async stop() {
      clearInterval(timer);
      await sleep(TURN_MS);
      go();
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in between.
  }
}

/** The process and all that descend from it. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended in between.
    }
  }
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function run(command: string, words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, words, (error, out) => (error ? reject(error) : resolve(out)));
  });
}
