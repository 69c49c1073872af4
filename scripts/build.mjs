import { existsSync, readdirSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { pageDocuments } from './page-documents.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
/** What this script makes in `dist`; the bundle of our pages is another's. */
const OURS = ['src', 'adapters', 'fixtures', 'chunks'];

/** Adapters are found by folder when the program starts, so that each is an entry of its own. */
function adapters() {
  return readdirSync(join(root, 'adapters'), { withFileTypes: true })
    .map((entry) => join('adapters', entry.name, 'index.ts'))
    .filter((file) => existsSync(join(root, file)));
}

/** Bundles the program into `dist`, packages left where they are. */
export async function buildProgram() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      'src/cli/main.ts',
      'src/app/match-worker.ts',
      'src/linkage/threads/scoring-thread.ts',
      'fixtures/seed.ts',
      'fixtures/primary-care/fhir/serve.ts',
      ...adapters(),
    ],
    outdir: dist,
    outbase: root,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target: 'node20',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  });
  await removeStale(new Set(Object.keys(metafile.outputs).map((path) => resolve(root, path))));
  const texts = [...new Set(pageDocuments(root).map(([, text]) => text))];
  await writeFile(join(dist, 'page-documents.json'), JSON.stringify(texts, null, 2));
  await writeFile(join(dist, '.built'), '');
}

/** Chunks carry a hash in their name: those of earlier builds would gather. */
async function removeStale(made) {
  const files = await readdir(dist, { recursive: true, withFileTypes: true });
  const stale = files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => OURS.includes(relative(dist, path).split(sep)[0]) && !made.has(path));
  await Promise.all(stale.map((path) => rm(path, { force: true })));
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) await buildProgram();
