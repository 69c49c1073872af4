import { familyNamesAgree, givenNamesAgree } from '../../linkage/normalise/name.ts';
import type { HashedIdentifier } from '../../store/tables.ts';
import type { FoundRecord } from './find-features.ts';
import type { SearchQuery } from './search-query.ts';

type Bearing = 'AGREES' | 'DIFFERS' | 'UNKNOWN';
/** How each field of the question stands to what is held: agreeing is being the same, not nearly so. */
export type Bearings = Readonly<Record<keyof SearchQuery, Bearing>>;

export function bearingsOf(
  query: SearchQuery,
  records: readonly FoundRecord[],
  numbers: readonly HashedIdentifier[],
): Bearings {
  const names = records.flatMap((record) => record.names);
  const valuesOf = <T>(of: (record: FoundRecord) => T) => records.map(of);
  return {
    familyName: bearing(
      query.familyName,
      names.map(({ family }) => family),
      familyNamesAgree,
    ),
    givenName: bearing(
      query.givenName,
      names.map(({ given }) => given),
      givenNamesAgree,
    ),
    dateOfBirth: bearing(
      query.dateOfBirth,
      valuesOf((one) => one.date_of_birth),
    ),
    sex: bearing(
      query.sex,
      valuesOf(({ sex }) => (sex === 'UNKNOWN' ? null : sex)),
    ),
    postcode: bearing(
      query.postcode,
      valuesOf((one) => one.postcode),
    ),
    identifier: bearing(
      query.identifier?.hash ?? null,
      numbers.map(({ hash }) => hash),
    ),
  };
}

function bearing<T>(
  asked: T | null,
  held: readonly (T | null)[],
  agree: (one: T, other: T) => boolean = (one, other) => one === other,
): Bearing {
  const known = held.filter((one) => one !== null);
  if (asked === null || known.length === 0) return 'UNKNOWN';
  return known.some((one) => agree(asked, one)) ? 'AGREES' : 'DIFFERS';
}
