/**
 * What the register takes: `node test/bench/register.mjs [entries]`, 20,000 if not said. Prints entries a second that are written, exported
 * and verified. On the PostgreSQL of BENCH_POSTGRES_URL, whose login may make databases; else on one embedded for it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/register-program.ts', 'test/bench/register-writing.ts'],
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const size = process.argv[2] ?? '20000';
const program = join(root, 'dist/bench/register-program.js');
process.exitCode = spawnSync(process.execPath, [program, size], { stdio: 'inherit' }).status ?? 1;
