import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disclosure } from './entries.ts';
import { afterThis, drained, newWorld, requestsIn, type World } from './world.ts';

const here = import.meta.dirname;
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(here, '.program-'));
  program = join(folder, 'writer.mjs');
  const entry = join(here, 'writer-program.ts');
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A gateway's writer as a process of its own, over the wire that can be broken. */
function startWriter({ wiredUrl, dataDir }: World, prefix: string, limit = 'unlimited') {
  const command = `ulimit -f ${limit}; exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, program, wiredUrl, dataDir, prefix];
  const writer = spawn('/bin/sh', args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: tmpdir() });
  afterThis(() => kill(writer));
  const said: string[] = [];
  const lines = createInterface({ input: writer.stdout });
  lines.on('line', (line) => said.push(line));
  const saying = async (enough: () => boolean) => {
    while (!enough()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { writer, said, saying };
}

async function kill(writer: ChildProcess): Promise<void> {
  if (writer.exitCode !== null || writer.signalCode !== null) return;
  const closed = new Promise((resolve) => writer.once('close', resolve));
  writer.kill('SIGKILL');
  await closed;
}

describe('a gateway killed in the middle', () => {
  it.each(['restore', 'cut'] as const)(
    'loses and doubles nothing that it acknowledged (%s)',
    async (wire) => {
      const world = await newWorld();
      const { writer, said, saying } = startWriter(world, 'first');
      await saying(() => said.length >= 5);
      world.proxy[wire]();
      const before = said.length;
      await saying(() => said.length >= before + 20);
      await kill(writer);
      world.proxy.restore();

      const next = await world.start();
      await drained(next);
      await next.record([disclosure('second-1')]);
      const written = await requestsIn(world.admin);
      expect(written.slice(0, said.length)).toEqual(said);
      expect(new Set(written).size).toBe(written.length);
      expect(await world.verify()).toMatchObject({ whole: true, entries: written.length, waiting: 0 });
    },
  );
});

describe('when neither the store nor the disk takes an entry', () => {
  it('the record is refused, until one of them does again, and what was acknowledged stays', async () => {
    const world = await newWorld();
    world.proxy.cut();
    const { writer, said, saying } = startWriter(world, 'full', '8');
    await saying(() => said.includes('REGISTER_UNAVAILABLE'));
    const refusals = said.filter((line) => line === 'REGISTER_UNAVAILABLE').length;
    expect(refusals).toBeGreaterThan(0);
    expect(said).toContain('full-1');
    world.proxy.restore();
    const refused = said.length;
    await saying(() => said.slice(refused).some((line) => line.startsWith('full-')));
    await kill(writer);

    const next = await world.start();
    await drained(next);
    const written = await requestsIn(world.admin);
    const acknowledged = said.filter((line) => line.startsWith('full-'));
    expect(written).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(written).size).toBe(written.length);
    expect((await world.verify()).whole).toBe(true);
  });
});
