import fc from 'fast-check';
import type { MatchRecord } from '../../src/person-index/records/matcher.ts';

const identifier = fc.record({
  system: fc.constantFrom('NHS_NUMBER', 'NINO', 'LOCAL' as const),
  hash: fc.constantFrom('a', 'b', 'c'),
  verified: fc.boolean(),
});
const name = fc.record({
  given: fc.constantFrom(null, 'J', 'JOHN', 'JANE', 'MARY ANN', 'MARY'),
  family: fc.constantFrom(null, 'SMITH', 'KERR'),
});
/** Few values, so that records meet and clash often. */
const record = fc.record({
  names: fc.array(name, { maxLength: 2 }),
  dateOfBirth: fc.constantFrom(null, '1990-01-02', '1990-01-03'),
  identifiers: fc.array(identifier, { maxLength: 2 }),
  mergedInto: fc.option(fc.nat(8), { freq: 8 }),
});
/** Up to nine records `r0` to `r8`, some merged into others. */
export const matchRecords = fc.array(record, { maxLength: 9 }).map((all): MatchRecord[] =>
  all.map((one, at) => ({
    ...one,
    ...{ sex: null, postcode: null, place: null },
    key: `r${at}`,
    mergedInto: one.mergedInto === null ? null : `r${one.mergedInto}`,
  })),
);
