/** What is written together with an entry of the register stands with it, or neither does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/register/chain-writer.ts';
import type { Register } from '../../src/register/register.ts';
import { disclosure } from './entries.ts';
import { afterThis, drained, newWorld, requestsIn, type World } from './world.ts';

let world: World;
let register: Register;
beforeEach(async () => {
  world = await newWorld();
  await world.admin.query('create table if not exists deed (name text primary key); truncate deed');
  register = await world.start();
});

const deed =
  (name: string, then: () => void = () => {}): Act =>
  async (transaction) => {
    await sql`insert into deed (name) values (${name})`.execute(transaction);
    then();
  };
const deeds = async () =>
  (await world.admin.query('select name from deed order by name')).rows.map(({ name }) => name);

describe('a gateway killed in the middle of an act', () => {
  it.each(['within', 'committed'] as const)(
    'leaves the act with its entry, or neither (%s)',
    async (when) => {
      await register.close();
      const program = await bundled('act-program.ts');
      const writer = spawn(process.execPath, [program, world.wiredUrl, world.dataDir, when], {
        ...{ stdio: ['ignore', 'pipe', 'inherit'], cwd: tmpdir() },
      });
      await once(writer.stdout, 'data');
      writer.kill('SIGKILL');
      await once(writer, 'close');
      const next = await world.start();
      await next.record([disclosure('r-2')]);
      const stands = when === 'committed';
      expect(await deeds()).toEqual(stands ? ['one'] : []);
      expect(await requestsIn(world.admin)).toEqual(stands ? ['r-1', 'r-2'] : ['r-2']);
      expect((await world.verify()).whole).toBe(true);
    },
  );
});

/** A program beside this file, as one that Node runs. */
async function bundled(name: string): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, '.program-'));
  afterThis(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'program.mjs');
  await build({
    ...{ entryPoints: [join(import.meta.dirname, name)], outfile, bundle: true },
    ...{ platform: 'node', format: 'esm', packages: 'external' },
  });
  return outfile;
}

describe('an act with its entry', () => {
  it('stands with it, between the entries of others', async () => {
    await Promise.all([
      register.record([disclosure('r-1')]),
      register.recordWith([disclosure('r-2')], deed('two')),
      register.record([disclosure('r-3')]),
    ]);
    expect(await deeds()).toEqual(['two']);
    expect((await requestsIn(world.admin)).toSorted()).toEqual(['r-1', 'r-2', 'r-3']);
    expect(await world.verify()).toMatchObject({ whole: true, entries: 3 });
  });

  it('leaves nothing where the act refuses, and the chain goes on whole', async () => {
    const refusing = deed('one', () => {
      throw new Error('refused');
    });
    await expect(register.recordWith([disclosure('r-1')], refusing)).rejects.toThrow('refused');
    await register.recordWith([disclosure('r-2')], deed('two'));
    await register.record([disclosure('r-3')]);
    expect(await deeds()).toEqual(['two']);
    expect(await requestsIn(world.admin)).toEqual(['r-2', 'r-3']);
    expect(await world.verify()).toMatchObject({ whole: true, entries: 2 });
  });

  it('is refused while the store is away: there is no spool for acts', async () => {
    world.proxy.cut();
    const away = { code: 'REGISTER_UNAVAILABLE' };
    await expect(register.recordWith([disclosure('r-1')], deed('one'))).rejects.toMatchObject(away);
    await register.record([disclosure('r-2')]);
    expect(register.status().mode).toBe('SPOOL');
    await expect(register.recordWith([disclosure('r-3')], deed('three'))).rejects.toMatchObject(away);
    world.proxy.restore();
    await drained(register);
    await register.recordWith([disclosure('r-4')], deed('four'));
    expect(await deeds()).toEqual(['four']);
    expect(await requestsIn(world.admin)).toEqual(['r-2', 'r-4']);
    expect((await world.verify()).whole).toBe(true);
  });

  it('whose commit reaches the store though its answer is lost stands with its entry', async () => {
    const lost = register.recordWith(
      [disclosure('r-1')],
      deed('one', () => world.proxy.loseNextAnswer()),
    );
    await expect(lost).rejects.toMatchObject({ code: 'REGISTER_UNAVAILABLE' });
    world.proxy.restore();
    await register.record([disclosure('r-2')]);
    await drained(register);
    expect(await deeds()).toEqual(['one']);
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2']);
    expect((await world.verify()).whole).toBe(true);
  });

  it('whose commit never reaches the store is an entry without an act, never an act without its entry', async () => {
    const cut = register.recordWith(
      [disclosure('r-1')],
      deed('one', () => world.proxy.stall()),
    );
    await expect(cut).rejects.toMatchObject({ code: 'REGISTER_UNAVAILABLE' });
    world.proxy.cut();
    world.proxy.restore();
    await register.record([disclosure('r-2')]);
    await drained(register);
    expect(await deeds()).toEqual([]);
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2']);
    expect((await world.verify()).whole).toBe(true);
  });
});
