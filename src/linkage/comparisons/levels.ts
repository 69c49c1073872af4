/** One way in which two records can agree or differ on something, and what we hold of it before any data are seen. */
export interface AgreementLevel {
  readonly name: string;
  /** For a person who reads why two records were held to be one's. */
  readonly words: string;
  /** Share of true pairs at this level, among pairs where both have the value. */
  readonly m: number;
  /** Share of pairs of different people at this level. */
  readonly u: number;
}
/** Levels are numbered from 1; 0 is "missing on one side or both" and says nothing. */
export type Levels = readonly AgreementLevel[];

const level = (name: string, words: string, m: number, u: number): AgreementLevel => ({ name, words, m, u });

export const FORENAME = {
  EXACT: 1,
  NICKNAME: 2,
  PART: 3,
  INITIAL: 4,
  CLOSE: 5,
  NEAR: 6,
  DIFFERENT: 7,
} as const;
const forename: Levels = [
  level('EXACT', 'same forename', 0.81, 0.006),
  level('NICKNAME', 'forenames that stand for one another', 0.025, 0.004),
  level('PART', 'one forename of several is the same', 0.02, 0.003),
  level('INITIAL', 'one is the initial of the other', 0.015, 0.004),
  level('CLOSE', 'forename differs by a slip', 0.06, 0.006),
  level('NEAR', 'forenames sound or look alike', 0.02, 0.02),
  level('DIFFERENT', 'forenames differ', 0.05, 0.957),
];

export const SURNAME = { EXACT: 1, PART: 2, CLOSE: 3, NEAR: 4, DIFFERENT: 5 } as const;
const surname: Levels = [
  level('EXACT', 'same surname', 0.85, 0.002),
  level('PART', 'part of a double surname is the same', 0.015, 0.001),
  level('CLOSE', 'surname differs by a slip', 0.06, 0.002),
  level('NEAR', 'surnames sound or look alike', 0.02, 0.01),
  level('DIFFERENT', 'surnames differ', 0.055, 0.985),
];

export const BORN = {
  ...{ EXACT: 1, SWAPPED: 2, ONE_EDIT: 3, TWO_PARTS: 4, SAME_YEAR: 5, DIFFERENT: 6 },
  ...{ YEAR_SAME: 7, YEAR_NEAR: 8, YEAR_DIFFERENT: 9 },
} as const;
const born: Levels = [
  level('EXACT', 'same date of birth', 0.87, 0.00004),
  level('SWAPPED', 'day and month of birth swapped', 0.006, 0.00002),
  level('ONE_EDIT', 'date of birth differs by a slip', 0.05, 0.0009),
  level('TWO_PARTS', 'two of day, month and year of birth agree', 0.02, 0.003),
  level('SAME_YEAR', 'born in the same year', 0.014, 0.012),
  level('DIFFERENT', 'dates of birth differ', 0.04, 0.984),
  level('YEAR_SAME', 'same year of birth, day not known', 0.88, 0.015),
  level('YEAR_NEAR', 'years of birth one or two apart, day not known', 0.08, 0.05),
  level('YEAR_DIFFERENT', 'years of birth differ', 0.04, 0.935),
];

export const SEX = { SAME: 1, DIFFERENT: 2 } as const;
const sex: Levels = [level('SAME', 'same sex', 0.99, 0.5), level('DIFFERENT', 'sex differs', 0.01, 0.5)];

/** How addresses agree as a whole: what expectation–maximisation looks at. The weight is made from their parts. */
export const ADDRESS = { HOUSE: 1, STREET: 2, AREA: 3, DIFFERENT: 4 } as const;
const address: Levels = [
  level('HOUSE', 'same house', 0.5, 0.0003),
  level('STREET', 'same street', 0.2, 0.0007),
  level('AREA', 'same area', 0.15, 0.009),
  level('DIFFERENT', 'addresses differ', 0.15, 0.99),
];

export const PHONE = { SAME: 1, NEAR: 2, DIFFERENT: 3 } as const;
const phone: Levels = [
  level('SAME', 'same phone', 0.6, 0.0002),
  level('NEAR', 'phone differs by a slip', 0.03, 0.0001),
  level('DIFFERENT', 'phones differ', 0.37, 0.9997),
];

export const IDENTIFIER = { SAME: 1, NEAR: 2, DIFFERENT: 3 } as const;
const identifier: Levels = [
  level('SAME', 'same identifier', 0.93, 0.00001),
  level('NEAR', 'identifier differs by a slip', 0.04, 0.0001),
  level('DIFFERENT', 'identifiers differ', 0.03, 0.99989),
];

/** Forename and surname may stand in each other's column. That costs its rarity, and gains nothing by itself. */
export const ORDER = { STRAIGHT: 1, SWAPPED: 2 } as const;
const order: Levels = [
  level('STRAIGHT', 'names in their own columns', 0.98, 1),
  level('SWAPPED', 'forename and surname stand in each other’s place', 0.02, 1),
];

export const COMPARISONS = { forename, surname, order, born, sex, address, phone, identifier } as const;
export type ComparisonName = keyof typeof COMPARISONS;
export const COMPARISON_NAMES = Object.keys(COMPARISONS) as ComparisonName[];

export const PART = { SAME: 1, NEAR: 2, DIFFERENT: 3 } as const;
const part = (what: string, same: readonly [number, number], near: readonly [number, number]): Levels => [
  level('SAME', `same ${what}`, ...same),
  level('NEAR', `${what} nearly the same`, ...near),
  level('DIFFERENT', `${what} differs`, 1 - same[0] - near[0], 1 - same[1] - near[1]),
];
/** Of an address that is meant to be one and the same. */
export const PARTS = {
  place: part('property', [0.95, 0.0002], [0.001, 0.0001]),
  postcode: part('postcode', [0.88, 0.002], [0.08, 0.004]),
  suburb: part('suburb', [0.85, 0.005], [0.08, 0.01]),
  state: part('state', [0.93, 0.2], [0.03, 0.05]),
  street: part('street', [0.75, 0.002], [0.15, 0.01]),
  locality: part('locality', [0.7, 0.005], [0.15, 0.01]),
  number: part('house number', [0.87, 0.015], [0.05, 0.06]),
} as const satisfies Record<string, Levels>;
export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];
