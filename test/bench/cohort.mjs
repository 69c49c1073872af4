/**
 * What counting takes over 1,000,000 people and four agencies, or as many people as are given: `node test/bench/cohort.mjs
 * [people]`. A cohort of two agencies is to take under 3 s, one by three dimensions under 6 s, in under 300 MB. On the
 * PostgreSQL of BENCH_POSTGRES_URL, whose login may make databases; else on one embedded for it. Its databases go when it ends,
 * and when it is interrupted. Ends with 1 where something is not reached.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildProgram } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
await buildProgram();
await build({
  absWorkingDir: root,
  entryPoints: ['cohort-program', 'cohort-counter'].map((name) => `test/bench/${name}.ts`),
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const program = spawn(
  process.execPath,
  [join(root, 'dist/bench/cohort-program.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
// It clears up after itself; until then whoever waits for this waits for that.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => program.kill('SIGTERM'));
program.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
