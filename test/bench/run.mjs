/** Builds the benchmark's programs beside the gateway's own and runs them: see `bench.ts`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildProgram } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = ['bench', 'gateway-program', 'by-hand-program', 'bare-apollo-program'];

await buildProgram();
await build({
  absWorkingDir: root,
  entryPoints: programs.map((name) => `test/bench/${name}.ts`),
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const bench = spawn(process.execPath, [join(root, 'dist/bench/bench.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
});
// The benchmark clears up after itself; until then whoever waits for this waits for that.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => bench.kill('SIGTERM'));
bench.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
