import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';

const source = (file: string) => JSON.stringify(fileURLToPath(new URL(`../../${file}`, import.meta.url)));

/** Links a town of 3,000 records as the program does, in so many threads, and prints who is who and every pair. */
const PROGRAM = `
  import { RecordPacker, unpackedRecords } from ${source('src/linkage/packed-records.ts')};
  import { linkRecords } from ${source('src/linkage/link-records.ts')};
  import { linkInThreads } from ${source('src/linkage/threads/link-in-threads.ts')};
  import { town } from ${source('test/linkage/generate/town.ts')};
  const packer = new RecordPacker();
  for (const { row } of town({ seed: 5, records: 3000 }))
    packer.add(row.record_id, {
      names: [{ given: row.given_name, family: row.surname }],
      born: row.date_of_birth,
      sex: row.sex,
      addresses: [{ number: row.street_number, street: row.address_1, suburb: row.suburb, postcode: row.postcode }],
      phones: [row.phone],
      identifiers: [{ type: row.identifier_type, value: row.identifier_value }],
    });
  const { keys, packed } = packer.done();
  const records = unpackedRecords(packed, keys);
  const [, , program, threads] = process.argv;
  const count = Number(threads);
  const linkage = count === 1 ? linkRecords(records) : await linkInThreads(packed, records, {}, { count, program });
  const { person, compared, blocks } = linkage;
  process.stdout.write(JSON.stringify({ links: [...linkage.links()], person: [...person], compared, blocks }));
`;

it('who is who is the same however many threads look', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-threads-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const common = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  } as const;
  const [program, thread] = [join(folder, 'program.mjs'), join(folder, 'thread.mjs')];
  await build({
    ...common,
    stdin: { contents: PROGRAM, resolveDir: folder, loader: 'ts' },
    outfile: program,
  });
  await build({
    ...common,
    entryPoints: [fileURLToPath(new URL('../../src/linkage/threads/scoring-thread.ts', import.meta.url))],
    outfile: thread,
  });
  const said = async (threads: number) =>
    (
      await promisify(execFile)(process.execPath, [program, thread, String(threads)], {
        maxBuffer: 64 * 2 ** 20,
      })
    ).stdout;
  const alone = await said(1);
  expect(JSON.parse(alone).links.length).toBeGreaterThan(1000);
  expect(await said(2)).toBe(alone);
  expect(await said(3)).toBe(alone);
});
