import { KEYS, type PerturbationTable } from './perturbation-table.ts';

/** One person as the table counts them: a category for each dimension, null where it is missing, and their record key. */
export interface CountedPerson {
  readonly categories: Readonly<Record<string, string | null>>;
  /** 0 to 255; null where there is none, which adds nothing to the cell key. */
  readonly recordKey: number | null;
}

/** A cell: its categories in the order of the dimensions. */
export interface FrequencyCell {
  readonly categories: readonly string[];
  readonly trueCount: number;
  readonly cellKey: number;
  /** After noise; null below the threshold. */
  readonly count: number | null;
}

/**
 * The frequency table of people by dimensions, with noise and then the threshold, exactly as the Office for National
 * Statistics' package makes it (`create_perturbed_table`, ONSdigital/cell-key-perturbation, 6ea4686): somebody with a
 * category missing is in no cell, each combination of categories that occur is a cell (nobody's has cell key 0), cells
 * stand in the order of their categories. The endpoint counts more strictly, by `countCohort`.
 */
export function frequencyTable(
  people: Iterable<CountedPerson>,
  dimensions: readonly string[],
  table: PerturbationTable,
  threshold = 10,
): FrequencyCell[] {
  const found = new Map<string, { people: number; keys: number }>();
  const occurring = dimensions.map(() => new Set<string>());
  for (const person of people) {
    const categories = dimensions.map((dimension) => person.categories[dimension] ?? null);
    if (categories.includes(null)) continue;
    for (const [at, category] of (categories as string[]).entries()) occurring[at]?.add(category);
    const name = JSON.stringify(categories);
    const cell = found.get(name) ?? { people: 0, keys: 0 };
    found.set(name, { people: cell.people + 1, keys: cell.keys + (person.recordKey ?? 0) });
  }
  let combinations: string[][] = [[]];
  for (const categories of occurring) {
    const sorted = [...categories].toSorted(byCodePoint);
    combinations = combinations.flatMap((before) => sorted.map((category) => [...before, category]));
  }
  return combinations.map((categories) => {
    const { people: trueCount, keys } = found.get(JSON.stringify(categories)) ?? { people: 0, keys: 0 };
    const cellKey = keys % KEYS;
    return { categories, trueCount, cellKey, count: perturb(trueCount, cellKey, table, threshold) };
  });
}

/** A count after noise, null below the threshold: the ONS's order, noise first. */
export function perturb(
  trueCount: number,
  cellKey: number,
  table: PerturbationTable,
  threshold: number,
): number | null {
  const count = trueCount + table.noise(trueCount, cellKey);
  return count < threshold ? null : count;
}

/** As Python orders text: by code points, where JavaScript goes by code units. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
