import { describe, expect, it } from 'vitest';
import type { IdentifierSystem } from '../../adapters/contract.ts';
import { canonicalIdentifier } from '../../src/person-index/identifier-form.ts';

describe('an identifier in the form in which it is compared', () => {
  it.each<[IdentifierSystem, string, string | null]>([
    ['NHS_NUMBER', '999 000 0018', '9990000018'],
    ['NHS_NUMBER', '999-000-1383', '9990001383'],
    ['NHS_NUMBER', '9990000019', null],
    ['NHS_NUMBER', '0000000000', null],
    ['NHS_NUMBER', '999000001', null],
    ['UPN', 'f901200100017', 'F901200100017'],
    ['UPN', 'E902200100033', 'E902200100033'],
    ['UPN', 'A901200100017', null],
    ['UPN', 'UN1', null],
    ['NINO', 'qq 12 34 56 c', 'QQ123456'],
    ['NINO', 'QQ123456', 'QQ123456'],
    ['NINO', 'QQ123456E', null],
    ['PNC', '2019/0000001Z', null],
    ['PNC', 'unknown', null],
    ['CRO', '000123/19x', '000123/19X'],
    ['CRN', 'x123456', 'X123456'],
    ['NOMS', 'A1234BC', 'A1234BC'],
    ['NOMS', 'A12345C', null],
    ['LOCAL', ' n 77 ', 'N77'],
    ['LOCAL', '', null],
  ])('%s %j is %j', (system, value, canonical) => {
    expect(canonicalIdentifier(system, value)).toBe(canonical);
  });

  it('is the same for a Police National Computer number in its long and its short form', () => {
    const letters = 'ZABCDEFGHJKLMNPQRTUVWXY';
    const long = `2019/0000123${letters[190000123 % 23]}`;
    expect(canonicalIdentifier('PNC', long)).toBe(long);
    expect(canonicalIdentifier('PNC', `19/123${long.at(-1)}`)).toBe(long);
  });
});
