/**
 * Attacks a running gateway by differencing: `node test/attacks/differencing.mjs PLAN.json`. The plan has `url`, `tokens` of
 * analysts, `purpose`, `pairs` (10,000), and `targets`: `fields` with their closed lists, `hers`, `secret` and whether it `isTrue`
 * (test/attacks/differencing/ask-gateway.ts). Ends with 1 where the best guess is right in more than 60 of 100.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = join(root, 'dist/bench/ask-gateway.js');
await build({
  absWorkingDir: root,
  entryPoints: ['test/attacks/differencing/ask-gateway.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
