import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = join(root, 'dist/client');

/**
 * Compiles `sightline/client` into `dist/client`: modules and their types, and a package of their own around them, which
 * `npm pack ./dist/client` makes into a file that front ends install without the gateway and its dependencies.
 */
export async function buildClient() {
  await rm(client, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'src/client')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The client does not compile');
  const { name, version, description, license, exports } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const own = Object.fromEntries(
    Object.entries(exports).map(([entry, files]) => [entry, withoutFolder(files)]),
  );
  const manifest = { name, version, description, license, type: 'module', sideEffects: false, exports: own };
  await writeFile(join(client, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const withoutFolder = (files) =>
  Object.fromEntries(Object.entries(files).map(([kind, file]) => [kind, file.replace('dist/client/', '')]));

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) await buildClient();
