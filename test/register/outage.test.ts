import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { LOCK_FILE } from '../../src/store/lock.ts';
import { SILENT } from '../support/silent-log.ts';
import { disclosure, disclosures } from './entries.ts';
import { drained, newWorld, requestsIn, type World } from './world.ts';

const spoolOf = ({ dataDir }: World) => readFile(join(dataDir, 'register', 'spool.log'), 'utf8');
const numbered = (from: number, to: number) =>
  disclosures(to)
    .slice(from - 1)
    .map(({ requestId }) => requestId);

describe('while the store cannot be reached', () => {
  it.each(['cut', 'stall'] as const)(
    'entries wait in the spool and reach the store in order (%s)',
    async (how) => {
      const world = await newWorld();
      const register = await world.start();
      await register.record(disclosures(3).slice(0, 1));
      world.proxy[how]();
      for (const entry of disclosures(3).slice(1)) await register.record([entry]);
      expect(register.status()).toMatchObject({ mode: 'SPOOL', waiting: 2, written: 3 });
      expect(await requestsIn(world.admin)).toEqual(['r-1']);
      world.proxy.restore();
      await drained(register);
      await register.record([disclosure('r-4')]);
      expect(await requestsIn(world.admin)).toEqual(numbered(1, 4));
      expect(await spoolOf(world)).toBe('');
      expect(await world.verify()).toMatchObject({ whole: true, entries: 4, waiting: 0 });
    },
  );

  it('nothing overtakes what waits: the store never has a gap', async () => {
    const world = await newWorld();
    const register = await world.start({ drainAfterMs: 600_000 });
    await register.record([disclosure('r-1')]);
    world.proxy.cut();
    await register.record([disclosure('r-2')]);
    world.proxy.restore();
    await register.record([disclosure('r-3')]);
    expect(await requestsIn(world.admin)).toEqual(['r-1']);
    expect(await world.verify()).toMatchObject({ whole: true, waiting: 2 });
    await register.close();
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2', 'r-3']);
  });

  it('what waits is counted, and is neither cut off nor missing', async () => {
    const world = await newWorld();
    const register = await world.start({ headEntries: 1 });
    await register.record(disclosures(2));
    world.proxy.cut();
    await register.record([disclosure('r-3')]);
    await register.close();
    expect(await world.verify()).toMatchObject({ whole: true, entries: 2, waiting: 1 });
  });

  it('entries cut off below those that wait are still named', async () => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(disclosures(4));
    world.proxy.cut();
    await register.record([disclosure('r-5')]);
    await register.close();
    await world.admin.query(
      'alter table register_entry disable trigger all; delete from register_entry where seq > 2',
    );
    const report = await world.verify();
    expect(report.chains[0]?.problem).toMatchObject({ kind: 'CUT_OFF', seq: 3 });
  });

  it('a write whose answer was lost is not doubled', async () => {
    const world = await newWorld();
    const register = await world.start();
    await register.record([disclosure('r-1')]);
    world.proxy.loseNextAnswer();
    await register.record([disclosure('r-2')]);
    world.proxy.restore();
    await drained(register);
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2']);
    expect(await world.verify()).toMatchObject({ whole: true, entries: 2 });
  });

  it('a gateway that was closed goes on by the spool', async () => {
    const world = await newWorld();
    const first = await world.start();
    await first.record(disclosures(2));
    await first.close();
    world.proxy.cut();
    const second = await world.start();
    await second.record([disclosure('r-3')]);
    world.proxy.restore();
    await drained(second);
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2', 'r-3']);
    expect((await world.verify()).whole).toBe(true);
  });

  it('a brand-new gateway starts by the spool', async () => {
    const world = await newWorld();
    world.proxy.cut();
    const register = await world.start();
    await register.record([disclosure('r-1')]);
    world.proxy.restore();
    await drained(register);
    expect(await requestsIn(world.admin)).toEqual(['r-1']);
  });
});

describe('somebody else’s entry at the gateway’s next place', () => {
  async function forged() {
    const world = await newWorld();
    const errors: string[] = [];
    const log = {
      ...SILENT,
      error: (_: object, message: string) => errors.push(message),
    };
    const register = await world.start({ log, drainAfterMs: 60_000 });
    await register.record([disclosure('r-1')]);
    await world.admin.query(`insert into register_entry
      select chain, 2, at, 'forged', person, entry, hash, 'f00' from register_entry where seq = 1`);
    return { world, register, errors };
  }

  it('does not stop the gateway, whose entries wait, loudly', async () => {
    const { register, errors } = await forged();
    await register.record([disclosure('r-2')]);
    expect(register.status()).toMatchObject({ mode: 'SPOOL', waiting: 1 });
    expect(errors).toEqual([expect.stringContaining('this gateway did not write')]);
  });

  it('is named by verifying even where its hash fits', async () => {
    const { world, register } = await forged();
    await world.admin.query(`alter table register_entry disable trigger all;
      update register_entry set request_id = 'r-1', hash =
        encode(sha256(convert_to(concat_ws(E'\\n', chain, seq, previous, entry), 'UTF8')), 'hex') where seq = 2`);
    expect((await world.verify()).whole).toBe(true);
    await register.record([disclosure('r-2')]);
    expect((await world.verify()).chains[0]?.problem).toMatchObject({ kind: 'ADDED', seq: 2 });
  });

  it('is not vouched for by a gateway that was away: it begins a new chain', async () => {
    const world = await newWorld();
    const first = await world.start();
    await first.record([disclosure('r-1')]);
    await first.close();
    await world.admin.query(`insert into register_entry select chain, 2, at, request_id, person, entry, hash,
      encode(sha256(convert_to(concat_ws(E'\\n', chain, 2, hash, entry), 'UTF8')), 'hex') from register_entry`);
    const second = await world.start();
    await second.record([disclosure('r-2')]);
    await second.close();
    expect(second.status().chain).not.toBe(first.status().chain);
    const problems = (await world.verify()).chains.flatMap(({ problem }) => problem ?? []);
    expect(problems).toMatchObject([{ kind: 'ADDED', chain: first.status().chain, seq: 2 }]);
  });
});

describe('the spool of a gateway that crashed', () => {
  /** Two entries in the store, two in the spool, and the gateway gone without a word: its lock is a dead one’s. */
  async function crashed() {
    const world = await newWorld();
    const register = await world.start({ drainAfterMs: 600_000 });
    await register.record(disclosures(2));
    world.proxy.cut();
    await register.record(disclosures(4).slice(2));
    world.proxy.restore();
    const left = JSON.stringify({ pid: 2 ** 22 - 1, born: null });
    await writeFile(join(world.dataDir, 'register', LOCK_FILE), left);
    return world;
  }
  const file = ({ dataDir }: World) => join(dataDir, 'register', 'spool.log');

  it('is drained by the next, in order', async () => {
    const world = await crashed();
    const next = await world.start();
    await next.record([disclosure('r-5')]);
    await drained(next);
    expect(await requestsIn(world.admin)).toEqual(numbered(1, 5));
    expect((await world.verify()).whole).toBe(true);
  });

  it('loses only a torn last line, which nobody was told was written', async () => {
    const world = await crashed();
    const text = await spoolOf(world);
    await appendFile(file(world), text.slice(0, 300));
    const warnings: string[] = [];
    const log = {
      ...SILENT,
      warn: (_: object, message: string) => warnings.push(message),
    };
    const next = await world.start({ log });
    await drained(next);
    expect(warnings).toContainEqual(expect.stringContaining('never acknowledged, was dropped'));
    expect(await requestsIn(world.admin)).toEqual(numbered(1, 4));
  });

  it('is not thrown away when a whole line was altered: the gateway says which', async () => {
    const world = await crashed();
    await appendFile(file(world), 'something else\n');
    await expect(world.start()).rejects.toMatchObject({ code: 'REGISTER_FILE_UNUSABLE', message: /line 3/ });
    expect(await world.verify()).toMatchObject({ whole: false, damagedSpools: [{ line: 3 }] });
  });

  it('drained twice, as after a crash in the middle, doubles nothing', async () => {
    const world = await crashed();
    const text = await spoolOf(world);
    const next = await world.start();
    await drained(next);
    await next.close();
    await appendFile(file(world), text);
    await drained(await world.start());
    expect(await requestsIn(world.admin)).toEqual(numbered(1, 4));
    expect((await world.verify()).whole).toBe(true);
  });
});

describe('any order of recording, breaking and mending', () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('record' as const), count: fc.integer({ min: 1, max: 4 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('cut', 'loseNextAnswer', 'restore', 'restart') }),
    },
  );

  it('leaves a chain that verifies, with every entry exactly once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = await newWorld();
        let register = await world.start();
        const recorded: string[] = [];
        for (const step of steps) {
          if (step.do === 'record') {
            const entries = disclosures(step.count, `n${recorded.length}`);
            await register.record(entries);
            recorded.push(...entries.map(({ requestId }) => requestId));
          } else if (step.do === 'restart') {
            await register.close();
            register = await world.start();
          } else world.proxy[step.do]();
        }
        world.proxy.restore();
        await drained(register);
        expect(await requestsIn(world.admin)).toEqual(recorded);
        expect(await world.verify()).toMatchObject({ whole: true, entries: recorded.length, waiting: 0 });
        await register.close();
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('reading entries back', () => {
  it('gives those of one person, or of one request, as they were recorded', async () => {
    const world = await newWorld();
    const register = await world.start();
    const ofTwo = [
      disclosure('r-1', { person: 'p-1' }),
      disclosure('r-1', { person: 'p-2' }),
      disclosure('r-2'),
    ];
    await register.record(ofTwo);
    expect(await entriesOf(world.store.db, { requestId: 'r-1' })).toEqual(ofTwo.slice(0, 2));
    expect(await entriesOf(world.store.db, { person: 'p-2' })).toEqual([ofTwo[1]]);
  });
});

/** Entries of one person or of one request in the store, oldest first. */
async function entriesOf(
  db: World['store']['db'],
  whose: { readonly person: string } | { readonly requestId: string },
): Promise<readonly RegisterEntry[]> {
  const all = db.selectFrom('register_entry').select('entry');
  const theirs =
    'person' in whose
      ? all.where('person', '=', whose.person)
      : all.where('request_id', '=', whose.requestId);
  const rows = await theirs.orderBy('at').orderBy('chain').orderBy('seq').execute();
  return rows.map(({ entry }) => JSON.parse(entry));
}
