/** What a board is told: that the register is whole in a period, by which heads and keys, and how far that can be said. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sightline } from '../command.ts';
import { disclosure } from '../entries.ts';
import { newWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await newWorld();
  // Five entries under the head of each of three days.
  for (const day of ['06', '12', '18']) {
    const register = await world.start({ now: () => new Date(`2026-11-${day}T18:00:00.000Z`) });
    await register.record(
      Array.from({ length: 5 }, (_, n) =>
        disclosure(`r-${day}-${n}`, { at: `2026-11-${day}T12:00:0${n}.000Z` }),
      ),
    );
    await register.close();
  }
});

const statement = (...more: string[]) => sightline(world, 'verify', '--statement', ...more);
const json = async (...more: string[]) => {
  const { code, out, err } = await statement('--json', ...more);
  expect(err).toBe('');
  return { code, ...JSON.parse(out) };
};
const change = (text: string) =>
  world.admin.query(`alter table register_entry disable trigger all; alter table register_leaf disable trigger all;
    alter table register_checkpoint disable trigger all; ${text}`);

describe('a statement', () => {
  it('says period, entries, heads, keys, what was checked and what cannot be', async () => {
    const { code, out } = await statement('--from', '2026-11-07', '--to', '2026-11-12');
    expect(code).toBe(0);
    expect(out).toContain('2026-11-07T00:00:00.000Z to 2026-11-12T00:00:00.000Z');
    expect(out).toContain('5 entries. The register is whole.');
    expect(out).toMatch(/chain \S+: 10 entries, root \S{44}, signed 2026-11-12T18:00:00.000Z/);
    const { out: keys } = await sightline(world, 'key');
    const [fingerprint = 'none'] = keys.match(/[0-9a-f]{64}/) ?? [];
    expect(out).toContain(fingerprint);
    expect(out).toMatch(
      /Checked:[\s\S]*Not checked, and not to be seen from the register:\n {2}- That the gateway wrote down/,
    );
  });

  it('is of all of it where no period is said, and of none where nothing was written', async () => {
    expect(await json()).toMatchObject({
      code: 0,
      from: null,
      to: null,
      entries: 15,
      whole: true,
      findings: [],
    });
    expect(await json('--from', '2026-12-01')).toMatchObject({ code: 0, entries: 0, whole: true });
  });

  it('is a page of its own to print, which loads nothing from anywhere', async () => {
    const file = join(world.dataDir, 'statement.html');
    await statement('--html', file);
    const page = await readFile(file, 'utf8');
    expect(page).toContain('<p class="verdict">15 entries. The register is whole.</p>');
    expect(page).toContain('What was not checked, and cannot be seen from the register');
    expect(page).not.toMatch(/https?:|<script|<link|src=/);
    expect(page).toContain('@page { size: A4');
  });

  it.each<[string, string, RegExp]>([
    [
      'an entry of the period was changed',
      `update register_entry set entry = replace(entry, 'nurse-7', 'nurse-8') where seq = 7`,
      /CHANGED entry 7/,
    ],
    [
      'an entry before the period was taken out',
      'delete from register_entry where seq = 3',
      /REMOVED {2}entry 3/,
    ],
    [
      'the head that it begins with is another in the store',
      `update register_checkpoint set frontier = sha256('x') || sha256('y') where size = 5`,
      /the head of 5 in the store is not as it was signed/,
    ],
    [
      'counts of the head that it begins with are others',
      `update register_checkpoint set counts = '{"police": 4, "mental-health": 5}' where size = 5`,
      /the head of 5 in the store is not as it was signed/,
    ],
    ['leaves of the period were taken out', 'delete from register_leaf where seq > 8', /CUT_OFF entry 9/],
  ])('is not that it is whole where %s', async (_, tampering, finding) => {
    await change(tampering);
    const { code, whole, findings } = await json('--from', '2026-11-07', '--to', '2026-11-19');
    expect([code, whole, findings.join('\n')]).toEqual([1, false, expect.stringMatching(finding)]);
  });

  it('refuses what is of a statement where none is asked for', async () => {
    const { code, err } = await sightline(world, 'verify', '--html', 'x.html');
    expect([code, err]).toEqual([2, '--html, --from and --to are of a --statement\n']);
  });
});
