/** The keys that sign heads and checkpoints are changed while the gateway runs, and what they signed is checked as before. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registerFolder } from '../../src/register/data-folder.ts';
import { sightline } from './command.ts';
import { disclosures } from './entries.ts';
import { newWorld, type World } from './world.ts';

const keysOf = (world: World) => readFile(registerFolder(world.dataDir).signingKey, 'utf8');
const fingerprints = (text: string) => [...text.matchAll(/^SHA-256 ([0-9a-f]{64})$/gm)].map(([, one]) => one);

it('a gateway that runs signs with the new key from its next head on; the old one still checks what it signed', async () => {
  const world = await newWorld();
  const register = await world.start({ headMs: 20 });
  await register.record(disclosures(3));
  await expect.poll(() => register.status().signed).toBe(3);
  const old = join(world.dataDir, 'old.pem');
  await writeFile(old, (await sightline(world, 'key')).out);

  const rotated = await sightline({ ...world, records: true }, 'key', '--rotate');
  expect([rotated.code, rotated.err]).toEqual([0, '']);
  const [before, after, terminalBefore, terminalAfter] = fingerprints(rotated.out);
  expect(fingerprints(await readFile(old, 'utf8'))).toEqual([before]);

  await register.record(disclosures(2, 'later'));
  await register.close();
  expect((await sightline(world, 'verify')).out).toContain('The register is whole. 6 entries looked at');

  const [file, all] = [join(world.dataDir, 'police.jsonl'), join(world.dataDir, 'all.pem')];
  await sightline(world, 'export', '--agency', 'police', '--out', file);
  await writeFile(all, (await sightline(world, 'key')).out);
  expect((await sightline(world, 'verify', '--export', file, '--key', all)).code).toBe(0);
  // Who has the old key alone is told that another signed: it must be told of the new one.
  const { code, out } = await sightline(world, 'verify', '--export', file, '--key', old, '--json');
  expect([code, JSON.parse(out).findings[0]]).toMatchObject([1, { kind: 'KEY' }]);

  const { rows } = await world.admin.query(
    `select entry from register_entry where entry like '%KEY_CHANGED%'`,
  );
  expect(rows.map(({ entry }) => JSON.parse(entry))).toMatchObject([
    {
      ...{ kind: 'POLICY', sub: 'terminal:pat', role: 'operator' },
      outcomes: ['police', 'housing', 'mental-health'].map((agency) => ({
        ...{ section: 'register', agency, state: 'KEY_CHANGED' },
        reason: expect.stringMatching(`^gateway ${before} to ${after}; terminal \\S+ to ${terminalAfter}$`),
      })),
    },
  ]);
  expect(terminalBefore).not.toBe(terminalAfter);
});

it('two changes one after the other leave every key checkable', async () => {
  const world = await newWorld();
  for (const count of [1, 2, 3]) {
    const register = await world.start();
    await register.record(disclosures(count, `of-${count}`));
    await register.close();
    expect((await sightline({ ...world, records: true }, 'key', '--rotate')).code).toBe(0);
  }
  expect((await sightline(world, 'verify')).out).toContain('The register is whole. 9 entries looked at');
});

it('a key that the setting gives is not changed here, and the one in the directory stays', async () => {
  const world = await newWorld();
  await (await world.start()).close();
  const before = await keysOf(world);
  const { code, err, out } = await sightline({ ...world, givenKey: before }, 'key', '--rotate');
  expect([code, out, err]).toEqual([1, '', expect.stringContaining('REGISTER_SIGNING_KEY')]);
  expect(await keysOf(world)).toBe(before);
});

it('nothing is changed where it cannot be written down', async () => {
  const world = await newWorld();
  await (await world.start()).close();
  const before = await keysOf(world);
  const { code, err } = await sightline({ ...world, fails: true }, 'key', '--rotate');
  expect([code, err]).toEqual([2, expect.stringContaining('cannot be written')]);
  expect(await keysOf(world)).toBe(before);
  expect(fingerprints((await sightline(world, 'key')).out)).toHaveLength(1);
});
