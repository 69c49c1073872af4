import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Runs at the end of every `npm ci`: makes what `npm start` needs, so that it starts at once.

/** Bundling GraphiQL takes packages that nothing needs when running; they are left out of a production install. */
const canBundlePages = ['graphiql', 'monaco-graphql', 'react-dom'].every(isInstalled);

run('build.mjs');
if (isInstalled('typescript')) run('build-client.mjs');
if (canBundlePages) run('build-pages.mjs');
else
  console.log('GraphiQL is left out: it is bundled from development packages, which are not installed here.');

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function run(script) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
