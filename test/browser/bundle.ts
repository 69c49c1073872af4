import { readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '../../scripts/build-pages.mjs';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const bundle = join(root, 'dist/pages');

/** The folder of GraphiQL's bundle as the install made it, or made anew where its sources have changed since. */
export async function currentBundle(): Promise<string> {
  const made = statSync(join(bundle, 'graphiql.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (made < latestChange()) await makeAnew();
  return bundle;
}

function latestChange(): number {
  const files = readdirSync(join(root, 'src/pages'), { withFileTypes: true, recursive: true });
  const paths = files.map((file) => join(file.parentPath, file.name));
  paths.push(join(root, 'scripts/build-pages.mjs'));
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}

/** Beside the old one and then in its place, since other tests read there at the same time. */
async function makeAnew(): Promise<void> {
  const draft = `${bundle}.part-${process.pid}`;
  await buildPages({ outdir: draft, production: true });
  await rm(bundle, { recursive: true, force: true });
  // Another may have been faster; it has made the same.
  await rename(draft, bundle).catch(() => rm(draft, { recursive: true, force: true }));
}
