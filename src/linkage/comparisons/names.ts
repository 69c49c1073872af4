import type { NameValue, PersonName } from '../features.ts';
import { isKnownForename } from '../known-forenames.ts';
import { areNicknames } from '../nicknames.ts';
import { jaroWinklerFrom, oneEditApart } from '../word-likeness.ts';
import { FORENAME, ORDER, SURNAME } from './levels.ts';

/** How two people's names agree, in the alignment that fits best, and the values that were held against each other. */
export interface NameAgreement {
  readonly forename: number;
  readonly surname: number;
  readonly order: number;
  /** One of the two is a child who had no forename yet. */
  readonly unnamed: boolean;
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
      const straight = aligned([a.given, b.given], [a.family, b.family], ORDER.STRAIGHT);
      const straightWorth = worthOf(straight);
      if (straightWorth > worth) [best, worth] = [straight, straightWorth];
      if (!mayBeSwapped(straight) || !meetAcross(a, b)) continue;
      const swapped = acrossColumns(a, b);
      const swappedWorth = worthOf(swapped) - SWAP_COST;
      if (swappedWorth > Math.max(worth, 0)) [best, worth] = [swapped, swappedWorth];
    }
  }
  const unnamed = as[0]?.unnamed === true || bs[0]?.unnamed === true;
  return unnamed ? { ...best, unnamed } : best;
}

const NOTHING: NameAgreement = {
  forename: 0,
  surname: 0,
  order: 0,
  unnamed: false,
  given: [null, null],
  family: [null, null],
};

type NameValues = readonly [NameValue | null, NameValue | null];

function aligned(given: NameValues, family: NameValues, order: number): NameAgreement {
  return {
    forename: forenameLevel(given[0], given[1]),
    surname: surnameLevel(family[0], family[1]),
    order,
    unnamed: false,
    given,
    family,
  };
}

/** We cannot tell which record has its names swapped, so the alphabet decides which name counts as the forename. */
function acrossColumns(a: PersonName, b: PersonName): NameAgreement {
  const [first, second] = [`${textOf(a.given)}${textOf(b.family)}`, `${textOf(b.given)}${textOf(a.family)}`];
  return first < second
    ? aligned([a.given, b.family], [a.family, b.given], ORDER.SWAPPED)
    : aligned([a.family, b.given], [a.given, b.family], ORDER.SWAPPED);
}

/**
 * A swap explains enough only where neither forename differs altogether from the other's surname. Of single words what is
 * DIFFERENT as a forename is DIFFERENT as a surname too.
 */
const meetAcross = (a: PersonName, b: PersonName): boolean =>
  mayBeOneName(a.given, b.family) && mayBeOneName(b.given, a.family);

function mayBeOneName(one: NameValue | null, other: NameValue | null): boolean {
  if (one === null || other === null || one.words.length > 1 || other.words.length > 1) return true;
  return forenameLevel(one, other) !== FORENAME.DIFFERENT;
}

const textOf = (name: NameValue | null): string => name?.text ?? '';

const mayBeSwapped = ({ forename, surname }: NameAgreement): boolean =>
  (forename === 0 || forename >= FORENAME.NEAR) && (surname === 0 || surname >= SURNAME.NEAR);

const worthOf = ({ forename, surname }: NameAgreement): number =>
  (FORENAME_WORTH[forename] as number) + (SURNAME_WORTH[surname] as number);

const CLOSE_FORENAME = 0.92;
const NEAR_FORENAME = 0.82;

/** How two forenames agree: a level of `FORENAME`, 0 if one is missing. */
function forenameLevel(a: NameValue | null, b: NameValue | null): number {
  if (a === null || b === null) return 0;
  if (a.text === b.text) return a.text.length === 1 ? FORENAME.INITIAL : FORENAME.EXACT;
  const several = a.words.length > 1 || b.words.length > 1;
  if (a.text.length === 1 || b.text.length === 1)
    return a.text.charAt(0) === b.text.charAt(0) ? FORENAME.INITIAL : FORENAME.DIFFERENT;
  if (several && shareWord(a, b)) return FORENAME.PART;
  if (areNicknames(a.words[0] as string, b.words[0] as string)) return FORENAME.NICKNAME;
  const whole = closeness(a.text, b.text, a.sound === b.sound && a.sound.length > 2);
  if (whole !== FORENAME.DIFFERENT || !several) return whole;
  return closeness(a.words[0] as string, b.words[0] as string, false);
}

/** Either's first forename is among the other's: a middle name may be the one in use. */
function shareWord(a: NameValue, b: NameValue): boolean {
  return b.words.includes(a.words[0] as string) || a.words.includes(b.words[0] as string);
}

function closeness(a: string, b: string, soundsAlike: boolean): number {
  const likeness = jaroWinklerFrom(NEAR_FORENAME, a, b);
  const slip = Math.min(a.length, b.length) >= 3 && oneEditApart(a, b);
  if (likeness >= CLOSE_FORENAME || slip)
    return isKnownForename(a) && isKnownForename(b) ? FORENAME.NEAR : FORENAME.CLOSE;
  return likeness > 0 || soundsAlike ? FORENAME.NEAR : FORENAME.DIFFERENT;
}

const CLOSE_SURNAME = 0.92;
const NEAR_SURNAME = 0.84;
const PARTICLES = new Set('DE LA LE DU VAN VON DER DEN EL AL BIN IBN DA DI DOS DEL MC MAC O ST'.split(' '));

/** How two surnames agree: a level of `SURNAME`, 0 if one is missing. */
function surnameLevel(a: NameValue | null, b: NameValue | null): number {
  if (a === null || b === null) return 0;
  if (a.text === b.text) return SURNAME.EXACT;
  if ((a.words.length > 1 || b.words.length > 1) && sharePart(a, b)) return SURNAME.PART;
  const likeness = jaroWinklerFrom(NEAR_SURNAME, a.text, b.text);
  if (likeness >= CLOSE_SURNAME) return SURNAME.CLOSE;
  if (Math.min(a.text.length, b.text.length) >= 4 && oneEditApart(a.text, b.text)) return SURNAME.CLOSE;
  return likeness >= NEAR_SURNAME || (a.sound === b.sound && a.sound.length > 2)
    ? SURNAME.NEAR
    : SURNAME.DIFFERENT;
}

function sharePart(a: NameValue, b: NameValue): boolean {
  return a.words.some((word) => word.length > 2 && !PARTICLES.has(word) && b.words.includes(word));
}
