import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflicts } from '../../src/person-index/agreement.ts';
import type { Matching, MatchRecord } from '../../src/person-index/matcher.ts';
import { ruleMatcher } from '../../src/person-index/rule-matcher.ts';

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
const records = fc.array(record, { maxLength: 9 }).map((all): MatchRecord[] =>
  all.map((one, at) => ({
    ...one,
    key: `r${at}`,
    mergedInto: one.mergedInto === null ? null : `r${one.mergedInto}`,
  })),
);

/** The same matching, whatever order it is told in. */
function told({ clusters, candidates }: Matching) {
  return {
    clusters: clusters.map((cluster) => cluster.toSorted().join()).toSorted(),
    candidates: candidates.map((pair) => pair.toSorted().join()).toSorted(),
  };
}
const clusterOf = (matching: Matching, key: string) =>
  matching.clusters.findIndex((cluster) => cluster.includes(key));

describe('the rule matcher', () => {
  it('puts every record into exactly one cluster', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { clusters } = ruleMatcher.match(all);
        expect(clusters.flat().toSorted()).toEqual(all.map(({ key }) => key).toSorted());
      }),
    );
  });

  it('does not mind the order of records', () => {
    fc.assert(
      fc.property(
        records.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(told(ruleMatcher.match(shuffled))).toEqual(told(ruleMatcher.match(all)));
        },
      ),
    );
  });

  it('changes nothing about others when an unrelated record comes', () => {
    const stranger: MatchRecord = {
      key: 'stranger',
      mergedInto: null,
      names: [{ given: 'ODO', family: 'ELSEWHERE' }],
      dateOfBirth: '1990-01-02',
      identifiers: [{ system: 'NHS_NUMBER', hash: 'z', verified: true }],
    };
    fc.assert(
      fc.property(records, (all) => {
        const { clusters, candidates } = told(ruleMatcher.match(all));
        expect(told(ruleMatcher.match([...all, stranger]))).toEqual({
          clusters: [...clusters, 'stranger'].toSorted(),
          candidates,
        });
      }),
    );
  });

  it('links no two records that conflict, but where their own agency merged records', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        for (const cluster of ruleMatcher.match(plain).clusters) {
          const members = plain.filter(({ key }) => cluster.includes(key));
          for (const one of members)
            for (const other of members) if (one !== other) expect(conflicts(one, other)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps merged records together', () => {
    fc.assert(
      fc.property(records, (all) => {
        const matching = ruleMatcher.match(all);
        for (const { key, mergedInto } of all) {
          if (mergedInto !== null && all.some((one) => one.key === mergedInto)) {
            expect(clusterOf(matching, key)).toBe(clusterOf(matching, mergedInto));
          }
        }
      }),
    );
  });

  it('makes candidates only across clusters, and of all that agree and are not linked', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        const matching = ruleMatcher.match(plain);
        const pairs = new Set(told(matching).candidates);
        for (const [one, other] of matching.candidates)
          expect(clusterOf(matching, one)).not.toBe(clusterOf(matching, other));
        for (const one of plain) {
          for (const other of plain) {
            if (one.key >= other.key || clusterOf(matching, one.key) === clusterOf(matching, other.key))
              continue;
            const shared = one.identifiers.some(
              (own) =>
                own.verified &&
                own.system !== 'LOCAL' &&
                other.identifiers.some(
                  (its) => its.verified && its.system === own.system && its.hash === own.hash,
                ),
            );
            if (shared) expect(pairs.has(`${one.key},${other.key}`)).toBe(true);
          }
        }
      }),
    );
  });

  it('never links nor relates two records without a common blocking key', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        const keys = new Map(plain.map((one) => [one.key, ruleMatcher.blockingKeys(one)]));
        for (const [one, other] of ruleMatcher.match(plain).candidates) {
          expect(keys.get(one)?.some((key) => keys.get(other)?.includes(key))).toBe(true);
        }
      }),
    );
  });

  it('lets an ambiguous middle come between nobody: those who are clear are joined all the same', () => {
    const smith = (key: string, given: string): MatchRecord => ({
      key,
      mergedInto: null,
      names: [{ given, family: 'SMITH' }],
      dateOfBirth: '1990-05-05',
      identifiers: [],
    });
    const all = [smith('a', 'JOHN'), smith('b', 'JOHN'), smith('c', 'J'), smith('d', 'JANE')];
    expect(told(ruleMatcher.match(all))).toEqual({
      clusters: ['a,b', 'c', 'd'],
      candidates: ['a,c', 'b,c', 'c,d'],
    });
  });
});
