import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sightline } from './command.ts';
import { disclosures } from './entries.ts';
import { newWorld, type World } from './world.ts';

async function threeEntries(): Promise<World> {
  const world = await newWorld();
  const register = await world.start();
  await register.record(disclosures(3));
  await register.close();
  return world;
}

const forget = (world: World) =>
  world.admin.query(
    'alter table register_entry disable trigger all; delete from register_entry where seq = 2',
  );

describe('sightline register verify', () => {
  it('says that the register is whole, exit code 0', async () => {
    const { out, code } = await sightline(await threeEntries(), 'verify');
    expect(code).toBe(0);
    expect(out).toContain('The register is whole. 3 entries looked at');
  });

  it('names the first wrong entry, exit code 1', async () => {
    const world = await threeEntries();
    await forget(world);
    const { out, code } = await sightline(world, 'verify');
    expect(code).toBe(1);
    expect(out).toContain('REMOVED  entry 2');
    expect(out).toContain('The register is NOT whole.');
  });

  it('gives the same as JSON', async () => {
    const world = await threeEntries();
    await forget(world);
    const { out, code } = await sightline(world, 'verify', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      whole: false,
      chains: [{ problem: { kind: 'REMOVED', seq: 2 } }],
    });
  });

  it('trusts the key that is given, not the one beside the heads', async () => {
    const [world, other] = [await threeEntries(), await newWorld()];
    await (await other.start()).close();
    const key = join(other.dataDir, 'register', 'public-key.pem');
    const { out, code } = await sightline(world, 'verify', '--public-key', key);
    expect(code).toBe(1);
    expect(out).toContain('its signature is not by the key given');
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    ['the store is away', async ({ proxy }) => proxy.cut(), 'own store cannot be reached'],
    [
      'the key is none',
      ({ dataDir }) => writeFile(join(dataDir, 'register', 'public-key.pem'), 'x'),
      'public-key.pem',
    ],
  ])('says why it could not verify when %s, exit code 2', async (_, breakIt, why) => {
    const world = await threeEntries();
    await breakIt(world);
    const { err, code } = await sightline(world, 'verify');
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it('wants the data directory of a gateway', async () => {
    const { err, code } = await sightline(await threeEntries(), 'verify', '--data-dir', '/nowhere');
    expect(code).toBe(2);
    expect(err).toContain('/nowhere');
  });
});
