/**
 * What it takes to ask a register of 1,000,000 entries of ten outcomes each, or of as many as are given: `node test/bench/asked.mjs
 * [entries]`. Meant for two cores: a report by record in under 100 ms, barriers of a year in under 5 s. On the PostgreSQL of
 * BENCH_POSTGRES_URL, whose login may make databases; else on one embedded for it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/asked-program.ts'],
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const program = join(root, 'dist/bench/asked-program.js');
process.exitCode =
  spawnSync(process.execPath, [program, process.argv[2] ?? '1000000'], { stdio: 'inherit' }).status ?? 1;
