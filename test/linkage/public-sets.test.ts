import { expect, it } from 'vitest';
import { qualityOfSet } from './support.ts';

it('set 3 of FEBRL with identifier is better than the best figure published', {
  timeout: 120_000,
}, async () => {
  const { best } = await qualityOfSet('febrl3');
  expect(best.f1).toBeGreaterThan(0.9954);
});

it('set 3 of FEBRL without identifier is linked at the fixed thresholds, hardly anybody falsely', {
  timeout: 120_000,
}, async () => {
  const { best, precision, recall } = await qualityOfSet('febrl3', 'identifier');
  expect(best.f1).toBeGreaterThanOrEqual(0.994);
  expect(precision).toBeGreaterThanOrEqual(0.999);
  expect(recall).toBeGreaterThanOrEqual(0.96);
});

it('set 1 of FEBRL is linked at the fixed thresholds', { timeout: 120_000 }, async () => {
  const { precision, recall } = await qualityOfSet('febrl1');
  expect(precision).toBeGreaterThanOrEqual(0.999);
  expect(recall).toBeGreaterThanOrEqual(0.98);
});
