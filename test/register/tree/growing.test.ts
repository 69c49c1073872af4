/** Each chain's tree: grown behind it, signed outside the store, and never over what was not written. */
import { createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { link, plainEntry, START } from '../../../src/register/chain.ts';
import { registerFolder } from '../../../src/register/data-folder.ts';
import { makeFolder } from '../../../src/register/durable-file.ts';
import { signHead } from '../../../src/register/heads.ts';
import { createRegister } from '../../../src/register/register.ts';
import { loadSigningKey, publishKey, readPublicKeys } from '../../../src/register/signing-key.ts';
import { openCheckpoint } from '../../../src/register/tree/checkpoint.ts';
import { readCheckpoints } from '../../../src/register/tree/checkpoint-log.ts';
import { evidenceIn } from '../../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../../src/register/verify/verify-register.ts';
import { MIGRATIONS, migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/store.ts';
import { cloneDatabase } from '../../support/postgres.ts';
import { rows } from '../../support/rows.ts';
import { SILENT } from '../../support/silent-log.ts';
import { disclosure, disclosures } from '../entries.ts';
import { afterThis, newWorld, type World } from '../world.ts';

/** Sizes of the checkpoints that the gateway keeps, each opened with its key. */
async function sizesIn(dataDir: string): Promise<number[]> {
  const { checkpoints, publicKey } = registerFolder(dataDir);
  const keys = await readPublicKeys(publicKey);
  const lines = await readCheckpoints(checkpoints);
  return lines.map(({ note, chain }) => openCheckpoint(note ?? '', chain ?? '', keys)?.size ?? Number.NaN);
}

async function written(world: World, count: number): Promise<void> {
  const register = await world.start();
  await register.record(disclosures(count));
  await register.close();
}

const leaves = async ({ admin }: World) =>
  (await admin.query('select seq::int, parts from register_leaf order by seq')).rows;

describe('a chain’s tree', () => {
  it('has a leaf of every entry when the gateway stops, under a checkpoint in its data directory', async () => {
    const world = await newWorld();
    await written(world, 3);
    expect(await sizesIn(world.dataDir)).toEqual([3]);
    expect(await leaves(world)).toHaveLength(3);
    expect((await world.verify()).whole).toBe(true);
  });

  it('goes on where it was when the gateway starts again, and signs nothing where nothing was written', async () => {
    const world = await newWorld();
    await written(world, 3);
    await written(world, 1_200);
    await written(world, 0);
    expect(await sizesIn(world.dataDir)).toEqual([3, 1_003, 1_203]);
    expect((await world.verify()).whole).toBe(true);
  });

  it('numbers the entries of each agency by themselves', async () => {
    const world = await newWorld();
    const register = await world.start();
    const [outcome] = disclosure('r').outcomes;
    if (outcome === undefined) throw new Error('it has an outcome');
    const of = (...agencies: string[]) => agencies.map((agency) => ({ ...outcome, agency }));
    await register.record([
      disclosure('r-1', { outcomes: of('police', 'police', 'housing') }),
      disclosure('r-2', { outcomes: of('housing') }),
      disclosure('r-3', { outcomes: [], organisation: null }),
      disclosure('r-4', { outcomes: of('police') }),
    ]);
    await register.close();
    const numbers = (await leaves(world)).map(({ parts }) =>
      Object.fromEntries(
        Object.entries(parts as Record<string, [number]>).map(([agency, [number]]) => [agency, number]),
      ),
    );
    expect(numbers).toEqual([
      { police: 1, housing: 1, 'mental-health': 1 },
      { housing: 2, 'mental-health': 2 },
      {},
      { police: 2, 'mental-health': 3 },
    ]);
  });

  it('waits for entries that wait in the spool', async () => {
    const world = await newWorld();
    const register = await world.start({ headMs: 20 });
    world.proxy.cut();
    await register.record(disclosures(2));
    expect(await sizesIn(world.dataDir)).toEqual([]);
    world.proxy.restore();
    await expect.poll(() => sizesIn(world.dataDir)).toEqual([2]);
    await register.close();
    expect((await world.verify()).whole).toBe(true);
  });

  it('is not grown over an entry that was changed in the table before its leaf was made', async () => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(disclosures(3));
    await world.admin.query(`alter table register_entry disable trigger all;
      update register_entry set entry = replace(entry, 'nurse-7', 'nurse-8'),
        hash = encode(sha256(convert_to(concat_ws(E'\\n', chain, seq, previous, replace(entry, 'nurse-7', 'nurse-8')), 'UTF8')), 'hex')
      where seq = 3`);
    await register.close();
    expect(await sizesIn(world.dataDir)).toEqual([]);
    expect(await leaves(world)).toEqual([]);
  });

  it('is not signed anew where the store has lost what was signed', async () => {
    const world = await newWorld();
    await written(world, 3);
    await world.admin.query(`alter table register_leaf disable trigger all; delete from register_leaf;
      alter table register_checkpoint disable trigger all; delete from register_checkpoint`);
    await written(world, 2);
    expect(await sizesIn(world.dataDir)).toEqual([3]);
    expect(await leaves(world)).toEqual([]);
  });
});

describe('verifying finds', () => {
  const update = (text: string) => (world: World) =>
    world.admin.query(
      `alter table register_leaf disable trigger all; alter table register_entry disable trigger all; ${text}`,
    );
  it.each<[string, (world: World) => Promise<unknown>, object]>([
    [
      'a leaf that was changed',
      update(`update register_leaf set hash = sha256('x') where seq = 2`),
      { kind: 'CHANGED', seq: 2 },
    ],
    [
      'a leaf that is missing',
      update('delete from register_leaf where seq = 2'),
      { kind: 'REMOVED', seq: 2 },
    ],
    [
      'a tree that was cut off',
      update('delete from register_leaf where seq > 2'),
      { kind: 'CUT_OFF', seq: 3 },
    ],
    [
      'a salt that was changed',
      update('update register_entry set salt = gen_random_uuid() where seq = 2'),
      { kind: 'CHANGED', seq: 2 },
    ],
    [
      'a number that was changed',
      update(`update register_leaf set parts = replace(parts::text, '[2,', '[3,')::jsonb where seq = 2`),
      { kind: 'CHANGED', seq: 2 },
    ],
  ])('%s', async (_, tamper, problem) => {
    const world = await newWorld();
    await written(world, 4);
    await tamper(world);
    expect((await world.verify()).chains).toMatchObject([{ problem }]);
  });

  it('a checkpoint that no key of the gateway signed', async () => {
    const world = await newWorld();
    await written(world, 2);
    const { checkpoints } = registerFolder(world.dataDir);
    const line = await readFile(checkpoints, 'utf8');
    await writeFile(checkpoints, line.replace('\\n2\\n', '\\n3\\n'));
    expect(await world.verify()).toMatchObject({ whole: false, badHeads: [{ file: checkpoints, line: 1 }] });
  });

  it('nothing where an entry is no longer kept, whose leaf stays', async () => {
    const world = await newWorld();
    await written(world, 4);
    await update('update register_entry set salt = null where seq = 2')(world);
    expect((await world.verify()).whole).toBe(true);
  });
});

it('a register of a version without trees is carried over whole, the chains before included', async () => {
  const database = await cloneDatabase('template1');
  afterThis(() => database.drop());
  await migrate(
    database.url,
    MIGRATIONS.filter(({ name }) => name < '220'),
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-register-'));
  afterThis(() => rm(dataDir, { recursive: true, force: true }));
  await writtenBefore(database.url, dataDir);

  await migrate(database.url);
  const store = openStore(database.url, { connections: 2 });
  afterThis(() => store.close());
  const start = () =>
    createRegister({ db: store.db, dataDir, now: () => new Date(), log: SILENT, headMs: 20 });
  const register = await start();
  await register.record([disclosure('after')]);
  await expect.poll(() => sizesIn(dataDir)).toEqual(expect.arrayContaining([5, 1_501]));
  await register.close();
  const [{ salts, entries }] = (await rows(
    database.url,
    'select count(distinct salt)::int as salts, count(*)::int as entries from register_entry',
    [],
  )) as [{ salts: number; entries: number }];
  expect([salts, entries]).toEqual([1_506, 1_506]);
  const report = await verifyRegister({ db: store.db, sources: [await evidenceIn(dataDir)] });
  expect(report).toMatchObject({ whole: true, entries: 1_506 });
});

/** A former chain of five entries, and the present one of 1,500, each with its signed head, as earlier versions left them. */
async function writtenBefore(url: string, dataDir: string): Promise<void> {
  const files = registerFolder(dataDir);
  await makeFolder(files.folder);
  const key = await loadSigningKey(files);
  await publishKey(files, key);
  expect(createPublicKey(key).asymmetricKeyType).toBe('ed25519');
  const former = '00000000-0000-4000-8000-00000000000a';
  const present = '00000000-0000-4000-8000-00000000000b';
  const heads: string[] = [];
  for (const [chain, count] of [
    [former, 5],
    [present, 1_500],
  ] as const) {
    const linked = link(chain, START, disclosures(count).map(plainEntry));
    await rows(
      url,
      `insert into register_entry (chain, seq, at, request_id, person, entry, previous, hash)
       select chain, seq, at, "requestId", person, entry, previous, hash from json_to_recordset($1::json)
         as e (chain uuid, seq bigint, at timestamptz, "requestId" text, person text, entry text, previous text, hash text)`,
      [JSON.stringify(linked)],
    );
    const { seq, hash } = linked.at(-1) ?? START;
    heads.push(
      JSON.stringify(signHead(key, { chain, seq, hash, at: '2026-11-22T03:04:06.000Z', closed: true })),
    );
  }
  await writeFile(files.heads, `${heads.join('\n')}\n`);
  await writeFile(files.chain, present);
}
