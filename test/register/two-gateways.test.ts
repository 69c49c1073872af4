/** A data directory is one gateway's: a second is refused, a dead one is succeeded. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerCommand } from '../../src/cli/register.ts';
import { acquireLock, LOCK_FILE } from '../../src/store/lock.ts';
import { openStore } from '../../src/store/store.ts';
import { SILENT } from '../support/silent-log.ts';
import { disclosure, disclosures } from './entries.ts';
import { afterThis, newWorld, requestsIn, type World } from './world.ts';

const here = import.meta.dirname;
let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(here, '.program-'));
  program = join(folder, 'writer.mjs');
  await build({
    entryPoints: [join(here, 'writer-program.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Another gateway on the same data directory, as a process of its own. */
async function otherGateway({ wiredUrl, dataDir }: World) {
  const child = spawn(process.execPath, [program, wiredUrl, dataDir, 'other'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: tmpdir(),
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  afterThis(kill);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { pid: child.pid, kill };
}

describe('two gateways on one data directory', () => {
  it('are one: the second is refused in a line that names the folder and the process, and writes nothing', async () => {
    const world = await newWorld();
    const first = await world.start();
    await expect(world.start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: `Data directory (DATA_DIR) ${world.dataDir}: another Sightline runs on it (process ${process.pid}). Give each gateway a DATA_DIR of its own`,
    });
    await first.record(disclosures(2));
    await first.close();
    await (await world.start()).close();
    expect(await world.verify()).toMatchObject({ whole: true, entries: 2 });
  });

  it('that are two processes: refused while the first lives, and not once it was killed', async () => {
    const world = await newWorld();
    const { pid, kill } = await otherGateway(world);
    await expect(world.start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(`process ${pid})`),
    });
    await kill();
    const next = await world.start();
    await next.record([disclosure('mine')]);
    await next.close();
    expect((await requestsIn(world.admin)).at(-1)).toBe('mine');
    expect((await world.verify()).whole).toBe(true);
  });

  it('a gateway that lost its directory to another writes nothing more', async () => {
    const world = await newWorld();
    const lost: string[] = [];
    const log = { ...SILENT, error: (_: object, message: string) => lost.push(message) };
    const first = await world.start({ log });
    const lock = join(world.dataDir, 'register/sightline.lock');
    await writeFile(lock, JSON.stringify({ pid: 1, born: 'theirs', space: 'theirs' }));
    await expect
      .poll(() => lost, { timeout: 20_000 })
      .toEqual([expect.stringMatching(/another gateway has taken/)]);
    await expect(first.record(disclosures(1))).rejects.toMatchObject({ code: 'REGISTER_UNAVAILABLE' });
    expect(await requestsIn(world.admin)).toEqual([]);
  });
});

describe('a register that two gateways wrote', () => {
  /** Two entries of both; then two of the one in the table, and three of the other in the spool, under a signed head. */
  async function written(copied: boolean): Promise<{ world: World; dataDir: string }> {
    const world = await newWorld();
    const first = await world.start();
    await first.record(disclosures(2));
    await first.close();
    const dataDir = copied ? await mkdtemp(join(tmpdir(), 'sightline-copy-')) : world.dataDir;
    if (copied) {
      afterThis(() => rm(dataDir, { recursive: true, force: true }));
      await cp(join(world.dataDir, 'register'), join(dataDir, 'register'), { recursive: true });
    }
    // Without the lock, as before there was one; a copied directory has another.
    const lock = join(dataDir, 'register', LOCK_FILE);
    const one = await world.start();
    await rm(lock, { force: true });
    const other = await world.start({ dataDir, headEntries: 1, drainAfterMs: 600_000 });
    await one.record(disclosures(2, 'one'));
    await other.record(disclosures(3, 'other'));
    await other.close();
    await one.close();
    await rm(lock, { force: true });
    return { world, dataDir };
  }
  async function command(world: World, dataDir: string, words: string[], answer?: boolean) {
    const said = { out: '', err: '', code: -1 };
    const register = registerCommand({
      openStore: async () => openStore(world.url),
      dataDir,
      signingKey: () => null,
      confirm: answer === undefined ? null : async () => answer,
      agencies: [],
      operator: {
        user: 'pat',
        now: () => new Date(),
        policyVersion: async () => '',
        record: async () => {},
        recordWith: async () => {},
      },
      now: () => new Date(),
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      exit: (code) => {
        said.code = code;
      },
    });
    await register.parseAsync(words, { from: 'user' });
    return said;
  }

  it('takes nothing of a write of which it cannot take all', async () => {
    const { world } = await written(false);
    const { rows } = await world.admin.query('select seq::int from register_entry order by seq');
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('of which a part came to stand behind the others’ is mended all the same, and the first’s own waiting too', async () => {
    const { world, dataDir } = await written(false);
    // As the table took it before it took all or none.
    const spool = await readFile(join(dataDir, 'register/spool.log'), 'utf8');
    const [chain, seq, previous, hash, entry = ''] = spool.trimEnd().split('\n').at(-1)?.split('\t') ?? [];
    const { at, requestId, person } = JSON.parse(entry);
    await world.admin.query(
      'insert into register_entry (chain, seq, previous, hash, entry, at, request_id, person) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [chain, seq, previous, hash, entry, at, requestId, person],
    );
    expect(await command(world, dataDir, ['verify'])).toMatchObject({ code: 1 });
    expect(await command(world, dataDir, ['repair', '--yes'])).toMatchObject({ code: 0 });
    expect(await command(world, dataDir, ['verify'])).toMatchObject({ code: 0 });
    expect(new Set(await requestsIn(world.admin)).size).toBe(7);
  });

  it.each([
    ['through one data directory', false],
    ['through a copy of the data directory', true],
  ])(
    '%s is named by verify with what to do, and is whole once it is mended, every entry in it once',
    async (_, copied) => {
      const { world, dataDir } = await written(copied);
      const folders = ['verify', '--data-dir', ...new Set([world.dataDir, dataDir])];
      const before = await command(world, dataDir, folders);
      expect(before.code).toBe(1);
      expect(before.out).toMatch(/ADDED {2}entry 3 .*two gateways.*register repair/);

      expect(await command(world, dataDir, ['repair'])).toMatchObject({
        code: 2,
        err: expect.stringMatching(/--yes/),
      });
      expect(await command(world, dataDir, ['repair'], false)).toMatchObject({ code: 1 });
      expect((await requestsIn(world.admin)).sort()).toEqual(['one-1', 'one-2', 'r-1', 'r-2']);

      const mended = await command(world, dataDir, ['repair', '--yes']);
      expect([mended.code, mended.out]).toEqual([
        0,
        expect.stringMatching(/^3 entries wait for places of chain \S+ from 3 on/),
      ]);
      const all = ['one-1', 'one-2', 'other-1', 'other-2', 'other-3', 'r-1', 'r-2'];
      expect((await requestsIn(world.admin)).sort()).toEqual(all);
      const after = await command(world, dataDir, folders);
      expect([after.code, after.out]).toEqual([
        0,
        expect.stringMatching(
          /mended: two gateways wrote it from 3 on; 3 entries of the other are chain [\s\S]*is whole/,
        ),
      ]);

      const next = await world.start({ dataDir });
      await next.record([disclosure('next')]);
      await next.close();
      expect(await command(world, dataDir, folders)).toMatchObject({ code: 0 });
      expect(await command(world, dataDir, ['repair'])).toMatchObject({
        code: 0,
        out: expect.stringMatching(/nothing to mend/),
      });
    },
  );

  it('once mended still shows whoever changes one of the entries that were moved', async () => {
    const { world, dataDir } = await written(false);
    await command(world, dataDir, ['repair', '--yes']);
    await world.admin.query('alter table register_entry disable trigger all');
    await world.admin.query(`with recursive moved as (
        select chain, min(seq) over () as first from register_entry where request_id = 'other-1')
      update register_entry r set entry = replace(entry, 'nurse-7', 'nurse-8') from moved
      where r.chain = moved.chain and r.request_id = 'other-3'`);
    expect(await command(world, dataDir, ['verify'])).toMatchObject({ code: 1 });
  });

  it('is not mended under a gateway that runs', async () => {
    const { world, dataDir } = await written(false);
    await world.start({ drainAfterMs: 600_000 });
    expect(await command(world, dataDir, ['repair', '--yes'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/another Sightline runs on it/),
    });
  });
});

it('a copy of a data directory is locked by nobody, though the lock of the one that runs came along', async () => {
  const world = await newWorld();
  await world.start();
  const copy = await mkdtemp(join(tmpdir(), 'sightline-copy-'));
  afterThis(() => rm(copy, { recursive: true, force: true }));
  await cp(join(world.dataDir, 'register'), join(copy, 'register'), { recursive: true });
  await expect(world.start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
  await (await acquireLock(join(copy, 'register'))).release();
});

describe('a lock from another container or machine, whose processes cannot be seen', () => {
  const theirs = JSON.stringify({ pid: process.pid, born: null, space: 'another boot/pid:[1]', inode: null });

  it('is alive while it beats', async () => {
    const { dataDir } = await newWorld();
    const lock = join(dataDir, 'sightline.lock');
    await writeFile(lock, theirs);
    const beating = setInterval(() => void utimes(lock, new Date(), new Date()), 200);
    afterThis(async () => clearInterval(beating));
    await expect(acquireLock(dataDir)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining('in another container or on another machine'),
    });
    expect(await readFile(lock, 'utf8')).toBe(theirs);
  });

  it('is dead once it has not beaten for a while, and is taken over', async () => {
    const { dataDir } = await newWorld();
    await writeFile(join(dataDir, 'sightline.lock'), theirs);
    const lock = await acquireLock(dataDir);
    expect(JSON.parse(await readFile(join(dataDir, 'sightline.lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
    await lock.release();
  });
});
