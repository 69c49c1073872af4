import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNLEARNT } from '../../src/person-index/match/current-model.ts';
import { linkageMatcher } from '../../src/person-index/match/linkage-matcher.ts';
import type { Matching, MatchRecord } from '../../src/person-index/records/matcher.ts';
import { matchRecords as records } from './match-records.ts';

/** The same matching, whatever order it is told in. */
function told({ clusters, candidates }: Matching) {
  return {
    clusters: clusters.map((cluster) => cluster.toSorted().join()).toSorted(),
    candidates: candidates.map((pair) => pair.toSorted().join()).toSorted(),
  };
}
const clusterOf = (matching: Matching, key: string) =>
  matching.clusters.findIndex((cluster) => cluster.includes(key));

const matcher = linkageMatcher(UNLEARNT);

describe('the matcher', () => {
  it('puts every record into exactly one cluster', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { clusters } = matcher.match(all);
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
          expect(told(matcher.match(shuffled))).toEqual(told(matcher.match(all)));
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
      ...{ sex: null, postcode: null, place: null },
      identifiers: [{ system: 'NHS_NUMBER', hash: 'z', verified: true }],
    };
    fc.assert(
      fc.property(records, (all) => {
        const { clusters, candidates } = told(matcher.match(all));
        expect(told(matcher.match([...all, stranger]))).toEqual({
          clusters: [...clusters, 'stranger'].toSorted(),
          candidates,
        });
      }),
    );
  });

  it('links no two records with verified numbers of one system that differ, but where their own agency merged them', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        const numbers = ({ identifiers }: MatchRecord) =>
          new Set(
            identifiers.flatMap(({ system, hash, verified }) =>
              system === 'NHS_NUMBER' && verified ? [hash] : [],
            ),
          );
        for (const cluster of matcher.match(plain).clusters) {
          const members = plain.filter(({ key }) => cluster.includes(key)).map(numbers);
          for (const one of members)
            for (const other of members)
              if (one.size === 1 && other.size === 1) expect([...one]).toEqual([...other]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps merged records together', () => {
    fc.assert(
      fc.property(records, (all) => {
        const matching = matcher.match(all);
        for (const { key, mergedInto } of all) {
          if (mergedInto !== null && all.some((one) => one.key === mergedInto)) {
            expect(clusterOf(matching, key)).toBe(clusterOf(matching, mergedInto));
          }
        }
      }),
    );
  });

  it('makes candidates only across clusters, and of all who share a verified number and are not linked', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        const matching = matcher.match(plain);
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

  it('links and relates only records that are near to another', () => {
    fc.assert(
      fc.property(records, (all) => {
        const plain = all.map((one) => ({ ...one, mergedInto: null }));
        const { clusters, candidates } = matcher.match(plain);
        const of = (key: string) => plain.find((one) => one.key === key) as MatchRecord;
        for (const [one, other] of candidates) expect(matcher.near(of(one), of(other))).toBe(true);
        for (const cluster of clusters.filter(({ length }) => length > 1))
          for (const key of cluster)
            expect(cluster.some((other) => other !== key && matcher.near(of(key), of(other)))).toBe(true);
      }),
    );
  });

  it('says the same of two records whichever comes first, and its bits sum to the weight', () => {
    fc.assert(
      fc.property(records, (all) => {
        const [one, other] = all;
        if (!one || !other) return;
        const explained = matcher.explain(one, other);
        expect(matcher.explain(other, one)).toEqual(explained);
        const sum = explained.comparisons.reduce((total, { bits }) => total + (bits ?? 0), 0);
        expect(sum).toBeCloseTo(explained.weightBits ?? Number.NaN, 0);
      }),
    );
  });

  it('lets an ambiguous middle come between nobody: those who are clear are joined all the same', () => {
    const kerr = (key: string, nhs: string | null): MatchRecord => ({
      key,
      mergedInto: null,
      names: [{ given: 'MAYA', family: 'KERR' }],
      dateOfBirth: '1990-05-05',
      ...{ sex: null, postcode: null, place: null },
      identifiers: nhs ? [{ system: 'NHS_NUMBER', hash: nhs, verified: true }] : [],
    });
    const all = [kerr('a', 'x'), kerr('b', 'x'), kerr('c', null), kerr('d', 'y')];
    const { clusters, candidates } = told(matcher.match(all));
    expect(clusters).toEqual(['a,b', 'c', 'd']);
    expect(candidates).toEqual(expect.arrayContaining(['a,c', 'b,c', 'c,d']));
  });
});
