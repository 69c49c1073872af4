/** Builds the benchmark's programs beside the gateway's own and runs them: `node test/bench/run.mjs [--profile]`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildProgram } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = ['bench', 'gateway-program', 'by-hand-program'];

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
bench.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
