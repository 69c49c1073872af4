/** Scenario 5 at the terminal: beside a running gateway, a decision is made, registered, and verified with the rest. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BIN, environmentOf, type Running, START_MS, startProgram } from '../support/running-program.ts';

const run = promisify(execFile);
let dataDir: string;
let running: Running;
const sightline = (...words: string[]) =>
  run(process.execPath, [BIN, ...words], { env: environmentOf(dataDir) }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout: `${stdout}${stderr}`, code }),
  );
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-terminal-'));
  running = await startProgram(environmentOf(dataDir));
}, 2 * START_MS);
afterAll(async () => {
  running?.process.kill('SIGTERM');
  await running?.ended;
  await rm(dataDir, { recursive: true, force: true });
}, START_MS);

test(
  'tasks are listed without anything of anybody, one is decided, and the register is whole',
  async () => {
    const listed = await sightline('index', 'review', '--json');
    const { tasks } = JSON.parse(listed.stdout);
    expect(tasks.length).toBeGreaterThan(0);
    expect(listed.stdout).not.toMatch(/DOYLE|PIKE|KERR|HADDAD|\d{4}-\d\d-\d\d|999\d{7}/i);
    const [{ task, agencies }] = tasks;
    const words = ['--task', task, '--unsure', '--why', 'asked both agencies', '--for', agencies[0][0]];
    expect(await sightline('index', 'review', ...words, '--dry-run')).toMatchObject({ code: 0 });
    expect((await sightline('index', 'review', ...words)).stdout).toMatch(/^UNSURE stands/);
    const unsure = JSON.parse((await sightline('index', 'review', '--state', 'unsure', '--json')).stdout);
    expect(unsure.tasks).toMatchObject([
      { task, decisions: [{ verdict: 'UNSURE', organisation: agencies[0][0] }] },
    ]);
    expect(await sightline('register', 'verify')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/2 chains|whole/),
    });
  },
  START_MS,
);

test(
  'a word that is wrong, or a task that was never listed, is exit 2',
  async () => {
    expect(await sightline('index', 'review', '--state', 'sure')).toMatchObject({ code: 2 });
    expect(
      await sightline('index', 'review', '--task', 'x', '--same', '--why', 'y', '--for', 'police'),
    ).toMatchObject({
      code: 2,
    });
  },
  START_MS,
);
