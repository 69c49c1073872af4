import type { PersonId } from '../records/types.ts';

type Cluster = readonly string[];
interface Offer {
  records: Cluster;
  person: PersonId;
  /** How many of the cluster's records are this person's. */
  count: number;
  /** Those of them that were nobody else's before people were merged. */
  own: number;
}
/** Persons who were merged away → the records that they held then. */
export type FormerHolders = ReadonlyMap<PersonId, ReadonlySet<string>>;

/**
 * Gives each cluster of records its person. A person stays with most of their records, those first that were always
 * theirs; a cluster that several persons come together in keeps the one who brings most. What parts from a person
 * gets back the id of whoever was merged away and held most of it, else a new one. Ties go to the lowest key.
 * `known` says whose each record was.
 */
export function assignPeople(
  clusters: readonly Cluster[],
  known: ReadonlyMap<string, PersonId | null>,
  newPerson: () => PersonId,
  former: FormerHolders = new Map(),
): Map<string, PersonId> {
  const formerly = byRecord(former);
  const offers = clusters.flatMap((records) => offersOf(records, known, formerly));
  const heirs = firstBy(offers.toSorted(byOwnThenCount), ({ person }) => person);
  const chosen = firstBy([...heirs.values()].toSorted(byCount), ({ records }) => records);
  const returned = returning(
    clusters.filter((records) => !chosen.has(records)),
    formerly,
    new Set(heirs.keys()),
  );
  return new Map(
    clusters.flatMap((records) => {
      const person = chosen.get(records)?.person ?? returned.get(records) ?? newPerson();
      return records.map((record): [string, PersonId] => [record, person]);
    }),
  );
}

function offersOf(
  records: Cluster,
  known: ReadonlyMap<string, PersonId | null>,
  formerly: ReadonlyMap<string, readonly PersonId[]>,
): Offer[] {
  const offers = new Map<PersonId, Offer>();
  for (const record of records) {
    const person = known.get(record) ?? null;
    if (person === null) continue;
    const offer = offers.get(person) ?? { records, person, count: 0, own: 0 };
    const others = formerly.get(record)?.some((was) => was !== person);
    offers.set(person, { ...offer, count: offer.count + 1, own: offer.own + (others ? 0 : 1) });
  }
  return [...offers.values()];
}

/** Clusters that are nobody's, and the ids that come back to them: each to the one that holds most of what it held. */
function returning(
  clusters: readonly Cluster[],
  formerly: ReadonlyMap<string, readonly PersonId[]>,
  taken: ReadonlySet<PersonId>,
): Map<Cluster, PersonId> {
  const offers = clusters.flatMap((records) => {
    const held = records
      .flatMap((record) => formerly.get(record) ?? [])
      .filter((person) => !taken.has(person));
    const counts = new Map<PersonId, number>();
    for (const person of held) counts.set(person, (counts.get(person) ?? 0) + 1);
    return [...counts].map(([person, count]) => ({ records, person, count, own: count }));
  });
  const heirs = firstBy(offers.toSorted(byCount), ({ person }) => person);
  const chosen = firstBy([...heirs.values()], ({ records }) => records);
  return new Map([...chosen].map(([records, { person }]) => [records, person]));
}

/** Record → who held it when they were merged away. */
function byRecord(former: FormerHolders): Map<string, PersonId[]> {
  const holders = new Map<string, PersonId[]>();
  for (const [person, records] of former)
    for (const record of records) holders.set(record, [...(holders.get(record) ?? []), person]);
  return holders;
}

const byOwnThenCount = (one: Offer, other: Offer): number => other.own - one.own || byCount(one, other);

function byCount(one: Offer, other: Offer): number {
  return (
    other.count - one.count ||
    order(one.person, other.person) ||
    order(one.records[0] ?? '', other.records[0] ?? '')
  );
}

function firstBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T> {
  const first = new Map<K, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first;
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
