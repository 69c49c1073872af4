import { expect, it } from 'vitest';
import { clusterPairs, type Relation } from '../../src/linkage/cluster/cluster-pairs.ts';
import { PairList } from '../../src/linkage/cluster/pair-list.ts';
import { LINKAGE_POLICY } from '../../src/linkage/policy.ts';

/** Who is who among records that all look like one person's, some by forename A and some by forename B. */
function people(forenames: string): number[] {
  const relate = (a: number, b: number): Relation =>
    forenames[a] === forenames[b]
      ? { bits: 40, conflict: false, same: 1, apart: 0 }
      : { bits: 30, conflict: false, same: 0, apart: 1 };
  const list = new PairList();
  for (let a = 0; a < forenames.length; a += 1)
    for (let b = a + 1; b < forenames.length; b += 1) list.add(a, b, relate(a, b).bits, false);
  return [...clusterPairs(forenames.length, list, relate, LINKAGE_POLICY).person];
}

it('two records that agree on a forename, and two that agree on another, are two people', () => {
  expect(people('AABB')).toEqual([0, 0, 2, 2]);
});

it('one record with another forename than all others has it by mistake', () => {
  expect(people('AAAB')).toEqual([0, 0, 0, 0]);
});

it('records that agree with no other do not vouch for one another', () => {
  expect(people('AABC')).toEqual([0, 0, 0, 0]);
});
