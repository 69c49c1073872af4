/**
 * Runs `sightline index evaluate` with its defaults over public and generated sets, prints what it says and holds it
 * against what must be reached: `node test/bench/linkage.mjs [set …]`. Without words all sets but the large ones;
 * `scale` runs one place of 100,000, 300,000 and 1,000,000 records and says what a record costs in each. Ends with 1
 * where something is not reached.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { figuresIn, held } from './linkage-figures.mjs';
import { SETS, SIZES } from './linkage-sets.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SETS) && name !== 'scale');
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not one of ${[...Object.keys(SETS), 'scale'].join(', ')}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sightline-linkage-'));
const generator = join(root, 'dist/bench/write-set.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['test/linkage/generate/write.ts'],
  outfile: generator,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
const results = [];
try {
  const names = asked.length > 0 ? asked : Object.keys(SETS);
  for (const name of names.filter((one) => one !== 'scale')) hold(name, SETS[name]);
  if (names.includes('scale')) scale();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${results.map(({ met, words }) => `${met ? 'reached' : 'MISSED '} ${words}`).join('\n')}`);
process.exitCode = results.every(({ met }) => met) ? 0 : 1;

function hold(name, { bar = {}, ...set }) {
  const figures = evaluate(name, set);
  for (const { met, words } of held(bar, figures)) results.push({ met, words: `${name}: ${words}` });
}

function scale() {
  const figures = SIZES.map((count) =>
    evaluate(`${count} records`, { kind: 'families', count, truth: false }),
  );
  const [first] = figures;
  for (const [at, { processor, pairsPerRecord, pairsPerSecond, heap, resident }] of figures.entries()) {
    const ratio = `${(processor / first.processor).toFixed(2)} times that of ${SIZES[0]}`;
    const words = `${SIZES[at]} records: ${processor} µs of processor a record (${ratio}), ${pairsPerRecord} pairs, ${pairsPerSecond} pairs a second, heap ${heap} MB < 2048, process ${resident} MB`;
    results.push({ met: heap < 2048, words });
  }
}

function evaluate(name, { set, kind, count, seed = 1, ignore, truth = true }) {
  const at = set ? join(root, 'test/linkage/data', set) : generated(kind, count, seed);
  const files = kind?.startsWith('pair') && kind !== 'pair-as-one' ? ['a.csv', 'b.csv'] : ['records.csv'];
  const words = [
    ...files.flatMap((file) => ['--records', join(at, file)]),
    ...['--out', join(folder, 'links.csv'), '--clusters', join(folder, 'clusters.csv')],
    ...(truth ? ['--truth', join(at, 'truth.csv')] : []),
    ...(ignore ? ['--ignore', ignore] : []),
  ];
  console.log(`\n${name}`);
  const said = run([
    '--max-old-space-size=2048',
    join(root, 'bin/sightline.js'),
    'index',
    'evaluate',
    ...words,
  ]);
  process.stdout.write(said);
  return figuresIn(said);
}

function generated(kind, count, seed) {
  const at = join(folder, `${kind}-${count}-${seed}`);
  mkdirSync(at, { recursive: true });
  run([generator, kind, String(count), String(seed), at]);
  return at;
}

function run(words) {
  const { status, stdout } = spawnSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
  return String(stdout);
}
