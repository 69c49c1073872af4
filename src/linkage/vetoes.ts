import type { Agreement } from './comparisons/agreement.ts';
import { ADDRESS, BORN, FORENAME, IDENTIFIER, PART, PHONE, SEX, SURNAME } from './comparisons/levels.ts';
import type { Model } from './model.ts';

/** Why no score may link two records. */
export type Veto =
  | 'IDENTIFIERS'
  | 'NUMBER_ALONE'
  | 'TWINS'
  | 'GENERATIONS'
  | 'SAME_NAME_AND_BIRTH'
  | 'TWO_CONFLICTS';

export const VETO_WORDS: Readonly<Record<Veto, string>> = {
  IDENTIFIERS: 'each has an identifier of its own that can be trusted',
  NUMBER_ALONE: 'nothing is known but a number that nobody has verified',
  TWINS: 'may be twins: born on one day into one family, forename different or not known',
  GENERATIONS: 'may be of two generations: one family, birth at another time or not known',
  SAME_NAME_AND_BIRTH: 'may be two people of one name: nothing else agrees but, if at all, the date of birth',
  TWO_CONFLICTS: 'two of forename, birth, sex and identifier differ altogether',
};

/** The first veto that applies, null if none does. */
export function vetoOf(
  agreement: Agreement,
  { relatives, namesakes }: Pick<Model, 'relatives' | 'namesakes'>,
): Veto | null {
  const { identifier, names, born } = agreement;
  const identified = identifier.level === IDENTIFIER.SAME || identifier.level === IDENTIFIER.NEAR;
  if (identifier.conflict) return 'IDENTIFIERS';
  if (identified && !identifier.vouched && names.forename === 0 && names.surname === 0 && born === 0)
    return 'NUMBER_ALONE';
  if (relatives && conflicts(agreement) >= 2) return 'TWO_CONFLICTS';
  // One twin's number gets into the other's record: it outweighs what is missing, not what differs.
  if (relatives && mayBeTwins(agreement) && !(identified && isUntold(names.forename))) return 'TWINS';
  if (
    relatives &&
    mayBeGenerations(agreement) &&
    !(identified && born === 0 && names.forename !== FORENAME.DIFFERENT)
  )
    return 'GENERATIONS';
  return !identified && onlyNameAndBirth(agreement, relatives, namesakes) ? 'SAME_NAME_AND_BIRTH' : null;
}

const TOLD_BY = { FORENAME: 1, BIRTH: 2 } as const;

/** Which of forename and birth are the same, and which differ altogether: as bits, one for each of the two. */
export function toldApart({ names, born }: Agreement): { readonly same: number; readonly apart: number } {
  const forename = { same: names.forename === FORENAME.EXACT, apart: names.forename === FORENAME.DIFFERENT };
  const birth = { same: born === BORN.EXACT, apart: born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT };
  return {
    same: (forename.same ? TOLD_BY.FORENAME : 0) | (birth.same ? TOLD_BY.BIRTH : 0),
    apart: (forename.apart ? TOLD_BY.FORENAME : 0) | (birth.apart ? TOLD_BY.BIRTH : 0),
  };
}

/** Besides another forename, a birth that shares no more than a part is another child's. */
function conflicts({ names, born, sex, identifier }: Agreement): number {
  const forename = names.forename === FORENAME.DIFFERENT;
  const inPart = born === BORN.TWO_PARTS || born === BORN.SAME_YEAR;
  return (
    Number(forename) +
    Number(born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT || (forename && inPart)) +
    Number(sex === SEX.DIFFERENT) +
    Number(identifier.level === IDENTIFIER.DIFFERENT)
  );
}

const sameSurname = (surname: number): boolean =>
  surname === SURNAME.EXACT || surname === SURNAME.CLOSE || surname === SURNAME.PART;

/** Missing, or no more than an initial, which twins often share. */
const isUntold = (forename: number): boolean => forename === 0 || forename === FORENAME.INITIAL;

function mayBeTwins({ names, born, sex }: Agreement): boolean {
  const { forename } = names;
  const other = forename === FORENAME.DIFFERENT || forename === FORENAME.NEAR || isUntold(forename);
  const sameDay = born === BORN.EXACT || born === BORN.ONE_EDIT || born === BORN.SWAPPED;
  const brotherAndSister = sex === SEX.DIFFERENT && forename !== FORENAME.EXACT;
  return (other || brotherAndSister) && sameDay && (sameSurname(names.surname) || names.surname === 0);
}

function mayBeGenerations({ names, born }: Agreement): boolean {
  const apart = born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT || born === 0;
  return apart && sameSurname(names.surname);
}

/** Elsewhere; or where namesakes are known to be about, nothing else to go by. */
function onlyNameAndBirth(
  { names, address, phone }: Agreement,
  relatives: boolean,
  namesakes: boolean,
): boolean {
  const named = names.forename !== FORENAME.DIFFERENT && sameSurname(names.surname);
  const elsewhere =
    address.level === ADDRESS.DIFFERENT ||
    (relatives && isOtherHouse(address)) ||
    (namesakes && address.level === 0);
  return named && elsewhere && phone !== PHONE.SAME;
}

/** No more agrees than the town, or the name of a street: where families live, many of one name live there. */
function isOtherHouse({ parts }: Agreement['address']): boolean {
  const { postcode, number, street, suburb, locality } = parts;
  const apart = street === PART.DIFFERENT || suburb === PART.DIFFERENT;
  const near =
    postcode === PART.SAME || number === PART.SAME || locality === PART.SAME || locality === PART.NEAR;
  return apart && !near;
}
