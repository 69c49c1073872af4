/**
 * Prints our own perturbation table in the columns that the ONS's tools and Cantabular read:
 * `node scripts/perturbation-table.mjs > table.csv`, or with `10-5` the 10-and-5 rule.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { ownPerturbationTable } from './src/counting/own-table.ts';
      export { tenAndFiveTable, writePerturbationTable } from './src/counting/perturbation-table.ts';`,
    resolveDir: root,
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { ownPerturbationTable, tenAndFiveTable, writePerturbationTable } = await import(
  `data:text/javascript;base64,${code}`
);
process.stdout.write(
  writePerturbationTable(process.argv[2] === '10-5' ? tenAndFiveTable() : ownPerturbationTable()),
);
