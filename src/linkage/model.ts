import type { ComparisonName, PartName } from './comparisons/levels.ts';
import type { Identifier } from './features.ts';
import type { Frequencies } from './frequencies.ts';

/** Probability of each level; index 0, missing, is not used. */
export type Distribution = readonly number[];

/** All that was learnt from records. With the same model a pair has the same weight, whatever else is in the data. */
export interface Model {
  /** Records that it was learnt from. */
  readonly population: number;
  /** How rare true pairs are among all pairs of these records, in bits. */
  readonly rarity: number;
  readonly m: Readonly<Record<ComparisonName, Distribution>>;
  readonly u: Readonly<Record<ComparisonName, Distribution>>;
  /** Of the parts of an address that is meant to be one and the same. */
  readonly partM: Readonly<Record<PartName, Distribution>>;
  readonly partU: Readonly<Record<PartName, Distribution>>;
  /** The chance that a part is the same for different people who agree on what it depends on, such as the postcode. */
  readonly partWithin: Readonly<Record<PartName, number>>;
  /** Share of true pairs whose addresses have nothing in common. */
  readonly moved: number;
  /** How many records of relatives stand, on average, at a record's own house. */
  readonly household: number;
  /** Twins and namesakes of two generations must be reckoned with. */
  readonly relatives: boolean;
  /** Pairs of relatives born on one day to a pair of one person's records: at most so many, where none were seen. */
  readonly siblings: number;
  /** People of one name and date of birth must be reckoned with. */
  readonly namesakes: boolean;
  readonly frequencies: Frequencies;
  /**
   * What otherwise different people share, and says little: identifiers, as `genericKey` writes them; crowded houses and
   * phones; days of birth that are given to whoever does not know theirs.
   */
  readonly generic: ReadonlySet<string>;
}

export const genericKey = ({ type, value }: Identifier): string => `${type}|${value}`;
