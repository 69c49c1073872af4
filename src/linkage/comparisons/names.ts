import type { NameValue, PersonName } from '../features.ts';
import { forenameLevel } from './forename.ts';
import { FORENAME, ORDER, SURNAME } from './levels.ts';
import { surnameLevel } from './surname.ts';

/** How two people's names agree, in the alignment that fits best, and the values that were held against each other. */
export interface NameAgreement {
  readonly forename: number;
  readonly surname: number;
  readonly order: number;
  readonly given: readonly [NameValue | null, NameValue | null];
  readonly family: readonly [NameValue | null, NameValue | null];
}

/** Rough worth of each level, only to choose among alignments; level 0, missing, is worth nothing. */
const FORENAME_WORTH = [0, 7, 5, 4, 2, 5, 2, -4];
const SURNAME_WORTH = [0, 9, 6, 6, 3, -4];
/** A swap is believed only where it explains much more than names in their own columns. */
const SWAP_COST = 5;

/** The best of all names that each goes or went by. */
export function compareNames(as: readonly PersonName[], bs: readonly PersonName[]): NameAgreement {
  let best = NOTHING;
  let worth = Number.NEGATIVE_INFINITY;
  for (const a of as) {
    for (const b of bs) {
      const straight = aligned(a.given, a.family, b.given, b.family, ORDER.STRAIGHT);
      const straightWorth = worthOf(straight);
      if (straightWorth > worth) [best, worth] = [straight, straightWorth];
      if (!mayBeSwapped(straight)) continue;
      const swapped = acrossColumns(a, b);
      const swappedWorth = worthOf(swapped) - SWAP_COST;
      if (swappedWorth > Math.max(worth, 0)) [best, worth] = [swapped, swappedWorth];
    }
  }
  return best;
}

const NOTHING: NameAgreement = {
  forename: 0,
  surname: 0,
  order: 0,
  given: [null, null],
  family: [null, null],
};

function aligned(
  ...[aGiven, aFamily, bGiven, bFamily, order]: [
    NameValue | null,
    NameValue | null,
    NameValue | null,
    NameValue | null,
    number,
  ]
): NameAgreement {
  return {
    forename: forenameLevel(aGiven, bGiven),
    surname: surnameLevel(aFamily, bFamily),
    order,
    given: [aGiven, bGiven],
    family: [aFamily, bFamily],
  };
}

/** Which of the two has its names in the wrong columns cannot be told, so that the alphabet says which is the forename. */
function acrossColumns(a: PersonName, b: PersonName): NameAgreement {
  const [first, second] = [`${textOf(a.given)}${textOf(b.family)}`, `${textOf(b.given)}${textOf(a.family)}`];
  return first < second
    ? aligned(a.given, a.family, b.family, b.given, ORDER.SWAPPED)
    : aligned(a.family, a.given, b.given, b.family, ORDER.SWAPPED);
}

const textOf = (name: NameValue | null): string => name?.text ?? '';

const mayBeSwapped = ({ forename, surname }: NameAgreement): boolean =>
  (forename === 0 || forename >= FORENAME.NEAR) && (surname === 0 || surname >= SURNAME.NEAR);

const worthOf = ({ forename, surname }: NameAgreement): number =>
  (FORENAME_WORTH[forename] as number) + (SURNAME_WORTH[surname] as number);
