import type { PairAgreement } from './comparisons/agreement.ts';
import { ADDRESS, BORN, FORENAME, IDENTIFIER, PART, PHONE, SEX, SURNAME } from './comparisons/levels.ts';
import type { Model } from './model.ts';
import { speaksForOne } from './same-forename.ts';

/** Why no score may link two records. */
export type Veto =
  | 'IDENTIFIERS'
  | 'NUMBER_ALONE'
  | 'SHARED_NUMBER'
  | 'NAMELESS'
  | 'TWINS'
  | 'GENERATIONS'
  | 'SAME_NAME_AND_BIRTH'
  | 'TWO_CONFLICTS';

export const VETO_WORDS: Readonly<Record<Veto, string>> = {
  IDENTIFIERS: 'each has an identifier of its own that can be trusted',
  NUMBER_ALONE: 'nothing is known but a number that nobody has verified',
  SHARED_NUMBER:
    'may be two people with one number: the birth differs altogether, or another forename with it',
  NAMELESS: 'no name is known to agree, or one is an unnamed child’s',
  TWINS: 'may be twins: born on one day into one family, forename different or not known',
  GENERATIONS: 'may be of two generations: one family, birth at another time or not known',
  SAME_NAME_AND_BIRTH: 'may be two people of one name: nothing else agrees but, if at all, the date of birth',
  TWO_CONFLICTS: 'two of forename, birth, sex and identifier differ altogether',
};

export type VetoModel = Pick<Model, 'relatives' | 'namesakes' | 'frequencies'>;

/** The first veto that applies, null if none does. */
export function vetoOf(agreement: PairAgreement, model: VetoModel): Veto | null {
  const { identifier, names, born } = agreement;
  const { relatives } = model;
  const identified = identifier.level === IDENTIFIER.SAME || identifier.level === IDENTIFIER.NEAR;
  const untold = names.forename === 0 && names.surname === 0;
  if (identifier.conflict) return 'IDENTIFIERS';
  if (identified && !identifier.vouched && untold && born === 0) return 'NUMBER_ALONE';
  if (identifier.issued && sharesNumber(agreement)) return 'SHARED_NUMBER';
  if (isNameless(agreement, identified, relatives)) return 'NAMELESS';
  if (relatives && conflicts(agreement) >= 2) return 'TWO_CONFLICTS';
  // One twin's number gets into the other's record: it outweighs what is missing, not what differs.
  if (relatives || identifier.issued) {
    if (mayBeTwins(agreement, model) && !(identified && isUntold(names.forename))) return 'TWINS';
  }
  if (
    relatives &&
    mayBeGenerations(agreement) &&
    !(identified && born === 0 && names.forename !== FORENAME.DIFFERENT)
  )
    return 'GENERATIONS';
  return !identified && onlyNameAndBirth(agreement, model) ? 'SAME_NAME_AND_BIRTH' : null;
}

/**
 * Whether two records that a veto holds apart are two people's by what they say. Others only say too little to be linked by
 * themselves, which bars the pair and not the groups that they belong to.
 */
export function isConflict(veto: Veto | null, { names, born }: PairAgreement): boolean {
  if (veto === 'TWINS') return !isUntold(names.forename);
  if (veto === 'GENERATIONS') return born !== 0;
  return veto === 'IDENTIFIERS' || veto === 'SHARED_NUMBER' || veto === 'TWO_CONFLICTS';
}

const TOLD_BY = { FORENAME: 1, BIRTH: 2 } as const;

/** Which of forename and birth are the same, and which differ altogether: as bits, one for each of the two. */
export function toldApart({ names, born }: PairAgreement): { readonly same: number; readonly apart: number } {
  const forename = { same: names.forename === FORENAME.EXACT, apart: names.forename === FORENAME.DIFFERENT };
  const birth = { same: born === BORN.EXACT, apart: isApart(born) };
  return {
    same: (forename.same ? TOLD_BY.FORENAME : 0) | (birth.same ? TOLD_BY.BIRTH : 0),
    apart: (forename.apart ? TOLD_BY.FORENAME : 0) | (birth.apart ? TOLD_BY.BIRTH : 0),
  };
}

const isApart = (born: number): boolean => born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT;

/** Births that agree no more than in part. */
const isInPart = (born: number): boolean => born === BORN.TWO_PARTS || born === BORN.SAME_YEAR;

/**
 * A number on records of two births is a husband's, a mother's or a sister's. A slip lies between two births only where the
 * forename is the same.
 */
function sharesNumber({ names, born, identifier }: PairAgreement): boolean {
  if (identifier.level !== IDENTIFIER.SAME) return false;
  return isApart(born) || (isInPart(born) && names.forename > FORENAME.PART);
}

/** No name is known to agree; or a child had none yet, who may be one of two. A number that was verified tells who it is. */
function isNameless(
  { names, born, identifier }: PairAgreement,
  identified: boolean,
  relatives: boolean,
): boolean {
  const vouched =
    identified && (identifier.issued || !relatives) && (born === BORN.EXACT || born === BORN.YEAR_SAME);
  const agreeing =
    names.forename !== 0 || (names.surname !== 0 && !(relatives && names.surname >= SURNAME.NEAR));
  if (!agreeing) return !vouched;
  return names.unnamed && !vouched;
}

/** Besides another forename, a birth that shares no more than a part is another child's. */
function conflicts({ names, born, sex, identifier }: PairAgreement): number {
  const forename = names.forename === FORENAME.DIFFERENT;
  return (
    Number(forename) +
    Number(isApart(born) || (forename && isInPart(born))) +
    Number(sex === SEX.DIFFERENT) +
    Number(identifier.level === IDENTIFIER.DIFFERENT)
  );
}

const sameSurname = (surname: number): boolean =>
  surname === SURNAME.EXACT || surname === SURNAME.CLOSE || surname === SURNAME.PART;

/** Missing, or no more than an initial, which twins often share. */
const isUntold = (forename: number): boolean => forename === 0 || forename === FORENAME.INITIAL;

/** Born on one day, or nearly, or in one year of which the day is not known, into one family. */
export function isOneBirth({ names, born }: PairAgreement): boolean {
  const sameDay =
    born === BORN.EXACT || born === BORN.ONE_EDIT || born === BORN.SWAPPED || born === BORN.YEAR_SAME;
  return sameDay && (sameSurname(names.surname) || names.surname === 0);
}

function mayBeTwins(agreement: PairAgreement, { frequencies }: VetoModel): boolean {
  if (!isOneBirth(agreement)) return false;
  const { names, sex, identifier } = agreement;
  const numbered = identifier.issued && identifier.level === IDENTIFIER.SAME;
  const brotherAndSister = sex === SEX.DIFFERENT && names.forename !== FORENAME.EXACT;
  return brotherAndSister || !speaksForOne(names.forename, names.given, frequencies.given, numbered);
}

function mayBeGenerations({ names, born }: PairAgreement): boolean {
  return (isApart(born) || born === 0) && sameSurname(names.surname);
}

/**
 * Elsewhere, or nothing else to go by, where others of one name must be reckoned with. Of a birth of which no more than the
 * year is known nobody can tell them from one, wherever it is.
 */
function onlyNameAndBirth(
  { names, born, vague, address, phone }: PairAgreement,
  { relatives, namesakes }: VetoModel,
): boolean {
  const named = names.forename !== FORENAME.DIFFERENT && sameSurname(names.surname);
  if (!named || phone === PHONE.SAME) return false;
  const nowhere = address.level === 0 || address.crowded;
  if (nowhere && (namesakes || vague || born === BORN.YEAR_SAME)) return true;
  if (!relatives && !namesakes) return false;
  return address.level === ADDRESS.DIFFERENT || (relatives && isOtherHouse(address));
}

/** No more agrees than the town, or the name of a street: where families live, many of one name live there. */
function isOtherHouse({ parts }: PairAgreement['address']): boolean {
  const { postcode, number, street, suburb, locality } = parts;
  const apart = street === PART.DIFFERENT || suburb === PART.DIFFERENT;
  const near =
    postcode === PART.SAME || number === PART.SAME || locality === PART.SAME || locality === PART.NEAR;
  return (apart && !near) || (number === PART.DIFFERENT && street !== 0);
}
