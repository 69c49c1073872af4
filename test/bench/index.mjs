/**
 * How the person index fills, and how it takes a change: `node test/bench/index.mjs [records …]`, 10,000 and 100,000 if
 * none are given. On the PostgreSQL of BENCH_POSTGRES_URL, whose login may make databases; else on one embedded for it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/index-program.ts'],
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const sizes = process.argv.length > 2 ? process.argv.slice(2) : ['10000', '100000'];
const program = join(root, 'dist/bench/index-program.js');
process.exitCode = spawnSync(process.execPath, [program, ...sizes], { stdio: 'inherit' }).status ?? 1;
