/**
 * One agency's part of the register, as a file that proves itself: what is in it, what is not, and every attack on it that
 * whoever verifies without the store must see.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { registerFolder } from '../../../src/register/data-folder.ts';
import type { RegisterEntry } from '../../../src/register/entry.ts';
import { loadSigningKey } from '../../../src/register/signing-key.ts';
import { signCheckpoint } from '../../../src/register/tree/checkpoint.ts';
import { hashOfLeaf, partDigest } from '../../../src/register/tree/leaf.ts';
import { MerkleTree } from '../../../src/register/tree/merkle.ts';
import { sightline } from '../command.ts';
import { disclosure } from '../entries.ts';
import { newWorld, type World } from '../world.ts';

const [OUTCOME] = disclosure('r').outcomes;
const outcome = (agency: string, more = {}) => ({
  ...OUTCOME,
  section: 'housing',
  agency,
  state: 'DISCLOSED',
  level: null,
  reason: null,
  asOf: null,
  ...more,
});

/** Entry `r-n` on the n-th of the month; every second concerns the landlord, every third the police. */
function entryOf(n: number): RegisterEntry {
  const outcomes = [
    ...(n % 2 === 0 ? [outcome('housing', { records: [`T-${n}`] })] : []),
    ...(n % 3 === 0 ? [outcome('police', { state: 'NOT_HELD' })] : []),
  ];
  return disclosure(`r-${n}`, { outcomes, at: `2026-11-${String(n).padStart(2, '0')}T12:00:00.000Z` });
}

/** 24 entries, each six under one head, of the sixth, twelfth, … of November. */
async function register(world: World): Promise<void> {
  for (const begin of [1, 7, 13, 19]) {
    const one = await world.start({
      now: () => new Date(`2026-11-${String(begin + 5).padStart(2, '0')}T18:00:00.000Z`),
    });
    await one.record(Array.from({ length: 6 }, (_, at) => entryOf(begin + at)));
    await one.close();
  }
}

let world: World;
let file: string;
let key: string;
beforeEach(async () => {
  world = await newWorld();
  await register(world);
  file = join(world.dataDir, 'housing.jsonl');
  key = registerFolder(world.dataDir).publicKey;
});

const exported = async (...more: string[]) => {
  const done = await sightline(world, 'export', '--agency', 'housing', '--out', file, ...more);
  expect([done.code, done.err]).toEqual([0, '']);
};
const verified = (more: string[] = ['--json']) =>
  sightline(world, 'verify', '--export', file, '--key', key, ...more);
const numbers = (text: string) =>
  text.split('\n').flatMap((line) => (line.includes('"number"') ? [JSON.parse(line).number as number] : []));

type Line = Record<string, unknown>;
async function edit(change: (lines: Line[]) => unknown): Promise<void> {
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  change(lines);
  await writeFile(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
/** Where the entry of that number stands in the file. */
const at = (lines: Line[], number: number) => lines.findIndex((line) => line.number === number);
const head = (lines: Line[]) =>
  lines[1] as { checkpoints: { note: string; salt: string; count: number }[]; consistency: string[][] };
const end = (lines: Line[]) => lines.at(-1) as { chains: number; entries: number };

describe('an export', () => {
  it('is whole, and says what was checked and what cannot be', async () => {
    await exported();
    const { code, out } = await verified([]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Export of housing, from the beginning to 20/);
    expect(out).toMatch(
      /chain \S+: 12 entries \(numbers 1 to 12\), from its beginning to the head of 24 signed 2026-11-24T18/,
    );
    expect(out).toContain('The export is whole. 12 entries looked at.');
    expect(out).toContain('that the gateway wrote down every disclosure');
  });

  it('has the agency’s own outcomes and numbers, and nothing of any other', async () => {
    await exported();
    const text = await readFile(file, 'utf8');
    const shown = text
      .split('\n')
      .flatMap((line) => (line.includes('"shown"') ? [JSON.parse(JSON.parse(line).shown.text)] : []));
    expect(shown.map(({ outcomes }) => outcomes)).toEqual(
      Array.from({ length: 12 }, (_, n) => [
        expect.objectContaining({ agency: 'housing', records: [`T-${2 * n + 2}`] }),
      ]),
    );
    expect(shown[0]).toMatchObject({ sub: 'nurse-7', role: 'triage-nurse', reference: 'police:26/000123' });
    for (const hidden of ['"police"', 'NOT_HELD', 'person-1', '"r-']) expect(text).not.toContain(hidden);
  });

  it('tells as much of an entry that concerned another agency too as of one that did not, but for that there is one', async () => {
    await exported();
    const lines = (await readFile(file, 'utf8'))
      .split('\n')
      .flatMap((line) => (line.includes('"number"') ? [JSON.parse(line)] : []));
    // The sixth concerned the police as well; the asker's own organisation has a slot in each.
    expect(lines.map(({ others }) => others.length)).toEqual([1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2]);
    expect(new Set(lines.flatMap(({ others }) => others)).size).toBe(16);
  });

  it('of a time goes from the head before it to the head after it', async () => {
    await exported('--from', '2026-11-08', '--to', '2026-11-11');
    expect(numbers(await readFile(file, 'utf8'))).toEqual([4, 5, 6]);
    const { code, out } = await verified();
    expect([code, JSON.parse(out).chains]).toMatchObject([
      0,
      [{ after: { size: 6 }, until: { size: 12 }, numbers: [4, 6] }],
    ]);
  });

  it('of a time in which there is nothing proves that there is nothing', async () => {
    await exported('--from', '2026-12-01', '--to', '2026-12-02');
    expect(numbers(await readFile(file, 'utf8'))).toEqual([]);
    const { code, out } = await verified();
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { whole: true, entries: 0, chains: [{ numbers: null }] },
    ]);
  });

  it('is verified without the store and without a data directory', async () => {
    await exported();
    world.proxy.cut();
    expect(
      (await sightline({ ...world, dataDir: '/nowhere' }, 'verify', '--export', file, '--key', key)).code,
    ).toBe(0);
  });

  it('is an entry of the register itself, of that agency, by the terminal’s own key', async () => {
    const told = ['export', '--agency', 'housing', '--out', file];
    await sightline({ ...world, records: true }, ...told);
    const { rows } = await world.admin.query(`select entry from register_entry where entry like '%REPORT%'`);
    expect(rows.map(({ entry }) => JSON.parse(entry))).toMatchObject([
      {
        kind: 'REPORT',
        sub: 'terminal:pat',
        role: 'operator',
        outcomes: [{ agency: 'housing', state: 'EXPORTED' }],
      },
    ]);
    expect((await verified()).code).toBe(1);
    const keys = await sightline(world, 'key');
    expect(keys.out.match(/^SHA-256 [0-9a-f]{64}$/gm)).toHaveLength(2);
    key = join(world.dataDir, 'keys.pem');
    await writeFile(key, keys.out);
    expect(await verified([])).toMatchObject({
      code: 0,
      out: expect.stringContaining('13 entries looked at'),
    });
  });

  it('still proves that an entry was there which is no longer kept, and tells nothing of it', async () => {
    await world.admin.query(
      `alter table register_entry disable trigger all; update register_entry set salt = null where seq = 4`,
    );
    await exported();
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('"T-4"');
    const { code, out } = await verified();
    expect([code, JSON.parse(out)]).toMatchObject([0, { whole: true, entries: 12, noLongerKept: 1 }]);
  });

  it('cannot be written while the store is away, and nothing is said to be written', async () => {
    world.proxy.cut();
    const { code, err, out } = await sightline(world, 'export', '--agency', 'housing', '--out', file);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('own store cannot be reached');
    await expect(readFile(file)).rejects.toThrow();
  });
});

describe('whoever verifies finds', () => {
  beforeEach(() => exported('--from', '2026-11-08'));
  it.each<[string, (lines: Line[]) => unknown, { kind: string; number: number | null }]>([
    [
      'an entry that was taken out',
      (lines) => {
        lines.splice(at(lines, 6), 1);
        end(lines).entries -= 1;
      },
      { kind: 'MISSING', number: 6 },
    ],
    [
      'the last entry taken out',
      (lines) => {
        lines.splice(at(lines, 12), 1);
        end(lines).entries -= 1;
      },
      { kind: 'MISSING', number: 12 },
    ],
    [
      'the first entry taken out',
      (lines) => {
        lines.splice(at(lines, 4), 1);
        end(lines).entries -= 1;
      },
      { kind: 'MISSING', number: 4 },
    ],
    [
      'what was told that was changed',
      (lines) => {
        const shown = lines[at(lines, 7)]?.shown as { text: string };
        shown.text = shown.text.replace('nurse-7', 'nurse-8');
      },
      { kind: 'CHANGED', number: 7 },
    ],
    [
      'what was told that was changed, and its digest made anew',
      (lines) => {
        const entry = lines[at(lines, 7)] as { digest: string; shown: { text: string; salt: string } };
        entry.shown.text = entry.shown.text.replace('nurse-7', 'nurse-8');
        entry.digest = partDigest(entry.shown.salt, entry.shown.text);
      },
      { kind: 'CHANGED', number: 7 },
    ],
    [
      'that an entry was said to be no longer kept under another digest',
      (lines) => Object.assign(lines[at(lines, 7)] ?? {}, { shown: null, digest: 'x' }),
      { kind: 'CHANGED', number: 7 },
    ],
    [
      'a path that was changed',
      (lines) => {
        (lines[at(lines, 9)] as { path: string[] }).path.reverse();
      },
      { kind: 'CHANGED', number: 9 },
    ],
    [
      'two entries that exchanged places',
      (lines) => {
        const [a, b] = [at(lines, 6), at(lines, 9)];
        [lines[a], lines[b]] = [lines[b] as Line, lines[a] as Line];
      },
      { kind: 'REORDERED', number: 7 },
    ],
    [
      'two entries that exchanged numbers',
      (lines) => {
        const [a, b] = [lines[at(lines, 6)] as Line, lines[at(lines, 9)] as Line];
        [a.number, b.number] = [b.number, a.number];
      },
      { kind: 'CHANGED', number: 9 },
    ],
    [
      'an entry that was invented behind the last',
      (lines) => {
        lines.splice(-1, 0, { ...lines[at(lines, 12)], number: 13 });
        end(lines).entries += 1;
      },
      { kind: 'INVENTED', number: 13 },
    ],
    [
      'an entry that was invented between',
      (lines) => {
        lines.splice(at(lines, 8), 0, { ...lines[at(lines, 8)], seq: 15 });
        end(lines).entries += 1;
      },
      { kind: 'CHANGED', number: 8 },
    ],
    [
      'an entry that is there twice',
      (lines) => {
        lines.splice(at(lines, 8), 0, { ...lines[at(lines, 8)] });
        end(lines).entries += 1;
      },
      { kind: 'INVENTED', number: 8 },
    ],
    [
      'another count than was signed',
      (lines) => {
        (head(lines).checkpoints.at(-1) as { count: number }).count = 11;
        lines.splice(at(lines, 12), 1);
        end(lines).entries -= 1;
      },
      { kind: 'COUNT', number: null },
    ],
    [
      'a checkpoint that was changed',
      (lines) => {
        const one = head(lines).checkpoints[1] as { note: string };
        one.note = one.note.replace('\n12\n', '\n13\n');
      },
      { kind: 'KEY', number: null },
    ],
    [
      'proofs of growth that were left out',
      (lines) => {
        head(lines).consistency = [];
      },
      { kind: 'REWRITTEN', number: null },
    ],
    ['a file that was cut at a line', (lines) => lines.splice(-3), { kind: 'MISSING', number: 11 }],
    [
      'a file with something behind its end',
      (lines) => lines.push({ more: true }),
      { kind: 'UNREADABLE', number: null },
    ],
  ])('%s', async (_, attack, finding) => {
    await edit(attack);
    const { code, out } = await verified();
    expect([code, JSON.parse(out)]).toMatchObject([1, { whole: false }]);
    expect(JSON.parse(out).findings[0]).toMatchObject(finding);
  });

  it('a file that was cut in the midst of a line', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, text.length - 300));
    const { code, out } = await verified([]);
    expect(code).toBe(1);
    expect(out).toMatch(/UNREADABLE.*\n.*CUT: it ends before its last line|MISSING/);
    expect(out).toContain('The export is NOT whole.');
  });

  it('another key', async () => {
    const other = join(world.dataDir, 'other.pem');
    await writeFile(other, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
    key = other;
    const { code, out } = await verified();
    expect([code, JSON.parse(out).findings]).toMatchObject([1, [{ kind: 'KEY' }]]);
  });
});

it('a tree that was rewritten between two heads is found, even where the operator signs it anew', async () => {
  // With store and key in hand, the fourth entry is made as if it had never concerned the landlord.
  const { rows } = await world.admin.query('select * from register_leaf order by seq');
  const leaves = rows.map(({ chain, seq, entry, salt, parts, hash }) => {
    if (Number(seq) !== 4) return hash as Buffer;
    const kept = Object.entries(parts as Record<string, [number, string]>).filter(
      ([agency]) => agency !== 'housing',
    );
    const told = new Map(kept.map(([agency, [number, digest]]) => [agency, { number, digest }]));
    return hashOfLeaf({ chain, seq: 4, entry, salt, parts: told });
  });
  const tree = new MerkleTree(Buffer.concat(leaves));
  const signing = await loadSigningKey(registerFolder(world.dataDir));
  await world.admin.query(
    'alter table register_leaf disable trigger all; alter table register_checkpoint disable trigger all',
  );
  await world.admin.query('update register_leaf set hash = $1 where seq = 4', [leaves[3]]);
  for (const size of [12, 18, 24]) {
    const [{ chain, at, salt, counts }] = (
      await world.admin.query('select * from register_checkpoint where size = $1', [size])
    ).rows;
    const note = signCheckpoint(signing, {
      ...{
        chain,
        size,
        salt,
        at: at.toISOString(),
        root: tree.root(size),
        counts: new Map(Object.entries(counts)),
      },
    } as Parameters<typeof signCheckpoint>[1]);
    await world.admin.query('update register_checkpoint set note = $1 where size = $2', [note, size]);
  }
  await exported('--from', '2026-11-08');
  const { code, out } = await verified();
  expect([code, JSON.parse(out).findings]).toMatchObject([1, [{ kind: 'REWRITTEN', number: null }]]);
  expect(JSON.parse(out).findings[0].detail).toContain('does not begin with that of 6 signed 2026-11-06');
});

describe('refuses', () => {
  it.each<[string, () => Promise<string[]>, RegExp]>([
    [
      'an export without a key',
      async () => ['verify', '--export', file],
      /--export FILE and --key KEY.pub go together/,
    ],
    ['a key without an export', async () => ['verify', '--key', key], /go together/],
    [
      'a file that is not there',
      async () => ['verify', '--export', `${file}.not`, '--key', key],
      /housing.jsonl.not: it cannot be read/,
    ],
    [
      'a key that is none',
      async () => {
        await writeFile(file, 'x');
        return ['verify', '--export', file, '--key', file];
      },
      /not a key in PEM form/,
    ],
    [
      'a file that is no export',
      async () => {
        await writeFile(file, '{}\n');
        return ['verify', '--export', file, '--key', key];
      },
      /does not begin as a sightline register export v1 does/,
    ],
    [
      'an empty file',
      async () => {
        await writeFile(file, '');
        return ['verify', '--export', file, '--key', key];
      },
      /It is empty/,
    ],
  ])('%s, by its name, exit code 2', async (_, words, why) => {
    const { code, err } = await sightline(world, ...(await words()));
    expect([code, err]).toEqual([2, expect.stringMatching(why)]);
  });
});
