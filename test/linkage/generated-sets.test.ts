import { describe, expect, it } from 'vitest';
import { families } from './generate/families.ts';
import { pairOfFiles } from './generate/pair-of-files.ts';
import { qualityOfGenerated } from './support.ts';

const ADDRESS_BUT_POSTCODE = ['street_number', 'address_1', 'address_2', 'suburb', 'state'] as const;

describe('two files of 5,000 with everybody once in each', { timeout: 120_000 }, () => {
  const files = pairOfFiles(1, 5000);

  it('with identifier nearly everybody is found', () => {
    expect(qualityOfGenerated(files).f1).toBeGreaterThanOrEqual(0.999);
  });

  it('without identifier nobody is linked falsely', () => {
    const { precision, recall } = qualityOfGenerated(files, ['identifier_value']);
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThanOrEqual(0.995);
  });

  it('name, date of birth and postcode are enough for most', () => {
    const { precision, recall } = qualityOfGenerated(files, ['identifier_value', ...ADDRESS_BUT_POSTCODE]);
    expect(precision).toBeGreaterThanOrEqual(0.9995);
    expect(recall).toBeGreaterThanOrEqual(0.93);
  });
});

it('the few twins among people drawn one by one are told apart by what two records of each agree on', {
  timeout: 120_000,
}, () => {
  const files = pairOfFiles(5, 1500, 30);
  const { falseMatches, recallWithReview } = qualityOfGenerated(files, ['identifier_value']);
  expect(falseMatches).toBe(0);
  expect(recallWithReview).toBeGreaterThanOrEqual(0.99);
});

describe('a place with twins, father and son of one name, namesakes, generic and conflicting identifiers', {
  timeout: 120_000,
}, () => {
  const place = (seed: number, identified: number, records = 4000) => [
    ...families({ seed, records, identified, twins: 0.03, generations: 0.03, namesakes: 0.02 }),
  ];

  it.each([
    ['most with an NHS number', 1, 0.7, 4000],
    ['nobody with one', 2, 0, 4000],
    ['a small place', 3, 0.5, 300],
  ])('no two people are linked, and hardly a pair is lost: %s', (_, seed, identified, records) => {
    const { falseMatches, recall, recallWithReview } = qualityOfGenerated([place(seed, identified, records)]);
    expect(falseMatches).toBe(0);
    expect(recallWithReview).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThan(0.8);
  });
});
