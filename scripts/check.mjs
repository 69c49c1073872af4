import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What `npm test` looks at before any test runs, as much at once as the machine has cores. Stops at the first finding,
// and names the step.

const root = fileURLToPath(new URL('..', import.meta.url));
/** The longest first: whatever begins last is waited for alone. */
const STEPS = [
  ['types', 'tsc --noEmit -p .'],
  ['layers and cycles', 'depcruise --config .dependency-cruiser.mjs src adapters fixtures scripts'],
  ['types of our pages', 'tsc --noEmit -p src/pages/app'],
  ['generated files', 'graphql-codegen --config codegen.ts --check'],
  ['types of clients', 'tsc --noEmit -p test/clients'],
  ['types of clients’ queries', 'graphql-codegen --config test/clients/codegen.ts --check'],
  ['format and lint', 'biome ci --error-on-warnings .'],
];

const running = new Set();
function run([step, command]) {
  const started = performance.now();
  const [program, ...args] = command.split(' ');
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: Number.POSITIVE_INFINITY };
    const child = execFile(join(root, 'node_modules/.bin', program), args, options, (error, out, err) => {
      running.delete(child);
      if (error) {
        for (const other of running) other.kill();
        console.error(`${out}${err}${typeof error.code === 'number' ? '' : error.message}`);
        console.error(`✗ ${step}: ${command}`);
        process.exit(1);
      }
      console.log(`✓ ${step} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      resolve();
    });
    running.add(child);
  });
}

const waiting = [...STEPS];
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
  }),
);
