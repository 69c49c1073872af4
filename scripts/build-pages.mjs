import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = join(root, 'src/pages/app');

/** Monaco does its parsing off the page's own thread, in one worker for each language. */
const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

/** GraphiQL's style sheet has its fonts inside it; as own files they need no `data:` in `font-src`, and only those in use are fetched. */
const fontsAsFiles = {
  name: 'fonts-as-files',
  setup({ onLoad, onResolve }) {
    const fonts = new Map();
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const contents = css.replace(
        /url\("?data:font\/(\w+);(?:charset=[\w-]+;)?base64,([\w+/=]+)"?\)/g,
        (_, kind, base64) => {
          const font = Buffer.from(base64, 'base64');
          const name = `${createHash('sha256').update(font).digest('hex').slice(0, 12)}.${kind}`;
          fonts.set(name, font);
          return `url(embedded-font:${name})`;
        },
      );
      return { contents, loader: 'css' };
    });
    onResolve({ filter: /^embedded-font:/ }, ({ path }) => ({
      path: path.slice('embedded-font:'.length),
      namespace: 'embedded-font',
    }));
    onLoad({ filter: /.*/, namespace: 'embedded-font' }, ({ path }) => ({
      contents: fonts.get(path),
      loader: 'file',
    }));
  },
};

/** GraphiQL's own style sheet holds Monaco's, so the ones that Monaco's modules import would be there twice. */
const noMonacoStyles = {
  name: 'no-monaco-styles',
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor[\\/].*\.css$/ }, () => ({ contents: '', loader: 'css' }));
  },
};

/** The files that an entry point became: its script's and its style sheet's name. */
function outputOf(metafile, entry) {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith(entry));
  if (!found) throw new Error(`esbuild made nothing of ${entry}`);
  return { script: basename(found[0]), style: found[1].cssBundle && basename(found[1].cssBundle) };
}

/**
 * Puts a brotli and a gzip form beside every file of text in the folder, made once here and not for each browser. Fonts
 * are packed already. Brotli's best quality takes six times as long as this one for a twentieth less.
 */
export async function compressFiles(folder) {
  const names = (await readdir(folder)).filter((name) => /\.(html|js|css)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const text = await readFile(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
      await writeFile(`${path}.br`, await promisify(brotliCompress)(text, { params }));
      await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
    }),
  );
}

/** The pages: each a folder of `src/pages/app` with a `main.tsx` to begin with, and the HTML that names what it became. */
const PAGES = ['person', 'graphiql', 'governance'];

/**
 * Bundles the practitioner's page, GraphiQL and the page of governance into `outdir`: an HTML file for each, and scripts, style sheet, fonts and workers under names that carry their hash.
 * Takes the folder and whether to minify; gives the bytes written.
 */
export async function buildPages({ outdir, production }) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const common = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    metafile: true,
    minify: production,
    logLevel: 'warning',
    legalComments: 'none',
    target: 'es2022',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: 'font-[hash]',
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
  };
  const workers = await build({ ...common, entryPoints: Object.values(WORKERS), format: 'iife' });
  const workerNames = Object.fromEntries(
    Object.entries(WORKERS).map(([label, entry]) => [label, outputOf(workers.metafile, entry).script]),
  );
  const bundle = await build({
    ...common,
    entryPoints: PAGES.map((page) => join(app, page, 'main.tsx')),
    format: 'esm',
    splitting: true,
    define: { ...common.define, WORKERS: JSON.stringify(workerNames) },
    plugins: [fontsAsFiles, noMonacoStyles],
  });
  for (const page of PAGES) {
    const { script, style } = outputOf(bundle.metafile, `app/${page}/main.tsx`);
    const text = await readFile(join(app, page, 'index.html'), 'utf8');
    await writeFile(
      join(outdir, `${page}.html`),
      text.replace('{{script}}', script).replace('{{style}}', style),
    );
  }
  await compressFiles(outdir);
  const sizes = [workers, bundle].flatMap(({ metafile }) => Object.values(metafile.outputs));
  return { bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const started = performance.now();
  const { bytes } = await buildPages({ outdir: join(root, 'dist/pages'), production: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`dist/pages: ${(bytes / 1e6).toFixed(1)} MB in ${seconds} s`);
}
