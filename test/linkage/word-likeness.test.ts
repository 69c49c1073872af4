import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  jaroSimilarity,
  jaroWinkler,
  jaroWinklerFrom,
  oneEditApart,
} from '../../src/linkage/word-likeness.ts';

// Winkler 1990 and 1994, tables of examples.
it.each([
  ['MARTHA', 'MARHTA', 0.944, 0.961],
  ['DWAYNE', 'DUANE', 0.822, 0.84],
  ['DIXON', 'DICKSONX', 0.767, 0.813],
  ['SHACKLEFORD', 'SHACKELFORD', 0.97, 0.982],
  ['DUNNINGHAM', 'CUNNIGHAM', 0.896, 0.896],
  ['NICHLESON', 'NICHULSON', 0.926, 0.956],
  ['JERALDINE', 'GERALDINE', 0.926, 0.926],
  ['MASSEY', 'MASSIE', 0.889, 0.933],
  ['ABROMS', 'ABRAMS', 0.889, 0.922],
])('%s and %s are as alike as published', (one, other, jaro, winkler) => {
  expect(jaroSimilarity(one, other)).toBeCloseTo(jaro, 3);
  expect(jaroWinkler(one, other)).toBeCloseTo(winkler, 3);
});

const word = fc.string({ unit: fc.constantFrom(...'ABCDE'), maxLength: 12 });

it('is the same both ways round, and 1 for equals alone', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(jaroWinkler(one, other)).toBe(jaroWinkler(other, one));
      if (one !== '' && other !== '') expect(jaroWinkler(one, other) === 1).toBe(one === other);
    }),
  );
});

it('gives the same from a least likeness on, and nothing below', () => {
  fc.assert(
    fc.property(word, word, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (one, other, least) => {
      const likeness = jaroWinkler(one, other);
      expect(jaroWinklerFrom(least, one, other)).toBe(likeness >= least ? likeness : 0);
    }),
  );
});

it.each([
  ['SMITH', 'SMTH', true],
  ['SMITH', 'SMITHE', true],
  ['SMITH', 'SNITH', true],
  ['SMITH', 'SIMTH', true],
  ['SMITH', 'SMITH', false],
  ['SMITH', 'SMYTHE', false],
  ['', 'A', true],
  ['AB', 'CD', false],
])('between %s and %s lies one slip: %s', (one, other, expected) => {
  expect(oneEditApart(one, other)).toBe(expected);
  expect(oneEditApart(other, one)).toBe(expected);
});
