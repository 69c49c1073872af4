#!/usr/bin/env node
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// GraphQL checks itself more than once, and Apollo prints prettily, unless this is said.
process.env.NODE_ENV ??= 'production';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The latest change of anything in these folders; deletions show in the folder's own time. */
function latest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((newest, entry) => {
    const { mtimeMs } = statSync(join(entry.parentPath, entry.name));
    return Math.max(newest, mtimeMs);
  }, statSync(folder).mtimeMs);
}

function builtAt() {
  const mark = statSync(join(root, 'dist/.built'), { throwIfNoEntry: false });
  return mark?.mtimeMs ?? 0;
}

const sources = ['src', 'adapters', 'fixtures'].map((folder) => latest(join(root, folder)));
if (Math.max(...sources) > builtAt()) {
  const { buildProgram } = await import('../scripts/build.mjs');
  await buildProgram();
}
await import('../dist/src/cli/main.js');
