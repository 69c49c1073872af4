import { createHash } from 'node:crypto';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { disclosures } from './entries.ts';
import { newWorld, type World } from './world.ts';

/** Ten entries, heads signed at 4, 8 and 10, the gateway stopped; then a stranger with all rights over the table. */
async function tenEntries(): Promise<World> {
  const world = await newWorld();
  for (const entries of [
    disclosures(10).slice(0, 4),
    disclosures(10).slice(4, 8),
    disclosures(10).slice(8),
  ]) {
    const register = await world.start();
    for (const entry of entries) await register.record([entry]);
    await register.close();
  }
  await world.admin.query('alter table register_entry disable trigger all');
  return world;
}

/** Hashes as the gateway makes them, as anybody can who has read how. */
async function recompute(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query('select chain, seq, entry from register_entry order by seq');
  let previous = '0'.repeat(64);
  for (const { chain, seq, entry } of rows) {
    const hash = createHash('sha256').update(`${chain}\n${seq}\n${previous}\n${entry}`).digest('hex');
    await admin.query('update register_entry set previous = $2, hash = $3 where seq = $1', [
      seq,
      previous,
      hash,
    ]);
    previous = hash;
  }
}

/** An entry of a stranger that fits behind the entry before it. */
const FORGED = `insert into register_entry (chain, seq, at, request_id, person, entry, previous, hash)
  select chain, $1::bigint, at, 'forged', person, entry, hash,
    encode(sha256(convert_to(chain || E'\\n' || $1::bigint || E'\\n' || hash || E'\\n' || entry, 'UTF8')), 'hex')
  from (select chain, at, person, hash, replace(entry, request_id, 'forged') as entry
    from register_entry where seq = $1::bigint - 1) before`;

const shift = (from: number, by: number) =>
  `update register_entry set seq = seq + 1000 where seq >= ${from};
   update register_entry set seq = seq - 1000 + ${by} where seq >= 1000`;

const swapPlaces = `update register_entry set seq = 1000 where seq = 4;
  update register_entry set seq = 4 where seq = 7;
  update register_entry set seq = 7 where seq = 1000`;

const swapContents = `update register_entry r set entry = o.entry, at = o.at, request_id = o.request_id
  from register_entry o where (r.seq, o.seq) in ((4, 7), (7, 4))`;

const edit = (seq: number) =>
  `update register_entry set entry = replace(entry, 'nurse-7', 'nurse-8') where seq = ${seq}`;

interface Case {
  readonly what: string;
  readonly tamper: (admin: pg.Client) => Promise<unknown>;
  readonly finding: { kind: string; seq: number; requestId: string | null };
}

const CASES: readonly Case[] = [
  {
    what: 'who asked was changed',
    tamper: (admin) => admin.query(edit(5)),
    finding: { kind: 'CHANGED', seq: 5, requestId: 'r-5' },
  },
  {
    what: 'the person kept for look-ups was changed',
    tamper: (admin) => admin.query(`update register_entry set person = 'person-2' where seq = 6`),
    finding: { kind: 'CHANGED', seq: 6, requestId: 'r-6' },
  },
  {
    what: 'the time kept for look-ups was changed',
    tamper: (admin) => admin.query(`update register_entry set at = 'infinity' where seq = 6`),
    finding: { kind: 'CHANGED', seq: 6, requestId: 'r-6' },
  },
  {
    what: 'an entry was changed and its own hash made anew',
    tamper: async (admin) => {
      await admin.query(edit(5));
      await admin.query(`update register_entry set hash =
        encode(sha256(convert_to(concat_ws(E'\\n', chain, seq, previous, entry), 'UTF8')), 'hex') where seq = 5`);
    },
    finding: { kind: 'CHANGED', seq: 5, requestId: 'r-5' },
  },
  {
    what: 'the last entry was changed',
    tamper: (admin) => admin.query(edit(10)),
    finding: { kind: 'CHANGED', seq: 10, requestId: 'r-10' },
  },
  {
    what: 'an entry was deleted',
    tamper: (admin) => admin.query('delete from register_entry where seq = 5'),
    finding: { kind: 'REMOVED', seq: 5, requestId: null },
  },
  {
    what: 'the first entry was deleted',
    tamper: (admin) => admin.query('delete from register_entry where seq = 1'),
    finding: { kind: 'REMOVED', seq: 1, requestId: null },
  },
  {
    what: 'an entry was deleted and the rest renumbered',
    tamper: async (admin) => {
      await admin.query('delete from register_entry where seq = 5');
      await admin.query(shift(6, -1));
    },
    finding: { kind: 'REMOVED', seq: 5, requestId: null },
  },
  {
    what: 'a fitting entry was put between, the rest renumbered',
    tamper: async (admin) => {
      await admin.query(shift(5, 1));
      await admin.query(FORGED, [5]);
    },
    finding: { kind: 'ADDED', seq: 5, requestId: null },
  },
  {
    what: 'an entry of no fitting hash was put between, the rest renumbered',
    tamper: async (admin) => {
      await admin.query(shift(5, 1));
      await admin.query(FORGED, [5]);
      await admin.query(`update register_entry set hash = 'f00' where seq = 5`);
    },
    finding: { kind: 'ADDED', seq: 5, requestId: 'forged' },
  },
  {
    what: 'a fitting entry was put at the end',
    tamper: (admin) => admin.query(FORGED, [11]),
    finding: { kind: 'ADDED', seq: 11, requestId: 'forged' },
  },
  {
    what: 'a chain of a stranger’s own was added',
    tamper: async (admin) => {
      await admin.query(`insert into register_entry select '00000000-0000-4000-8000-000000000001', seq, at, request_id,
        person, entry, previous, hash from register_entry where seq = 1`);
    },
    finding: { kind: 'CHANGED', seq: 1, requestId: 'r-1' },
  },
  {
    what: 'two entries exchanged places',
    tamper: (admin) => admin.query(swapPlaces),
    finding: { kind: 'REORDERED', seq: 4, requestId: 'r-7' },
  },
  {
    what: 'two entries exchanged contents',
    tamper: (admin) => admin.query(swapContents),
    finding: { kind: 'REORDERED', seq: 4, requestId: 'r-7' },
  },
  {
    what: 'an entry was moved to the end',
    tamper: (admin) => admin.query('update register_entry set seq = 11 where seq = 4'),
    finding: { kind: 'REORDERED', seq: 4, requestId: null },
  },
  {
    what: 'the last entries were cut off',
    tamper: (admin) => admin.query('delete from register_entry where seq > 7'),
    finding: { kind: 'CUT_OFF', seq: 8, requestId: null },
  },
  {
    what: 'the whole register was emptied',
    tamper: (admin) => admin.query('truncate register_entry'),
    finding: { kind: 'CUT_OFF', seq: 1, requestId: null },
  },
  {
    what: 'an entry was changed and every hash made anew',
    tamper: async (admin) => {
      await admin.query(edit(5));
      await recompute(admin);
    },
    finding: { kind: 'CHANGED', seq: 8, requestId: 'r-8' },
  },
  {
    what: 'an entry was deleted, the rest renumbered and every hash made anew',
    tamper: async (admin) => {
      await admin.query('delete from register_entry where seq = 9');
      await admin.query(shift(10, -1));
      await recompute(admin);
    },
    finding: { kind: 'CUT_OFF', seq: 10, requestId: null },
  },
];

describe('verifying the register', () => {
  it('finds an untouched register whole', async () => {
    const { verify } = await tenEntries();
    expect(await verify()).toMatchObject({
      whole: true,
      entries: 10,
      notYetSigned: 0,
      waiting: 0,
      badHeads: [],
    });
  });

  it.each(CASES)('names the entry when $what', async ({ tamper, finding }) => {
    const { admin, verify } = await tenEntries();
    await tamper(admin);
    const { whole, chains } = await verify();
    expect(whole).toBe(false);
    expect(chains.map(({ problem }) => problem).filter((problem) => problem !== null)).toMatchObject([
      finding,
    ]);
  });

  it('bounds a change under hashes made anew by the signed heads around it', async () => {
    const { admin, verify } = await tenEntries();
    await admin.query(edit(6));
    await recompute(admin);
    expect((await verify()).chains[0]?.problem?.detail).toContain('one of the entries 5 to 8');
  });

  it('tells a chain that no gateway has signed from those of the gateways', async () => {
    const world = await tenEntries();
    await world.admin.query(`insert into register_entry select '00000000-0000-4000-8000-000000000001', 1, at, request_id,
      person, entry, previous, encode(sha256(convert_to(concat_ws(E'\\n', '00000000-0000-4000-8000-000000000001', 1,
      previous, entry), 'UTF8')), 'hex') from register_entry where seq = 1`);
    const { whole, chains } = await world.verify();
    expect(whole).toBe(false);
    expect(chains[0]?.problem).toMatchObject({
      kind: 'ADDED',
      chain: '00000000-0000-4000-8000-000000000001',
    });
    expect(chains[1]?.problem).toBeNull();
  });
});

describe('the register’s table', () => {
  it.each([
    'update register_entry set person = null',
    'delete from register_entry',
    'truncate register_entry',
  ])('refuses %s, even to its owner', async (statement) => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(disclosures(1));
    await expect(world.admin.query(statement)).rejects.toThrow('append-only');
  });
});
