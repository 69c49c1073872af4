import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What `npm test` looks at before any test runs. Stops at the first finding, and names the step.

const root = fileURLToPath(new URL('..', import.meta.url));
const STEPS = [
  ['format and lint', 'biome ci --error-on-warnings .'],
  ['types', 'tsc --noEmit -p .'],
  ['types of GraphiQL', 'tsc --noEmit -p src/graphiql/app'],
  ['layers and cycles', 'depcruise --config .dependency-cruiser.mjs src adapters fixtures scripts'],
  ['generated files', 'graphql-codegen --config codegen.ts --check'],
];

for (const [step, command] of STEPS) {
  const started = performance.now();
  const [program, ...args] = command.split(' ');
  const run = spawnSync(join(root, 'node_modules/.bin', program), args, { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) {
    console.error(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`);
    console.error(`✗ ${step}: ${command}`);
    process.exit(1);
  }
  console.log(`✓ ${step} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
