import type { MatchRecord } from './matcher.ts';
import { givenNamesAgree, type IndexedName } from './names.ts';

/** The features of one or several records that are known to be one person's. */
export type Features = Pick<MatchRecord, 'names' | 'dateOfBirth' | 'identifiers'>;

/** How two sets of features stand to each other. `strength` is null where nothing speaks for one person. */
export interface Agreement {
  /** IDENTIFIER: a verified identifier in common. NAME: name and date of birth agree. */
  strength: 'IDENTIFIER_AND_NAME' | 'IDENTIFIER' | 'NAME' | null;
  /** Something says that they are two people, whatever speaks for one. */
  conflict: boolean;
}

export function compare(one: Features, other: Features): Agreement {
  const identifier = shareVerifiedIdentifier(one, other);
  const name =
    one.dateOfBirth !== null && one.dateOfBirth === other.dateOfBirth && fullNamesAgree(one, other);
  const strength = identifier ? (name ? 'IDENTIFIER_AND_NAME' : 'IDENTIFIER') : name ? 'NAME' : null;
  return { strength, conflict: conflicts(one, other) };
}

/** A forename, date of birth or identifier of the same system that differs. Family names change and do not count. */
export function conflicts(one: Features, other: Features): boolean {
  return birthDatesDiffer(one, other) || forenamesDiffer(one, other) || identifiersDiffer(one, other);
}

function birthDatesDiffer(one: Features, other: Features): boolean {
  return one.dateOfBirth !== null && other.dateOfBirth !== null && one.dateOfBirth !== other.dateOfBirth;
}

function forenamesDiffer(one: Features, other: Features): boolean {
  const ours = forenames(one.names);
  const theirs = forenames(other.names);
  if (ours.length === 0 || theirs.length === 0) return false;
  return !ours.some((name) => theirs.some((each) => givenNamesAgree(name, each)));
}

const forenames = (names: readonly IndexedName[]): string[] =>
  names.flatMap(({ given }) => (given === null ? [] : [given]));

/** An agency's own numbers say nothing: every duplicate has another. */
function identifiersDiffer(one: Features, other: Features): boolean {
  return one.identifiers.some(({ system }) => {
    if (system === 'LOCAL') return false;
    const theirs = other.identifiers.filter((each) => each.system === system);
    const ours = one.identifiers.filter((each) => each.system === system);
    return theirs.length > 0 && !ours.some(({ hash }) => theirs.some((each) => each.hash === hash));
  });
}

function shareVerifiedIdentifier(one: Features, other: Features): boolean {
  const trusted = (each: { system: string; verified: boolean }) => each.verified && each.system !== 'LOCAL';
  const theirs = new Set(other.identifiers.filter(trusted).map(({ hash }) => hash));
  return one.identifiers.some((each) => trusted(each) && theirs.has(each.hash));
}

function fullNamesAgree(one: Features, other: Features): boolean {
  return one.names.some((ours) => other.names.some((theirs) => fullNameAgrees(ours, theirs)));
}

function fullNameAgrees(one: IndexedName, other: IndexedName): boolean {
  if (one.family === null || one.family !== other.family) return false;
  return one.given !== null && other.given !== null && givenNamesAgree(one.given, other.given);
}
