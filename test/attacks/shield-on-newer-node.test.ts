/** graphql-shield 7.6.5 wants `util.isUndefined`, which Node 23 took away. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

const run = promisify(execFile);
const LIBRARY = join(projectRoot(), 'src/gateway/schema/shield-library.ts');

/** Guards a small schema in a Node that has no `util.isUndefined`, and prints what it answers. */
const PROGRAM = `
  import { createRequire } from 'node:module';
  const require = createRequire(LIBRARY_URL);
  const { buildSchema, graphql } = require('graphql');
  const { allow, chain, deny, race, shield } = graphqlShield();
  const schema = graphqlMiddleware().applyMiddleware(
    buildSchema('type Query { open: String closed: String chained: String raced: String }'),
    shield({ Query: { open: allow, closed: deny, chained: chain(allow, allow), raced: race(deny, allow) } }, { fallbackRule: deny, debug: false }),
  );
  graphql({ schema, source: '{ open closed chained raced }', rootValue: { open: 'yes', closed: 'no', chained: 'yes', raced: 'yes' } }).then(({ data }) =>
    console.log(JSON.stringify(data)),
  );
`;

// Seen to fail with the line `util.isUndefined ??= …` taken out: chained and raced were null, for util_1.isUndefined is not a function.
test('the shield imports and guards where Node has no util.isUndefined', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-shield-'));
  try {
    const entry = join(folder, 'guarded.mjs');
    const url = JSON.stringify(pathToFileURL(LIBRARY).href);
    const { outputFiles } = await build({
      stdin: {
        contents: `import { graphqlMiddleware, graphqlShield } from ${JSON.stringify(LIBRARY)};${PROGRAM.replace('LIBRARY_URL', url)}`,
        resolveDir: projectRoot(),
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      define: { 'import.meta.url': url },
    });
    const bare =
      "import { createRequire } from 'node:module'; delete createRequire('/')('node:util').isUndefined;";
    await writeFile(join(folder, 'bare.mjs'), bare);
    await writeFile(entry, outputFiles[0]?.text ?? '');
    const { stdout } = await run(process.execPath, [
      '--import',
      pathToFileURL(join(folder, 'bare.mjs')).href,
      entry,
    ]);
    expect(JSON.parse(stdout)).toEqual({ open: 'yes', closed: null, chained: 'yes', raced: 'yes' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
