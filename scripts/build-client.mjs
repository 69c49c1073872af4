import { spawnSync } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles `sightline/client` into a folder: modules and their types, the schema, and a package of their own around them, which
 * `npm pack` makes into a file that front ends install without the gateway and its dependencies.
 */
export async function buildClient(outdir) {
  await rm(outdir, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'src/client'), '--outDir', outdir];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('The client does not compile');
  const schema = 'schema/sightline.graphql';
  await cp(join(root, schema), join(outdir, schema));
  await writeFile(join(outdir, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
}

/** What an import of `sightline/client` finds is the same in this package as in the whole. */
async function manifest() {
  const whole = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { name, version, description, license, engines, exports } = whole;
  const { graphql } = whole.dependencies;
  return {
    ...{ name, version, description, license, engines, type: 'module', sideEffects: false },
    exports: JSON.parse(JSON.stringify(exports).replaceAll('./dist/client/', './')),
    // For `sightline/client/codegen` alone.
    peerDependencies: { graphql: `^${graphql}` },
    peerDependenciesMeta: { graphql: { optional: true } },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href)
  await buildClient(join(root, 'dist/client'));
