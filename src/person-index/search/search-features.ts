import type { Features, Identifier } from '../../linkage/features.ts';
import type { HashedIdentifier, IndexedName } from '../../store/tables.ts';
import { linkageFeatures } from '../records/features.ts';
import type { FoundRecord } from './find-features.ts';
import type { SearchQuery } from './search-query.ts';

/** The question as the linkage model sees a record: what is asked for is taken at its word. */
export function questionFeatures(query: SearchQuery): Features {
  const { familyName, givenName, dateOfBirth, sex, postcode, identifier } = query;
  const names = familyName || givenName ? [{ family: familyName, given: givenName }] : [];
  return {
    ...linkageFeatures()({ names, dateOfBirth, sex, postcode, place: null, identifiers: [] }),
    identifiers: identifier ? [numbered({ ...identifier, verified: true })] : [],
  };
}

/**
 * One person's records together, as the model sees them: a forename that one agency holds and a surname that another
 * holds are one person's. Where records do not agree on date of birth or sex there is one view for each of them.
 */
export function personFeatures(
  records: readonly FoundRecord[],
  identifiers: readonly HashedIdentifier[],
): Features[] {
  const read = linkageFeatures();
  const names = everyName(records.flatMap((record) => record.names));
  const postcodes = sorted(records.map(({ postcode }) => postcode));
  const sexes = sorted(records.map(({ sex }) => (sex === 'UNKNOWN' ? null : sex)));
  const dates = sorted(records.map(({ date_of_birth: born }) => born));
  const view = (dateOfBirth: string | null, sex: FoundRecord['sex'], postcode: string | null) =>
    read({ names, dateOfBirth, sex, postcode, place: null, identifiers: [] });
  const addresses = postcodes.flatMap((postcode) => view(null, null, postcode).addresses);
  return orNone(dates).flatMap((born) =>
    orNone(sexes).map((sex) => ({
      ...view(born, sex, null),
      addresses,
      identifiers: identifiers.map(numbered),
    })),
  );
}

const MOST_NAMES = 8;

/** Each forename with each surname: who took another surname kept the forename, and either may be asked for. */
function everyName(names: readonly IndexedName[]): IndexedName[] {
  const givens = orNone(sorted(names.map(({ given }) => given)).slice(0, MOST_NAMES));
  const families = orNone(sorted(names.map(({ family }) => family)).slice(0, MOST_NAMES));
  return givens.flatMap((given) => families.map((family) => ({ given, family })));
}

const orNone = <T>(values: readonly T[]): readonly (T | null)[] => (values.length === 0 ? [null] : values);

function sorted<T extends string>(values: readonly (T | null)[]): T[] {
  return [...new Set(values.filter((value) => value !== null))].toSorted();
}

function numbered({ system, hash, verified }: HashedIdentifier): Identifier {
  return { type: system, value: hash, trust: verified ? 'CHECKED' : 'PLAIN', hashed: true };
}
