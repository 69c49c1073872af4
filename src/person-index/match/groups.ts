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
