import type { PersonId } from './types.ts';

/**
 * Gives each cluster of records its person. A person stays with most of their former records; a cluster that several
 * persons come together in keeps the one who brings most. Ties go to the lowest key. `known` says whose each record was.
 */
export function assignPeople(
  clusters: readonly (readonly string[])[],
  known: ReadonlyMap<string, PersonId | null>,
  newPerson: () => PersonId,
): Map<string, PersonId> {
  const offers = clusters.flatMap((records) =>
    [...countByPerson(records, known)].map(([person, count]) => ({ records, person, count })),
  );
  const ranked = offers.toSorted(
    (one, other) =>
      other.count - one.count ||
      order(one.person, other.person) ||
      order(one.records[0] ?? '', other.records[0] ?? ''),
  );
  const heirs = firstBy(ranked, ({ person }) => person);
  const chosen = firstBy([...heirs.values()], ({ records }) => records);
  return new Map(
    clusters.flatMap((records) => {
      const person = chosen.get(records)?.person ?? newPerson();
      return records.map((record): [string, PersonId] => [record, person]);
    }),
  );
}

function countByPerson(
  records: readonly string[],
  known: ReadonlyMap<string, PersonId | null>,
): Map<PersonId, number> {
  const counts = new Map<PersonId, number>();
  for (const record of records) {
    const person = known.get(record) ?? null;
    if (person !== null) counts.set(person, (counts.get(person) ?? 0) + 1);
  }
  return counts;
}

function firstBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T> {
  const first = new Map<K, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first;
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
