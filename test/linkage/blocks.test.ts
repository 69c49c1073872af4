import { describe, expect, it } from 'vitest';
import { blockLimit, findBlocks, INDEX_BLOCKING } from '../../src/linkage/block/blocks.ts';
import { blockingKeys, furtherKeys } from '../../src/linkage/block/keys.ts';
import { visitPairs } from '../../src/linkage/block/pairs.ts';
import type { LinkRecord } from '../../src/linkage/features.ts';
import { families } from './generate/families.ts';
import { features, linkable, linkRecord } from './support.ts';

function pairsOf(records: readonly LinkRecord[]): string[] {
  const pairs: string[] = [];
  visitPairs(findBlocks(records), records.length, (a, b) => void pairs.push(`${a}|${b}`));
  return pairs;
}

describe('records are held against each other', () => {
  it('where they share a key, and each pair once', () => {
    const records = linkable([
      ...families({ seed: 4, records: 200, twins: 0, generations: 0, namesakes: 0, identified: 0.5 }),
    ]);
    const keys = records.map(
      (record) => new Set([...blockingKeys(record.features), ...furtherKeys(record.features)]),
    );
    const expected = records.flatMap((_, a) =>
      records.flatMap((_, b) =>
        a < b && [...(keys[a] ?? [])].some((key) => keys[b]?.has(key)) ? [`${a}|${b}`] : [],
      ),
    );
    expect(pairsOf(records).toSorted()).toEqual(expected.toSorted());
  });

  it('whatever single field has gone wrong', () => {
    const whole = {
      given_name: 'Maya',
      surname: 'Kerr',
      date_of_birth: '2002-03-14',
      postcode: 'ZZ9 7RF',
      suburb: 'Northshire',
    };
    const keys = new Set(blockingKeys(features(whole)));
    for (const column of Object.keys(whole)) {
      const wrong = { ...whole, [column]: '' };
      expect(
        blockingKeys(features(wrong)).filter((key) => keys.has(key)),
        column,
      ).not.toEqual([]);
    }
  });
});

it('are met in files where hardly a field is whole, but not in the index, whose keys are kept', () => {
  const records = [
    linkRecord('a', { given_name: 'Olivia', surname: 'Iwright', date_of_birth: '1991-11-09' }),
    linkRecord('b', { given_name: 'Olivia', date_of_birth: '1991-09-26', suburb: 'Cardiff' }),
  ];
  expect(pairsOf(records)).toEqual(['0|1']);
  expect(findBlocks(records, INDEX_BLOCKING).count).toBe(0);
});

describe('a block that is too large', () => {
  const crowd = (count: number, year: (at: number) => number) =>
    Array.from({ length: count }, (_, at) =>
      linkRecord(`r${String(at).padStart(5, '0')}`, {
        given_name: 'Ali',
        surname: 'Khan',
        date_of_birth: String(year(at)),
      }),
    );

  it('is split by further fields, and that is told', () => {
    const records = crowd(400, (at) => 1950 + (at % 40));
    const { report } = findBlocks(records);
    expect(report).toMatchObject({ largest: 400, windowed: 0 });
    expect(report.split).toBeGreaterThan(0);
    const pairs = pairsOf(records);
    expect(pairs).toContain('0|40');
    expect(pairs.length).toBeLessThan((400 * 399) / 20);
  });

  it('is held to fewer the more records there are, so that a record costs about the same', () => {
    const limits = [1000, 150_000, 300_000, 1_000_000].map(blockLimit);
    expect(limits).toEqual(limits.toSorted((a, b) => b - a));
    expect(limits[3]).toBeLessThan(limits[1] as number);
    expect(limits[3]).toBeGreaterThanOrEqual(12);
  });

  it('whose records agree in everything is compared with neighbours, never dropped', () => {
    const records = crowd(1000, () => 1950);
    expect(findBlocks(records).report.windowed).toBeGreaterThan(0);
    const met = new Set(pairsOf(records).flatMap((pair) => pair.split('|')));
    expect(met.size).toBe(1000);
    expect(pairsOf(records).length).toBeLessThan((1000 * 999) / 16);
  });
});
