import { expect, test } from 'vitest';
import { Allowance } from '../../src/host/agency/allowance.ts';
import { Nonces } from '../../src/host/agency/nonces.ts';

const at = (seconds: number) => new Date(seconds * 1_000);

test('a host that can remember no more questions answers no more, until some are over', () => {
  const nonces = new Nonces(2);
  nonces.take('one', 100, at(90));
  nonces.take('two', 110, at(90));
  expect(() => nonces.take('three', 120, at(95))).toThrow(expect.objectContaining({ code: 'BUSY' }));
  expect(() => nonces.take('two', 120, at(95))).toThrow(expect.objectContaining({ code: 'REPLAYED' }));
  nonces.take('three', 130, at(101));
  expect(nonces.known).toBe(2);
});

test('a host is asked so much in a minute, and not more', () => {
  const allowance = new Allowance(10);
  allowance.take(4, at(0));
  allowance.take(6, at(30));
  expect(() => allowance.take(1, at(59))).toThrow(expect.objectContaining({ code: 'BUSY' }));
  allowance.take(10, at(60));
});
