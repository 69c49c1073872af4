import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startEmbedded,
} from '../../src/store/embedded/start-embedded.ts';
import { query } from './embedded-child.ts';

const isRoot = process.getuid?.() === 0;

let folder: string;
let dataDir: string;
let running: EmbeddedPostgres[];

/** A server that is stopped after the test, whatever becomes of the test. */
async function start(options: EmbeddedOptions = { dataDir }): Promise<EmbeddedPostgres> {
  const server = await startEmbedded(options);
  running.push(server);
  return server;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-embedded-'));
  await chmod(folder, 0o711);
  dataDir = join(folder, 'data');
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await removeEmbedded(dataDir);
  await rm(folder, { recursive: true, force: true });
});

test('what was stored is there at the second start', async () => {
  const first = await start();
  expect(first.fresh).toBe(true);
  await query(
    first.url('postgres'),
    "create table register (entry text); insert into register values ('Zoë')",
  );
  await first.stop();
  await expect(query(first.url('postgres'), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  const second = await start();
  expect(second.fresh).toBe(false);
  expect(await query(second.url('postgres'), 'select upper(entry) as entry from register')).toEqual([
    { entry: 'ZOË' },
  ]);
});

describe('a running server', () => {
  let server: EmbeddedPostgres;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sightline-embedded-'));
    server = await startEmbedded({ dataDir: home });
  });

  afterAll(async () => {
    await server.stop();
    await removeEmbedded(home);
  });

  test('by default nothing is lost in a crash, and only this machine is listened to', async () => {
    const settings = `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit') order by name`;
    expect(await query(server.url('postgres'), settings)).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
  });

  test('only the password opens it, and only one private file holds that', async () => {
    const guess = server.url('postgres').replace(server.password, 'guess');
    await expect(query(guess, 'select 1')).rejects.toMatchObject({ code: '28P01' });

    const files = (await readdir(home, { withFileTypes: true })).filter((entry) => entry.isFile());
    const holding: string[] = [];
    for (const { name } of files) {
      if ((await readFile(join(home, name), 'utf8')).includes(server.password)) holding.push(name);
    }
    expect(holding).toEqual(['superuser-password']);
    expect((await stat(join(home, 'superuser-password'))).mode & 0o777).toBe(0o600);
  });

  test('a statement that fails is not written to the log, since it may hold what people said', async () => {
    await expect(query(server.url('postgres'), "select 'Leila'::integer")).rejects.toThrow('Leila');
    expect(await readFile(server.logFile ?? '', 'utf8')).not.toContain('Leila');
  });

  test('a second start on a directory in use is refused and names the process', async () => {
    await expect(startEmbedded({ dataDir: home })).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringMatching(new RegExp(`${home}.*process ${process.pid}\\)`)),
    });
    await expect(removeEmbedded(home)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
    expect(await query(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('settings are taken over, and a wrong one is named', async () => {
  const server = await start({ dataDir, settings: { work_mem: '5MB' } });
  expect(await query(server.url('postgres'), 'show work_mem')).toEqual([{ work_mem: '5MB' }]);
  await server.stop();
  await expect(start({ dataDir, settings: { wrok_mem: '5MB' } })).rejects.toMatchObject({
    code: 'EMBEDDED_DATABASE_FAILED',
    message: expect.stringContaining('wrok_mem'),
  });
  // The failed start let go of the directory.
  await start();
});

test('stopping ends connected clients, and may be asked for twice', async () => {
  const server = await start();
  const sleeping = query(server.url('postgres'), 'select pg_sleep(60)').catch((error: Error) => error);
  const busy = "select 1 from pg_stat_activity where query like '%sleep(60)' and state = 'active'";
  await expect.poll(() => query(server.url('postgres'), busy)).toHaveLength(1);

  await Promise.all([server.stop(), server.stop()]);

  expect(await sleeping).toMatchObject({ code: '57P01' });
});

test('data without its password is refused, not thrown away', async () => {
  const first = await start();
  await first.stop();
  const password = await readFile(join(dataDir, 'superuser-password'));
  await rm(join(dataDir, 'superuser-password'));
  await expect(start()).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_DAMAGED',
    message: expect.stringContaining('superuser-password'),
  });
  await writeFile(join(dataDir, 'superuser-password'), password);
  expect((await start()).fresh).toBe(false);
});

test('removing leaves nothing of the database, and nothing but it goes', async () => {
  const server = await start();
  await server.stop();
  await writeFile(join(dataDir, 'notes'), 'mine');
  await removeEmbedded(dataDir);
  expect(await readdir(dataDir)).toEqual(['notes']);
});

test('a file where the directory should be is named', async () => {
  await writeFile(dataDir, '');
  await expect(startEmbedded({ dataDir: join(dataDir, 'below') })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNWRITABLE',
    message: expect.stringContaining(join(dataDir, 'below')),
  });
  await rm(dataDir);
});

// Root may write everywhere but where the kernel itself refuses; anybody else is stopped by a folder's rights.
const unwritable = isRoot ? '/sys/sightline' : '/usr/sightline';

// Below /proc the system says that nothing is there: Node's own mkdir would ask for ever.
test.each([unwritable, '/proc/sightline', '/proc/sightline/below'])(
  'an unwritable directory (%s) is named',
  async (folder) => {
    await expect(startEmbedded({ dataDir: folder })).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_UNWRITABLE',
      message: expect.stringContaining(folder),
    });
  },
);

/** PostgreSQL refuses to run as root, and the account it runs under instead may not enter a private folder. */
const privateFolder = isRoot
  ? 'as root, below a private folder, the database goes elsewhere and comes back from there'
  : 'as an ordinary user, below a private folder, the database stays in its directory';

test(privateFolder, async () => {
  await chmod(folder, 0o700);
  const told: string[] = [];
  const first = await start({ dataDir, log: (line) => told.push(line) });
  await query(first.url('postgres'), 'create table kept (entry int)');
  const [place] = await query(first.url('postgres'), 'show data_directory');
  const cluster = (place as { data_directory: string }).data_directory;
  await first.stop();
  expect(cluster.startsWith(dataDir)).toBe(!isRoot);
  expect(told.join()).toContain(cluster.replace(/.cluster$/, ''));

  const second = await start();
  expect(await query(second.url('postgres'), 'select * from kept')).toEqual([]);
  await second.stop();
  await removeEmbedded(dataDir);
  expect(existsSync(cluster)).toBe(false);
});

test('a directory that was moved keeps its data, and one made in its old place starts anew', async () => {
  await chmod(folder, 0o700);
  const first = await start();
  await query(first.url('postgres'), 'create table kept (entry int)');
  await first.stop();
  const elsewhere = join(folder, 'moved');
  await rename(dataDir, elsewhere);

  expect((await start()).fresh).toBe(true);
  const moved = await start({ dataDir: elsewhere });
  expect(await query(moved.url('postgres'), 'select * from kept')).toEqual([]);
  await moved.stop();
  await removeEmbedded(elsewhere);
});
