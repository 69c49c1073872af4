import { familyName } from './names.ts';
import type { IndexRow } from './tables.ts';

type Searched = Pick<IndexRow, 'names' | 'date_of_birth' | 'postcode' | 'identifiers'>;

/** The words under which a record is found: its identifiers, and each family name with the date of birth. */
export function searchKeys({ names, date_of_birth: born, identifiers }: Searched): string[] {
  const byName = names.flatMap(({ family }) =>
    family === null || born === null ? [] : [bornKey(family, born)],
  );
  return [...identifiers.map(({ hash }) => identifierKey(hash)), ...byName];
}

/** Those made of the postcode, kept apart because people under a place shield are never found by them. */
export function placeKeys({ names, postcode }: Searched): string[] {
  return names.flatMap(({ family }) =>
    family === null || postcode === null ? [] : [postcodeKey(family, postcode)],
  );
}

export const identifierKey = (hash: string): string => `identifier|${hash}`;
export const bornKey = (family: string, born: string): string => `born|${familyName(family)}|${born}`;
export const postcodeKey = (family: string, postcode: string): string =>
  `postcode|${familyName(family)}|${postcode}`;
