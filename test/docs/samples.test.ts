/** The sample answers for front ends are those that the gateway gives, whenever they are made; and making them leaves nothing behind. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stableAnswer } from '../../src/cli/samples/stable.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import { projectRoot } from '../../src/project-root.ts';
import { BIN, environmentOf, START_MS } from '../support/running-program.ts';

const folder = join(projectRoot(), 'samples');
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .map((path) => [path, JSON.parse(readFileSync(join(folder, path), 'utf8'))] as const);

/** A folder for what is temporary, in place of the machine's. */
function temporary(): string {
  const made = mkdtempSync(join(tmpdir(), 'sightline-samples-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('they are as the gateway answers now: after a change, run npx sightline samples', {
  timeout: 4 * START_MS,
}, async () => {
  const TMPDIR = temporary();
  const env = { ...environmentOf(join(TMPDIR, 'data')), TMPDIR };
  const { stdout } = await promisify(execFile)(process.execPath, [BIN, 'samples', '--check'], { env }).catch(
    (error) => error,
  );
  expect(stdout).toBe(`${samples.length} samples: as they should be\n`);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('whoever interrupts it finds nothing left', { timeout: 2 * START_MS }, async () => {
  const TMPDIR = temporary();
  const env = { ...environmentOf(join(TMPDIR, 'data')), TMPDIR };
  const child = spawn(process.execPath, [BIN, 'samples', '--out', join(TMPDIR, 'out')], { env });
  await new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('every example and every persona has one', () => {
  const names = new Set(samples.map(([, { name }]) => name));
  expect(EXAMPLES.filter(({ name }) => !names.has(name))).toEqual([]);
  const personas = new Set(samples.map(([, { persona }]) => persona));
  expect(PERSONAS.filter(({ persona }) => !personas.has(persona))).toEqual([]);
});

test('each of the seven states is there once, as the section of the answer', () => {
  const states = samples.filter(([path]) => path.startsWith('states/'));
  for (const [, { name, response, status }] of states) {
    const [section] = Object.values(response.data.findPeople.people[0].person) as { state: string }[];
    expect([name, section?.state, status]).toEqual([name, name, 200]);
  }
  expect(states.map(([, { name }]) => name).sort()).toEqual(
    [
      'DISCLOSED',
      'PARTIAL',
      'WITHHELD',
      'NOT_HELD',
      'NOT_COVERED',
      'UNAVAILABLE',
      'POSSIBLE_MATCH_ONLY',
    ].sort(),
  );
});

test('no token and no sealed id stands in them', () => {
  for (const [path, sample] of samples) {
    expect([path, JSON.stringify(sample.response).match(/"[\w-]{38,}"|[0-9a-f]{8}-[0-9a-f]{4}-/g)]).toEqual([
      path,
      null,
    ]);
    expect(Object.keys(sample.request.headers)).not.toContain('Authorization');
  }
});

describe('what stands for an id', () => {
  const [one, other] = ['z'.repeat(43), 'b-'.repeat(30)];
  test('is the same for the same, and another for another', () => {
    expect(stableAnswer({ id: one, list: [other, one], agency: 'police' })).toEqual({
      ...{ id: 'id-1', list: ['id-2', 'id-1'], agency: 'police' },
    });
  });
  test('stands for hashes and UUIDs too, and for no words', () => {
    const uuid = '0b0f0a52-1d4e-4c38-9a53-0d6a1c1f7a11';
    expect(
      stableAnswer([uuid, 'f'.repeat(64), 'children-looked-after', 'a long sentence with many words']),
    ).toEqual([...['id-1', 'hash-1', 'children-looked-after', 'a long sentence with many words']]);
  });
});
