import { type Agreement, compare, type Features } from './agreement.ts';
import { groupsSharing } from './groups.ts';
import type { Matcher, Matching, MatchRecord } from './matcher.ts';

/** Records that their own agency holds to be one person's, compared as one. */
interface Atom {
  records: readonly string[];
  features: Features;
}
type Person = readonly Atom[];

/** Strongest first: a weaker agreement never undoes or blurs what a stronger one has settled. */
const STRENGTHS = ['IDENTIFIER_AND_NAME', 'IDENTIFIER', 'NAME'] as const;

/**
 * Links on a verified identifier, or on name and date of birth, and never against a conflict: of two records, nor of
 * any two that would come together through others. What agrees and is not linked is a candidate.
 */
export const ruleMatcher: Matcher = {
  blockingKeys(record) {
    const own = [record.key, record.mergedInto].flatMap((key) => (key === null ? [] : [`record|${key}`]));
    return [...own, ...identifierKeys(record), ...nameKeys(record)];
  },
  match(records) {
    const sorted = records.toSorted((one, other) => (one.key < other.key ? -1 : 1));
    const matchings = groupsSharing(sorted, ruleMatcher.blockingKeys).map(matchGroup);
    return {
      clusters: matchings.flatMap(({ clusters }) => clusters),
      candidates: matchings.flatMap(({ candidates }) => candidates),
    };
  },
};

function identifierKeys(record: MatchRecord): string[] {
  return record.identifiers
    .filter(({ system, verified }) => verified && system !== 'LOCAL')
    .map(({ hash }) => `identifier|${hash}`);
}

function nameKeys({ names, dateOfBirth }: MatchRecord): string[] {
  if (dateOfBirth === null) return [];
  const families = new Set(names.flatMap(({ given, family }) => (given && family ? [family] : [])));
  return [...families].map((family) => `name|${family}|${dateOfBirth}`);
}

function matchGroup(records: readonly MatchRecord[]): Matching {
  const atoms = groupsSharing(records, (one) =>
    one.mergedInto === null ? [one.key] : [one.key, one.mergedInto],
  ).map(asAtom);
  const agreements = agreementsOf(atoms);
  let people: Person[] = atoms.map((atom) => [atom]);
  for (const strength of STRENGTHS) people = joined(people, strength, agreements);
  return {
    clusters: people.map((person) => person.flatMap(({ records }) => records).toSorted()),
    candidates: candidatesAmong(people, agreements),
  };
}

/** A merged record lends its names and numbers; the date of birth is that of the record that survives. */
function asAtom(records: readonly MatchRecord[]): Atom {
  const survivor = records.find(({ mergedInto }) => mergedInto === null);
  const dateOfBirth =
    survivor?.dateOfBirth ?? records.find((one) => one.dateOfBirth !== null)?.dateOfBirth ?? null;
  return {
    records: records.map(({ key }) => key),
    features: {
      names: records.flatMap(({ names }) => names),
      identifiers: records.flatMap(({ identifiers }) => identifiers),
      dateOfBirth,
    },
  };
}

type Agreements = (one: Atom, other: Atom) => Agreement;

function agreementsOf(atoms: readonly Atom[]): Agreements {
  const known = new Map(
    atoms.map((one) => [one, new Map(atoms.map((other) => [other, compare(one.features, other.features)]))]),
  );
  return (one, other) => known.get(one)?.get(other) ?? compare(one.features, other.features);
}

/** One round: joins people who agree this strongly, but nobody who would bring two together that conflict. */
function joined(people: readonly Person[], strength: Agreement['strength'], agreement: Agreements): Person[] {
  const conflict = (one: Person, other: Person) => somePair(one, other, (a, b) => agreement(a, b).conflict);
  const agree = (one: Person, other: Person) =>
    somePair(one, other, (a, b) => agreement(a, b).strength === strength) && !conflict(one, other);
  const near = new Map(
    people.map((one) => [one, people.filter((other) => other !== one && agree(one, other))]),
  );
  const between = (one: Person, other: Person) =>
    near.get(one)?.some((third) => third !== other && conflict(third, other));
  const edges = [...near].flatMap(([one, others]) =>
    others
      .filter(
        (other) =>
          people.indexOf(one) < people.indexOf(other) && !between(one, other) && !between(other, one),
      )
      .map((other) => ({ one, other, key: `${people.indexOf(one)}|${people.indexOf(other)}` })),
  );
  const keysOf = (person: Person) =>
    edges.flatMap(({ one, other, key }) => (person === one || person === other ? [key] : []));
  return groupsSharing(people, keysOf).flatMap((group) =>
    group.some((one) => group.some((other) => one !== other && conflict(one, other)))
      ? group
      : [group.flat()],
  );
}

function somePair(one: Person, other: Person, holds: (a: Atom, b: Atom) => boolean): boolean {
  return one.some((a) => other.some((b) => holds(a, b)));
}

function candidatesAmong(people: readonly Person[], agreement: Agreements): [string, string][] {
  return people.flatMap((one, at) =>
    people
      .slice(at + 1)
      .flatMap((other) =>
        one.flatMap((a) =>
          other
            .filter((b) => agreement(a, b).strength !== null)
            .flatMap((b) =>
              a.records.flatMap((ours) => b.records.map((theirs): [string, string] => [ours, theirs])),
            ),
        ),
      ),
  );
}
