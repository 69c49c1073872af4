/** Where something stands in a response: `['people', 0, 'crisisPlan']`. */
export type ResponsePath = readonly (string | number)[];

/**
 * Sorts by where each entry stands in the response: the order of the query's selections, and of lists within them.
 * What stands at one place keeps the order given. Everything that a response or the register lists goes through this:
 * in the order of completion it would tell which agency had something to look for.
 * @param data the response's, whose keys execution sets in the order of the query
 */
export function inDocumentOrder<Entry>(
  data: unknown,
  entries: readonly Entry[],
  pathOf: (entry: Entry) => ResponsePath,
): Entry[] {
  const ranks = new WeakMap<object, ReadonlyMap<string, number>>();
  const placesOf = (path: ResponsePath): number[] => {
    let at: unknown = data;
    return path.map((key) => {
      if (typeof at !== 'object' || at === null) return typeof key === 'number' ? key : 0;
      const rank = typeof key === 'number' ? key : (ranksOf(at).get(key) ?? 0);
      at = (at as Record<string, unknown>)[key];
      return rank;
    });
  };
  const ranksOf = (object: object): ReadonlyMap<string, number> => {
    const ranked = ranks.get(object) ?? new Map(Object.keys(object).map((key, rank) => [key, rank]));
    ranks.set(object, ranked);
    return ranked;
  };
  const placed = entries.map((entry) => ({ entry, places: placesOf(pathOf(entry)) }));
  return placed.sort((one, other) => earlier(one.places, other.places)).map(({ entry }) => entry);
}

/** An object comes before what is within it. */
function earlier(one: readonly number[], other: readonly number[]): number {
  for (const [index, place] of one.entries()) {
    const difference = place - (other[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
