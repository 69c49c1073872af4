import type { HumanVerdicts, Matching } from '../records/matcher.ts';

/** Records that stand together for the moment, by their keys. */
interface Unit {
  records: readonly string[];
}

/** What humans decided, asked of groups of records. */
export interface HumanLinks {
  /** A human said of one of these and one of those that they are two people. */
  apart(one: Unit, other: Unit): boolean;
  /** Two of these records are two people by a human's word. */
  torn(unit: Unit): boolean;
  /** Puts together what humans said is one person, but nobody in whose way an exclusion stands. */
  joined<T extends Unit>(units: readonly T[]): T[][];
}

export function humanLinks({ same, different }: HumanVerdicts): HumanLinks {
  const excluded = partners(different);
  const linked = partners(same);
  const meets = (index: ReadonlyMap<string, ReadonlySet<string>>) => (one: Unit, other: Unit) =>
    one.records.some((record) => other.records.some((its) => index.get(record)?.has(its)));
  const apart = meets(excluded);
  const together = meets(linked);
  return {
    apart,
    torn: (unit) => apart(unit, unit),
    joined<T extends Unit>(units: readonly T[]) {
      // Units that no human spoke of are most, and stay as they are.
      const spoken = units.filter(({ records }) => records.some((record) => linked.has(record)));
      const near = new Map(
        spoken.map((one) => [one, spoken.filter((other) => other !== one && together(one, other))]),
      );
      // Whoever was said to be each of two people who are apart is joined to neither: which was meant is not known.
      const between = (one: Unit, other: Unit) =>
        near.get(one as T)?.some((third) => third !== other && apart(third, other));
      const edges = spoken.flatMap((one, at) =>
        (near.get(one) ?? [])
          .filter((other) => spoken.indexOf(other) > at)
          .filter((other) => !apart(one, other) && !between(one, other) && !between(other, one))
          .map((other) => [one, other] as const),
      );
      const keysOf = (unit: Unit) =>
        edges.flatMap((edge, at) => (edge.some((one) => one === unit) ? [`${at}`] : []));
      return groupsSharing(units, keysOf).flatMap((group) =>
        group.length > 1 && torn(group, apart) ? group.map((unit) => [unit]) : [group],
      );
    },
  };
}

function torn(units: readonly Unit[], apart: HumanLinks['apart']): boolean {
  return units.some((one) => units.some((other) => one !== other && apart(one, other)));
}

/**
 * The last word over any matcher: where a cluster holds two records that a human put apart, none of its records is
 * taken to be another's, and nobody put apart is anybody's candidate.
 */
export function holdExclusions({ clusters, candidates }: Matching, decided: HumanVerdicts): Matching {
  const links = humanLinks(decided);
  const held = clusters.flatMap((records) =>
    links.torn({ records }) ? records.map((record) => [record]) : [records],
  );
  const pairs = candidates.filter(([one, other]) => !links.apart({ records: [one] }, { records: [other] }));
  return { clusters: held, candidates: pairs };
}

function partners(pairs: HumanVerdicts['same']): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (one: string, other: string) => {
    const known = found.get(one) ?? new Set();
    known.add(other);
    found.set(one, known);
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return found;
}

/** Puts things into groups that are joined by what they share. Groups and members keep the order of `items`. */
export function groupsSharing<T>(items: readonly T[], sharedKeys: (item: T) => readonly string[]): T[][] {
  const parent = items.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  const firstWith = new Map<string, number>();
  items.forEach((item, index) => {
    for (const key of sharedKeys(item)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else parent[Math.max(root(first), root(index))] = Math.min(root(first), root(index));
    }
  });
  const groups = new Map<number, T[]>();
  items.forEach((item, index) => {
    const group = groups.get(root(index));
    if (group) group.push(item);
    else groups.set(root(index), [item]);
  });
  return [...groups.values()];
}
