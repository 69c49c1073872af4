import type { Atom } from './atoms.ts';
import type { HashedIdentifier } from './matcher.ts';

/** Of records in one form, see `inOneForm`. */
type Numbered = { identifiers: readonly HashedIdentifier[] };

/** A number that so many carry is nobody's own: a system's filler. */
const GENERIC_FROM = 12;

const isVouched = ({ system, verified }: HashedIdentifier): boolean => verified && system !== 'LOCAL';

/** The two have a verified number in common. */
export function shareNumber(one: Numbered, other: Numbered): boolean {
  return one.identifiers.some(
    (own) => isVouched(own) && other.identifiers.some((its) => isVouched(its) && its.hash === own.hash),
  );
}

/** All pairs of those who have a verified number in common. */
export function numberSharers(atoms: readonly Atom[]): [Atom, Atom][] {
  const carriers = new Map<string, Atom[]>();
  for (const atom of atoms) {
    const hashes = new Set(atom.features.identifiers.filter(isVouched).map(({ hash }) => hash));
    for (const hash of hashes) carriers.set(hash, [...(carriers.get(hash) ?? []), atom]);
  }
  return [...carriers.values()]
    .filter(({ length }) => length < GENERIC_FROM)
    .flatMap((all) => all.flatMap((one, at) => all.slice(at + 1).map((other): [Atom, Atom] => [one, other])));
}
