/** Lists that others publish are whole here: a code that is left out would be unreadable, and what is made of it not known. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PublishedList } from '../../adapters/contract.ts';
import { projectRoot } from '../../src/project-root.ts';

const ADAPTERS = join(projectRoot(), 'adapters');
const files = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?:codes|contract\/lists\/[\w-]+)\.ts$/.test(file),
);
const modules = await Promise.all(
  files.map(async (file) => [file, await import(join(ADAPTERS, file))] as const),
);
const lists = modules.flatMap(([file, module]) =>
  ((module.PUBLISHED ?? []) as PublishedList[]).map((list) => ({ file, ...list })),
);

describe('a published code list', () => {
  it.each(lists)('of $file has every code of $source: $count', ({ codes, count }) => {
    expect(new Set(codes).size).toBe(count);
  });

  it('is known from each of those who publish one', () => {
    const sources = lists.map(({ source }) => source).join('\n');
    for (const publisher of [
      'legal status classification',
      'ethnic category',
      'SI 2024/208',
      'N0 to N9',
      'SSDA903 specification 2021 to 2022: legal status',
      'SSDA903 specification 2021 to 2022: placement type',
      '3x5x2',
      'MAPPA',
      'Housing Act 1996',
      'SI 2013/376',
    ])
      expect(sources).toContain(publisher);
  });
});
