import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { families } from './families.ts';
import { historical } from './historical.ts';
import { pairOfFiles } from './pair-of-files.ts';
import { type Generated, HEADER } from './row.ts';
import { scruffy } from './scruffy.ts';
import { town } from './town.ts';

/** `write <kind> <count> <seed> <folder>`: test sets for `sightline index evaluate`, with their truth. */
const [kind = '', count = '5000', seed = '1', folder = '.'] = process.argv.slice(2);
const number = Number(count);

const SOME = { twins: 0.03, generations: 0.03, namesakes: 0.02, identified: 0.7 };
const KINDS: Record<string, () => Record<string, Iterable<Generated>>> = {
  pair: () => {
    const [a, b] = pairOfFiles(Number(seed), number);
    return { a, b };
  },
  'pair-twins': () => {
    const [a, b] = pairOfFiles(Number(seed), number, Math.round(number / 100));
    return { a, b };
  },
  historical: () => ({ records: historical(Number(seed), number) }),
  'pair-as-one': () => ({ records: pairOfFiles(Number(seed), number).flat() }),
  scruffy: () => ({ records: scruffy(Number(seed), number, 'scruffy') }),
  archive: () => ({ records: scruffy(Number(seed), number, 'archive') }),
  town: () => ({ records: town({ seed: Number(seed), records: number }) }),
  families: () => ({ records: families({ seed: Number(seed), records: number, ...SOME }) }),
  'families-unidentified': () => ({
    records: families({ seed: Number(seed), records: number, ...SOME, identified: 0 }),
  }),
};

const made = KINDS[kind];
if (!made) throw new Error(`${kind}: not one of ${Object.keys(KINDS).join(', ')}`);
const truth = createWriteStream(`${folder}/truth.csv`);
truth.write('record_id,entity_id\n');
for (const [name, all] of Object.entries(made())) {
  const file = createWriteStream(`${folder}/${name}.csv`);
  file.write(`${HEADER.join(',')}\n`);
  for (const { row, entity } of all) {
    truth.write(`${row.record_id},${entity}\n`);
    if (!file.write(`${HEADER.map((column) => row[column]).join(',')}\n`)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}
truth.end();
await finished(truth);
