/** Whoever reads the output: a person at a terminal, or what collects lines. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logLineText } from '../../src/cli/log.ts';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { environmentOf, type Running, START_MS, startProgram } from '../support/running-program.ts';

describe('a gateway whose output goes to no terminal', () => {
  let folder: string;
  let running: Running;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-log-'));
    await chmod(folder, 0o711);
    const environment = environmentOf(join(folder, 'data'), { LOG_FORMAT: undefined, LOG_LEVEL: 'info' });
    running = await startProgram(environment);
  }, START_MS);
  afterAll(async () => {
    running.process.kill('SIGKILL');
    await running.ended;
    await removeEmbedded(join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  });
  const lines = () => running.output().trimEnd().split('\n');

  it('says everything in JSON lines there: how far it is, that it is ready, where, and each request', async () => {
    await fetch(`${running.url}/health/live`);
    await expect.poll(() => running.output()).toContain('/health/live');
    const read = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      read.every(
        ({ level, time, msg }) =>
          typeof level === 'number' && typeof time === 'string' && typeof msg === 'string',
      ),
    ).toBe(true);
    expect(read.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^Sightline is ready after/));
    expect(read).toContainEqual(expect.objectContaining({ msg: 'ready', url: running.url }));
    expect(read).toContainEqual(
      expect.objectContaining({ msg: 'request', route: '/health/live', status: 200 }),
    );
    expect(running.logged()).toBe('');
  });
});

describe('at a terminal a line of the log', () => {
  it.each([
    [
      '{"level":40,"time":"2026-11-22T03:04:05.678Z","agency":"police","why":"nothing listens","code":"ECONNREFUSED","msg":"agency is down"}',
      '03:04:05 WARN  agency is down  agency=police why="nothing listens" code=ECONNREFUSED\n',
    ],
    [
      '{"level":50,"time":"2026-11-22T03:04:05.678Z","findings":[{"file":"a.yaml","line":3}],"msg":"no"}',
      '03:04:05 ERROR no  findings=[{"file":"a.yaml","line":3}]\n',
    ],
    ['{"level":30,"time":"2026-11-22T03:04:05.678Z","msg":"stopping"}', '03:04:05 INFO  stopping\n'],
  ])('%s is in words', (line, words) => {
    expect(logLineText(line)).toBe(words);
  });
});
