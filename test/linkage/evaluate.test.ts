import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { expect, it, onTestFinished, vi } from 'vitest';
import { evaluateCommand } from '../../src/cli/index/evaluate.ts';
import { progressTo } from '../../src/cli/index/report.ts';
import { families } from './generate/families.ts';
import { HEADER, type Row } from './generate/row.ts';

const BUNDLE = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} satisfies BuildOptions;
// Each run learns a model; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'sightline-linkage-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = async (name: string, lines: readonly string[]) => {
    await writeFile(join(path, name), `${lines.join('\n')}\n`);
    return join(path, name);
  };
  return {
    path,
    write,
    records: (name: string, rows: readonly Row[]) => write(name, [HEADER.join(','), ...rows.map(line)]),
  };
}
const line = (row: Row): string => HEADER.map((column) => row[column]).join(',');

async function run(...words: string[]) {
  const said = { out: '', err: '' };
  let code: number | null = null;
  const command = evaluateCommand({
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (given) => {
      code = given;
    },
  }).exitOverride();
  command.configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: 'user' });
  return { ...said, code };
}

const place = [
  ...families({ seed: 8, records: 600, twins: 0.02, generations: 0, namesakes: 0, identified: 0.8 }),
];
const rows = place.map(({ row }) => row);
const truth = ['record_id,entity_id', ...place.map(({ row, entity }) => `${row.record_id},${entity}`)];

it('links a file, writes links and people, and says how well', async () => {
  const { path, write, records } = await folder();
  const [from, known] = [await records('a.csv', rows), await write('truth.csv', truth)];
  const [out, clusters] = [join(path, 'links.csv'), join(path, 'clusters.csv')];
  const { code, out: said } = await run(
    '--records',
    from,
    '--out',
    out,
    '--clusters',
    clusters,
    '--truth',
    known,
  );
  expect(code).toBe(0);
  expect(said).toMatch(/MATCH: precision 1\.00000 \(0 false\), recall 0\.\d+, F1 0\.\d+/);
  expect(said).toMatch(/MATCH \+ REVIEW: recall \d\.\d+/);
  expect(said).toMatch(/best F1 \d\.\d+ from \d+\.\d bits/);
  const links = (await readFile(out, 'utf8')).trim().split('\n');
  expect(links[0]).toBe('record_id_a,record_id_b,weight_bits,decision');
  for (const link of links.slice(1)) {
    const [, , bits, decision] = link.split(',');
    expect(['MATCH', 'REVIEW']).toContain(decision);
    expect(Number(bits)).toBeGreaterThanOrEqual(decision === 'MATCH' ? 20 : 8);
  }
  const people = (await readFile(clusters, 'utf8')).trim().split('\n');
  expect(people[0]).toBe('record_id,person_id');
  expect(people).toHaveLength(rows.length + 1);
});

it('links two files across, never inside one', async () => {
  const { path, records } = await folder();
  const halves = [rows.filter((_, at) => at % 2 === 0), rows.filter((_, at) => at % 2 === 1)] as const;
  const files = [await records('a.csv', halves[0]), await records('b.csv', halves[1])] as const;
  await run('--records', files[0], '--records', files[1], '--out', join(path, 'links.csv'));
  const links = (await readFile(join(path, 'links.csv'), 'utf8')).trim().split('\n').slice(1);
  const first = new Set(halves[0].map(({ record_id }) => record_id));
  expect(links.length).toBeGreaterThan(50);
  for (const link of links) {
    const [a = '', b = ''] = link.split(',');
    expect(first.has(a)).not.toBe(first.has(b));
  }
});

it('does not look at what is to be ignored', async () => {
  const { path, records } = await folder();
  const other = rows.map((row, at) => ({
    ...row,
    identifier_value: String(at),
    phone: String(7_000_000 + at),
  }));
  const links = async (from: string) => {
    await run('--records', from, '--ignore', 'identifier,phone', '--out', join(path, 'links.csv'));
    return readFile(join(path, 'links.csv'), 'utf8');
  };
  expect(await links(await records('a.csv', rows))).toBe(await links(await records('b.csv', other)));
});

it('comes out the same whatever the order of rows', async () => {
  const { path, records } = await folder();
  const clusters = async (from: string) => {
    await run('--records', from, '--out', join(path, 'links.csv'), '--clusters', join(path, 'clusters.csv'));
    return readFile(join(path, 'clusters.csv'), 'utf8');
  };
  expect(await clusters(await records('a.csv', rows))).toBe(
    await clusters(await records('b.csv', rows.toReversed())),
  );
});

const row = (id: string) => line({ ...(rows[0] as Row), record_id: id });
it.each([
  [
    'a header without a column',
    ['record_id,surname', 'r1,Kerr'],
    /a\.csv: columns given_name, .*missing in the header/,
  ],
  [
    'an id that occurs twice',
    [HEADER.join(','), row('r1'), row('r1')],
    /a\.csv, line 3: record_id r1 occurs twice/,
  ],
  ['a row that is too short', [HEADER.join(','), row('r1'), 'r2,x'], /a\.csv, line 3: /],
  ['a blank id', [HEADER.join(','), row('')], /a\.csv, line 2: record_id is blank/],
  [
    'a column that stands there twice',
    [`${HEADER.join(',')},surname`, `${row('r1')},Kerr`],
    /a\.csv: column surname stands in the header twice/,
  ],
  [
    'a stray quotation mark',
    [HEADER.join(','), row('r1'), row('r2').replace('r2', '"r2'), row('r3'), row('r4')],
    /a\.csv, line 3: /,
  ],
  ['no row', [HEADER.join(',')], /a\.csv: no records/],
  ['a file of nothing', null, /a\.csv: empty, not even a header/],
  [
    'a quotation mark that is never closed',
    [HEADER.join(','), row('r1').replace('r1', '"r1'), 'x'.repeat(1_100_000)],
    /a\.csv, line \d+: a row of more than 1000000 characters, or a quotation mark/,
  ],
])('%s is named with its place, in one line', async (_, lines, message) => {
  const { path, write } = await folder();
  const from = await write('a.csv', lines ?? []);
  if (!lines) await truncate(from);
  const { code, err } = await run('--records', from, '--out', join(path, 'links.csv'));
  expect(err).toMatch(message);
  expect(err.trimEnd()).not.toContain('\n');
  expect(code).toBe(2);
  expect(await readdir(path)).toEqual(['a.csv']);
});

it('a number of threads that is none is refused before anything is read', async () => {
  const { path } = await folder();
  const { code, err } = await run(
    ...['--records', join(path, 'not-looked-at.csv'), '--out', join(path, 'links.csv'), '--threads', '0'],
  );
  expect(err).toMatch(/--threads 0: a whole number from 1 to 16/);
  expect(code).toBe(2);
});

it.each(['--out', '--clusters'])('what is to be read is not written over by %s', async (option) => {
  const { path, records } = await folder();
  const from = await records('a.csv', rows);
  const before = await readFile(from, 'utf8');
  const out = option === '--out' ? [] : ['--out', join(path, 'links.csv')];
  const { code, err } = await run('--records', from, ...out, option, `${path}/./a.csv`);
  expect(err).toMatch(/a\.csv: the file is one of those to be read/);
  expect(code).toBe(2);
  expect(await readFile(from, 'utf8')).toBe(before);
});

it('a file in Windows-1252 is refused with its row', async () => {
  const { path } = await folder();
  const from = join(path, 'a.csv');
  const text = [HEADER.join(','), row('r1'), line({ ...(rows[0] as Row), surname: 'M\u00fcller' })].join(
    '\n',
  );
  await writeFile(from, Buffer.from(text, 'latin1'));
  const { code, err } = await run('--records', from, '--out', join(path, 'links.csv'));
  expect(err).toMatch(/a\.csv, line 3: not in UTF-8/);
  expect(code).toBe(2);
});

it('dates as people write them are read, and those that cannot be are counted and named', async () => {
  const { path, records } = await folder();
  const written = ['07/09/61', '07-SEP-61', '7 Sep 1961', 'last spring'];
  const some = written.map((date_of_birth, at) => ({
    ...(rows[0] as Row),
    ...{
      record_id: `w${at}`,
      given_name: 'Ottoline',
      surname: 'Quixby',
      date_of_birth,
      identifier_value: '',
    },
  }));
  const { code, err } = await run(
    ...['--records', await records('a.csv', [...rows, ...some]), '--out', join(path, 'links.csv')],
  );
  expect(code).toBe(0);
  expect(err).toMatch(
    /date_of_birth: \d+ cannot be read and count as missing, the first .* in .*a\.csv, line \d+/,
  );
  const links = await readFile(join(path, 'links.csv'), 'utf8');
  expect(links).toMatch(/w0,w1,[\d.]+,MATCH/);
  expect(links).toMatch(/w1,w2,[\d.]+,MATCH/);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ended by %s while it writes, it leaves nothing half written and ends by that signal',
  async (given) => {
    const { path } = await folder();
    const program = `
    import { outputTo } from ${JSON.stringify(fileURLToPath(new URL('../../src/cli/index/write-csv.ts', import.meta.url)))};
    const output = await outputTo(${JSON.stringify(join(path, 'links.csv'))});
    function* rows() { for (;;) yield ['a', 'b']; }
    setTimeout(() => process.stdout.write('writing'), 300);
    await output.write(['one', 'other'], rows());`;
    const file = join(path, 'program.mjs');
    await build({ stdin: { contents: program, resolveDir: path, loader: 'ts' }, ...BUNDLE, outfile: file });
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect((await readdir(path)).some((name) => name.endsWith('.part'))).toBe(true);
    child.kill(given);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe(given);
    expect(await readdir(path)).toEqual(['program.mjs']);
  },
);

it.each([
  ['none.csv', /none\.csv: no such file/],
  ['.', /cannot be read \(EISDIR\)/],
])('a file that cannot be read is named: %s', async (name, message) => {
  const { path } = await folder();
  const { code, err } = await run('--records', join(path, name), '--out', join(path, 'links.csv'));
  expect(err).toMatch(message);
  expect(code).toBe(2);
  expect(await readdir(path)).toEqual([]);
});

it.each([
  ['in a folder that is not there', 'none/links.csv', /links\.csv: cannot be written \(no folder/],
  ['that is a folder', '.', /cannot be written \(it is a folder\)/],
])('links to a place %s are refused before anything is read', async (_, name, message) => {
  const { path } = await folder();
  const { code, err } = await run('--records', join(path, 'not-looked-at.csv'), '--out', join(path, name));
  expect(err).toMatch(message);
  expect(code).toBe(2);
});

it('writes nothing and leaves what was there, where the truth has a mistake', async () => {
  const { path, write, records } = await folder();
  const from = await records('a.csv', rows);
  const out = await write('links.csv', ['from before']);
  const known = await write('truth.csv', [...truth, `${rows[0]?.record_id},somebody-else`]);
  const clusters = join(path, 'clusters.csv');
  const { code, err } = await run(
    ...['--records', from, '--out', out, '--clusters', clusters, '--truth', known],
  );
  expect(err).toMatch(/truth\.csv, line \d+: record_id r\d+ has another entity_id before/);
  expect(code).toBe(2);
  expect(await readFile(out, 'utf8')).toBe('from before\n');
  expect((await readdir(path)).toSorted()).toEqual(['a.csv', 'links.csv', 'truth.csv']);
});

it('tells which ids of the truth no record has; a truth of other records altogether is refused', async () => {
  const { path, write, records } = await folder();
  const from = await records('a.csv', rows);
  const larger = await write('truth.csv', [...truth, 'nobody,person-x']);
  const told = await run('--records', from, '--out', join(path, 'links.csv'), '--truth', larger);
  expect(told).toMatchObject({
    code: 0,
    err: expect.stringMatching(/1 ids are no record's .* nobody in line 602/),
  });
  const other = await write('other.csv', ['record_id,entity_id', 'nobody,person-x']);
  const refused = await run('--records', from, '--out', join(path, 'links.csv'), '--truth', other);
  expect(refused).toMatchObject({
    code: 2,
    err: expect.stringMatching(/other\.csv: no record_id is one of/),
  });
});

it('reads files as spreadsheets write them: byte order mark, CRLF, line breaks in quotation marks', async () => {
  const { path, records } = await folder();
  const links = async (from: string) => {
    expect(await run('--records', from, '--out', join(path, 'links.csv'))).toMatchObject({ code: 0 });
    return readFile(join(path, 'links.csv'), 'utf8');
  };
  const plain = await records('a.csv', rows);
  const cells = (one: Row) =>
    HEADER.map((column) => (column === 'address_1' ? `"${one[column]}\n"` : one[column])).join(',');
  const spreadsheet = join(path, 'b.csv');
  await writeFile(spreadsheet, `\uFEFF${[HEADER.join(','), ...rows.map(cells)].join('\r\n')}\r\n`);
  expect(await links(spreadsheet)).toBe(await links(plain));
});

it('says on the side how far it is, how fast it goes and how long it will take', async () => {
  const said: string[] = [];
  let time = 0;
  const progress = progressTo(
    (text) => void said.push(text),
    () => time,
  );
  progress('compare', 0, 300);
  time = 2000;
  progress('compare', 100, 300);
  expect(said).toEqual(['compare: 100 of 300, 50 a second, 4 s left\n']);
});

it('a field that nobody knows is no field to ignore', async () => {
  const { path, records } = await folder();
  const { code, err } = await run(
    '--records',
    await records('a.csv', rows),
    '--ignore',
    'shoe-size',
    '--out',
    join(path, 'l.csv'),
  );
  expect(err).toMatch(/shoe-size/);
  expect(code).toBe(2);
});

it('a word that is missing on the command line is named', async () => {
  await expect(run('--out', 'links.csv')).rejects.toMatchObject({
    exitCode: 1,
    code: 'commander.missingMandatoryOptionValue',
  });
});
