import { INDEX_BLOCKING } from '../../linkage/block/blocks.ts';
import { type Scored, scorer } from '../../linkage/compare.ts';
import { BORN, FORENAME, IDENTIFIER, SURNAME } from '../../linkage/comparisons/levels.ts';
import type { Features } from '../../linkage/features.ts';
import { type DecidedPairs, linkRecords } from '../../linkage/link-records.ts';
import { INDEX_POLICY } from '../../linkage/policy.ts';
import type { HashedIdentifier, StoreDatabase } from '../../store/tables.ts';
import { inOneForm } from '../records/feature-hash.ts';
import { linkageFeatures } from '../records/features.ts';
import { type HumanVerdicts, type Matcher, type MatchRecord, UNDECIDED } from '../records/matcher.ts';
import { atomsOf, type MergedRecords } from './atoms.ts';
import { currentModel, type NamedModel } from './current-model.ts';
import { explainLinkage } from './explain-linkage.ts';
import { type HumanLinks, humanLinks } from './human-links.ts';

/**
 * Links by the statistical model: two records by their weight in bits, people by all their records, and against every
 * weight what the vetoes and humans say. What may be one person's and is not linked is a candidate; so is, whatever else
 * differs, who shares a verified number, that protections may follow it.
 */
export function linkageMatcher({ version, model }: NamedModel): Matcher {
  const score = scorer(model, INDEX_POLICY);
  const read = linkageFeatures();
  const known = new WeakMap<object, Features>();
  const featuresOf = (record: MergedRecords['features']): Features => {
    const features = known.get(record) ?? read(record);
    known.set(record, features);
    return features;
  };
  return {
    version,
    near(first, second) {
      const [one, other] = pairInOneForm(first, second);
      // What a merged record lends to the one that survives is seen only when the two are put together.
      if (one.mergedInto !== null || other.mergedInto !== null || shareNumber(one, other)) return true;
      const scored = score(featuresOf(one), featuresOf(other));
      const { match, keep } = INDEX_POLICY;
      return scored.total >= match || (scored.total >= keep && mayBeOne(scored));
    },
    match(records, decided = UNDECIDED) {
      const human = humanLinks(decided);
      const atoms = atomsOf(inOneForm(records), human);
      const linkage = linkRecords(
        atoms.map((atom) => ({ key: atom.records[0] as string, features: featuresOf(atom.features) })),
        {
          ...{ model, policy: INDEX_POLICY, blocking: INDEX_BLOCKING },
          decided: decidedAtoms(atoms, human, decided),
        },
      );
      const groups = new Map<number, MergedRecords[]>();
      for (const [at, person] of linkage.person.entries())
        groups.set(person, [...(groups.get(person) ?? []), atoms[at] as MergedRecords]);
      // Last, so that whoever a human links brings along all that the machine knows of them.
      const people = human
        .joined([...groups.values()].map((group) => ({ group, records: recordsOf(group) })))
        .map((units) => units.flatMap(({ group }) => group));
      const pairs = [...linkage.links()]
        .filter(({ decision }) => decision !== 'NONE')
        .map(({ a, b }): [MergedRecords, MergedRecords] => [
          atoms[a] as MergedRecords,
          atoms[b] as MergedRecords,
        ])
        .filter(([one, other]) => mayBeOne(score(featuresOf(one.features), featuresOf(other.features))));
      return {
        clusters: people.map(recordsOf),
        candidates: candidatesAmong(people, [...pairs, ...numberSharers(atoms)], human),
      };
    },
    explain(first, second) {
      const [one, other] = pairInOneForm(first, second);
      return explainLinkage(featuresOf(one), featuresOf(other), model);
    },
  };
}

const matchers = new WeakMap<object, Matcher>();

/** The matcher of the model in force. */
export async function currentMatcher(store: StoreDatabase): Promise<Matcher> {
  const named = await currentModel(store);
  const matcher = matchers.get(named) ?? linkageMatcher(named);
  matchers.set(named, matcher);
  return matcher;
}

/**
 * Members of one family agree in much. Of two whose forename or birth differs altogether neither is the other's
 * candidate, unless a number says otherwise; nor of two of whom no name and no number is known to agree.
 */
function mayBeOne({ agreement: { names, born, identifier } }: Scored): boolean {
  const apart = born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT;
  const named = names.forename !== 0 || (names.surname !== 0 && names.surname !== SURNAME.DIFFERENT);
  return names.forename !== FORENAME.DIFFERENT && !apart && (named || identifier.level === IDENTIFIER.SAME);
}

const pairInOneForm = (one: MatchRecord, other: MatchRecord) =>
  inOneForm([one, other]) as readonly [MatchRecord, MatchRecord];

const recordsOf = (atoms: readonly MergedRecords[]): string[] =>
  atoms.flatMap(({ records }) => records).toSorted();

/** A human's word goes over what the records say: put apart is a conflict, said to be one is none. */
function decidedAtoms(
  atoms: readonly MergedRecords[],
  human: HumanLinks,
  decided: HumanVerdicts,
): DecidedPairs {
  if (decided.same.length + decided.different.length === 0) return { same: [], of: () => null };
  const said = new Map(human.joined(atoms).flatMap((group) => group.map((atom) => [atom, group] as const)));
  return {
    same: [],
    of(a, b) {
      const [one, other] = [atoms[a] as MergedRecords, atoms[b] as MergedRecords];
      if (human.apart(one, other)) return 'DIFFERENT';
      return said.get(one) === said.get(other) ? 'SAME' : null;
    },
  };
}

/** Across people; but of two whom a human put apart neither is the other's candidate, by whichever records they agree. */
function candidatesAmong(
  people: readonly (readonly MergedRecords[])[],
  pairs: readonly (readonly [MergedRecords, MergedRecords])[],
  human: HumanLinks,
): [string, string][] {
  const holder = new Map(people.flatMap((person) => person.map((atom) => [atom, person] as const)));
  const found = new Map<string, [string, string]>();
  for (const [one, other] of pairs) {
    const [ours, theirs] = [holder.get(one) ?? [], holder.get(other) ?? []];
    if (ours === theirs || human.apart({ records: recordsOf(ours) }, { records: recordsOf(theirs) }))
      continue;
    for (const our of one.records)
      for (const their of other.records) found.set(`${our}\n${their}`, [our, their]);
  }
  return [...found.values()];
}

/** Of records in one form, see `inOneForm`. */
type Numbered = { identifiers: readonly HashedIdentifier[] };

/** A number that so many carry is nobody's own: a system's filler. */
const GENERIC_FROM = 12;

const isVouched = ({ system, verified }: HashedIdentifier): boolean => verified && system !== 'LOCAL';

/** The two have a verified number in common. */
function shareNumber(one: Numbered, other: Numbered): boolean {
  return one.identifiers.some(
    (own) => isVouched(own) && other.identifiers.some((its) => isVouched(its) && its.hash === own.hash),
  );
}

/** All pairs of those who have a verified number in common. */
function numberSharers(atoms: readonly MergedRecords[]): [MergedRecords, MergedRecords][] {
  const carriers = new Map<string, MergedRecords[]>();
  for (const atom of atoms) {
    const hashes = new Set(atom.features.identifiers.filter(isVouched).map(({ hash }) => hash));
    for (const hash of hashes) carriers.set(hash, [...(carriers.get(hash) ?? []), atom]);
  }
  return [...carriers.values()]
    .filter(({ length }) => length < GENERIC_FROM)
    .flatMap((all) =>
      all.flatMap((one, at) =>
        all.slice(at + 1).map((other): [MergedRecords, MergedRecords] => [one, other]),
      ),
    );
}
