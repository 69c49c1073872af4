import { blockingKeys } from '../../linkage/block/keys.ts';
import type { Features } from '../../linkage/features.ts';
import type { IndexRow } from '../../store/tables.ts';
import { formsOf } from './feature-hash.ts';
import { linkageFeatures } from './features.ts';

type Searched = Pick<IndexRow, 'names' | 'date_of_birth' | 'identifiers'>;

/**
 * The keys under which a record is found: those by which the linkage model compares records, so that a name written
 * otherwise is found as well, and its numbers. Nothing of place is in them, and without a name a date finds nobody.
 */
export function searchKeys(row: Searched): string[] {
  return [...row.identifiers.flatMap(formsOf).map(identifierKey), ...blockingKeys(featuresOf(row, null))];
}

/** Those made of the postcode, kept apart because people under a place shield are never found by them. */
export function placeKeys(row: Searched & Pick<IndexRow, 'postcode'>): string[] {
  const others = new Set(blockingKeys(featuresOf(row, null)));
  return blockingKeys(featuresOf(row, row.postcode)).filter((key) => !others.has(key));
}

function featuresOf({ names, date_of_birth: born }: Searched, postcode: string | null): Features {
  const dateOfBirth = names.length === 0 ? null : born;
  return linkageFeatures()({ names, dateOfBirth, sex: null, postcode, place: null, identifiers: [] });
}

export const identifierKey = (hash: string): string => `identifier|${hash}`;

/** What a question looks under, besides an identifier. */
export interface QuestionKeys {
  place: readonly string[];
  /** Made with the date of birth, as given or with day and month the other way round. */
  born: readonly string[];
  /** Made of names alone: of common names they find many. */
  name: readonly string[];
}

export function questionKeys(question: Features): QuestionKeys {
  const plain = { ...question, identifiers: [], addresses: [] };
  const unborn = new Set(blockingKeys({ ...plain, born: null }));
  const all = [...blockingKeys(plain), ...blockingKeys({ ...plain, born: swapped(question.born) })];
  const known = new Set(all);
  return {
    place: blockingKeys({ ...question, identifiers: [] }).filter((key) => !known.has(key)),
    born: [...known].filter((key) => !unborn.has(key) && !key.startsWith(YEAR)),
    name: [...known].filter((key) => unborn.has(key) || key.startsWith(YEAR)),
  };
}

/** Year of birth and surname: hardly narrower than the name. */
const YEAR = 'f';

function swapped(born: Features['born']): Features['born'] {
  if (!born?.full || born.day > 12) return null;
  const { digits, month, day } = born;
  return {
    ...born,
    digits: digits.slice(0, 4) + digits.slice(6) + digits.slice(4, 6),
    month: day,
    day: month,
  };
}
