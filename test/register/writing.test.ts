import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEntry } from '../../src/register/entry.ts';
import { disclosure, disclosures } from './entries.ts';
import { newWorld, requestsIn } from './world.ts';

describe('recording', () => {
  it('gathers 500 concurrent records into few writes', async () => {
    const world = await newWorld();
    const writes: number[] = [];
    const metrics = { written: (entries: number) => writes.push(entries), waiting: () => {} };
    const register = await world.start({ metrics });
    await Promise.all(disclosures(500).map((entry) => register.record([entry])));
    expect(writes.reduce((sum, entries) => sum + entries, 0)).toBe(500);
    expect(writes.length).toBeLessThanOrEqual(3);
    expect((await world.verify()).entries).toBe(500);
  });

  it('has written when it resolves', async () => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(disclosures(2));
    expect(await requestsIn(world.admin)).toEqual(['r-1', 'r-2']);
  });

  it.each([
    ['alone', [null]],
    ['among others', ['p-1', null, 'p-2', null]],
  ])('keeps entries that found nobody (%s)', async (_, people) => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(
      people.map((person, index) => disclosure(`r-${index}`, { kind: 'SEARCH', person })),
    );
    const { rows } = await world.admin.query('select person from register_entry order by seq');
    expect(rows.map(({ person }) => person)).toEqual(people);
    expect((await world.verify()).whole).toBe(true);
  });

  it('leaves behind whatever a record carries beside what is registered', async () => {
    const world = await newWorld();
    const register = await world.start();
    const [outcome] = disclosure('r').outcomes;
    const careless = { ...outcome, value: 'diagnosis F20.0' } as typeof outcome & { value: string };
    await register.record([disclosure('r', { outcomes: [careless] })]);
    const { rows } = await world.admin.query('select register_entry::text as row from register_entry');
    expect(rows[0].row).not.toContain('F20.0');
  });

  it.each([
    ['a time in another zone', { at: '2026-11-22T03:04:05+01:00' }],
    ['a time without milliseconds', { at: '2026-11-22T03:04:05Z' }],
    ['a request id that the store cannot hold', { requestId: 'r\u0000' }],
    ['an empty person id', { person: '' }],
  ])('refuses %s, and others are recorded all the same', async (_, wrong) => {
    const world = await newWorld();
    const register = await world.start();
    const [refused] = await Promise.allSettled([
      register.record([disclosure('wrong', wrong)]),
      register.record([disclosure('right')]),
    ]);
    expect(refused).toMatchObject({ reason: { code: 'REGISTER_ENTRY_INVALID' } });
    expect(await requestsIn(world.admin)).toEqual(['right']);
  });

  it('is refused once the register is closed', async () => {
    const register = await (await newWorld()).start();
    await register.close();
    await expect(register.record(disclosures(1))).rejects.toMatchObject({ code: 'REGISTER_UNAVAILABLE' });
  });

  it('keeps any text as it came, and verifies', async () => {
    const world = await newWorld();
    const register = await world.start();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), async (name, site) => {
        await register.record([disclosure('r', { name, site })]);
      }),
      { numRuns: 50 },
    );
    expect(await world.verify()).toMatchObject({ whole: true, entries: 50 });
  });

  it('writes an entry the same whatever order its fields came in', () => {
    const entry = disclosure('r');
    const backwards = Object.fromEntries(Object.entries(entry).reverse()) as unknown as typeof entry;
    expect(canonicalEntry(backwards)).toBe(canonicalEntry(entry));
  });
});

describe('what the register keeps in the data directory', () => {
  it('can be read by its own account only', async () => {
    const { start, dataDir } = await newWorld();
    await start();
    const folder = join(dataDir, 'register');
    for (const name of await readdir(folder)) {
      expect([name, (await stat(join(folder, name))).mode & 0o077]).toEqual([name, 0]);
    }
  });

  it('is made once: key and chain outlive a restart', async () => {
    const world = await newWorld();
    const first = await world.start();
    await first.close();
    const key = await readFile(join(world.dataDir, 'register', 'signing-key.pem'), 'utf8');
    const second = await world.start();
    expect(second.status().chain).toBe(first.status().chain);
    expect(await readFile(join(world.dataDir, 'register', 'signing-key.pem'), 'utf8')).toBe(key);
  });

  it('has a signed head after so many entries', async () => {
    const world = await newWorld();
    const register = await world.start({ headEntries: 3 });
    await register.record(disclosures(3));
    while (register.status().signed < 3) await new Promise((resolve) => setImmediate(resolve));
    await register.record([disclosure('r-4')]);
    expect(await world.verify()).toMatchObject({ whole: true, entries: 4, notYetSigned: 1 });
  });

  it('betrays a head that its key did not sign', async () => {
    const world = await newWorld();
    const register = await world.start();
    await register.record(disclosures(2));
    await register.close();
    const heads = join(world.dataDir, 'register', 'heads.jsonl');
    await writeFile(heads, (await readFile(heads, 'utf8')).replaceAll('"seq":2', '"seq":1'));
    expect(await world.verify()).toMatchObject({ whole: false, badHeads: [{ line: 2 }] });
  });

  it('that cannot be made stops the gateway with its name', async () => {
    const { start, dataDir } = await newWorld();
    await writeFile(join(dataDir, 'register'), '');
    await expect(start()).rejects.toMatchObject({
      code: 'REGISTER_FILE_UNUSABLE',
      message: expect.stringContaining(join(dataDir, 'register')),
    });
  });

  it.each(['chain', 'signing-key.pem'])(
    'stops the gateway where %s is not what it should be',
    async (name) => {
      const { start, dataDir } = await newWorld();
      await mkdir(join(dataDir, 'register'));
      await writeFile(join(dataDir, 'register', name), 'something else');
      await expect(start()).rejects.toMatchObject({ message: expect.stringContaining(name) });
    },
  );
});
