import type { LinkRecord } from '../../src/linkage/features.ts';
import { type DecidedPairs, linkRecords } from '../../src/linkage/link-records.ts';
import type { Model } from '../../src/linkage/model.ts';
import { LINKAGE_POLICY, type LinkagePolicy } from '../../src/linkage/policy.ts';

/** What a human decided of two records, by their keys. */
export interface HumanDecision {
  readonly records: readonly [string, string];
  readonly decision: 'SAME' | 'DIFFERENT';
}

export interface Match {
  /** Every record in exactly one: the keys of the records of one person, sorted. */
  readonly clusters: readonly (readonly string[])[];
  /** Pairs of records of different people that may be one person's, for a human to look at; strongest first. */
  readonly reviews: readonly { readonly records: readonly [string, string]; readonly bits: number }[];
}

/**
 * Decides which records are one person's, under a model that was learnt before. Pure: depends on no order, and records
 * that share no blocking key with others change nothing about them. A human's DIFFERENT is never undone.
 */
export function matchRecords(
  records: readonly LinkRecord[],
  model: Model,
  decisions: readonly HumanDecision[] = [],
  policy: LinkagePolicy = LINKAGE_POLICY,
): Match {
  const sorted = records.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const key = (at: number) => (sorted[at] as LinkRecord).key;
  const linkage = linkRecords(sorted, { model, policy, decided: decidedPairs(sorted, decisions) });
  const clusters = new Map<number, string[]>();
  for (const [at, person] of linkage.person.entries()) {
    const cluster = clusters.get(person);
    if (cluster) cluster.push(key(at));
    else clusters.set(person, [key(at)]);
  }
  const reviews = [...linkage.links()]
    .filter(({ a, b, decision }) => decision !== 'NONE' && linkage.person[a] !== linkage.person[b])
    .map(({ a, b, bits }) => ({ records: [key(a), key(b)] as const, bits }));
  return {
    clusters: [...clusters.values()],
    reviews: reviews.toSorted((one, other) => other.bits - one.bits),
  };
}

function decidedPairs(sorted: readonly LinkRecord[], decisions: readonly HumanDecision[]): DecidedPairs {
  const at = new Map(sorted.map(({ key }, index) => [key, index]));
  const decided = new Map<string, 'SAME' | 'DIFFERENT'>();
  const pairKey = (a: number, b: number) => `${Math.min(a, b)}|${Math.max(a, b)}`;
  const same: [number, number][] = [];
  for (const { records, decision } of decisions) {
    const [a, b] = [at.get(records[0]), at.get(records[1])];
    if (a === undefined || b === undefined) continue;
    decided.set(pairKey(a, b), decision);
    if (decision === 'SAME') same.push([a, b]);
  }
  return { same, of: (a, b) => (decided.size === 0 ? null : (decided.get(pairKey(a, b)) ?? null)) };
}
