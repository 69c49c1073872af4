import type { CountableWord } from './countables.ts';

/** Values that one row has together. */
export type Tuple = readonly (string | null)[];

/** Which tuples of values people have; somebody may have several. */
export class Tuples {
  readonly #codes = new Map<string, number>();
  readonly #tuples: Tuple[] = [];
  readonly #of = new Map<number, Set<number>>();

  add(number: number, tuple: Tuple): void {
    const key = JSON.stringify(tuple);
    const code = this.#codes.get(key) ?? this.#tuples.length;
    if (code === this.#tuples.length) {
      this.#codes.set(key, code);
      this.#tuples.push(tuple);
    }
    const own = this.#of.get(number);
    if (own) own.add(code);
    else this.#of.set(number, new Set([code]));
  }

  of(number: number): readonly Tuple[] {
    return [...(this.#of.get(number) ?? [])].map((code) => this.#tuples[code] ?? []);
  }
}

export interface RelationValues {
  words: readonly CountableWord[];
  /** None where the person has no row. */
  valuesOf(number: number): readonly Tuple[];
}

export interface PeopleGroup {
  /** In the order of the dimensions. */
  values: Tuple;
  numbers: number[];
}

/** Groups of those who meet the filter, each person in every combination of values that they have; in a fixed order. */
export function groupsOf(
  by: readonly CountableWord[],
  relations: readonly RelationValues[],
  meeting: Uint32Array,
  size: number,
): PeopleGroup[] {
  if (by.length === 0) return [];
  const groups = new Map<string, PeopleGroup>();
  for (let number = 0; number < size; number += 1) {
    if (((meeting[number >>> 5] ?? 0) & (1 << (number & 31))) === 0) continue;
    let combinations: (string | null)[][] = [by.map(() => null)];
    for (const { words, valuesOf } of relations) {
      const tuples = valuesOf(number);
      if (tuples.length === 0) continue;
      combinations = combinations.flatMap((so) =>
        tuples.map((tuple) =>
          by.map((word, at) =>
            words.includes(word) ? (tuple[words.indexOf(word)] ?? null) : (so[at] ?? null),
          ),
        ),
      );
    }
    for (const values of combinations) {
      const key = JSON.stringify(values);
      const group = groups.get(key);
      if (!group) groups.set(key, { values, numbers: [number] });
      else if (group.numbers.at(-1) !== number) group.numbers.push(number);
    }
  }
  return [...groups.values()].sort((one, other) => compare(by, one.values, other.values));
}

/** By the order of the values in their list, months by time; what is not on record last. */
function compare(by: readonly CountableWord[], one: Tuple, other: Tuple): number {
  for (const [at, { kind, values }] of by.entries()) {
    const [mine, theirs] = [one[at] ?? null, other[at] ?? null];
    if (mine === theirs) continue;
    if (mine === null || theirs === null) return mine === null ? 1 : -1;
    if (kind === 'MONTH') return mine < theirs ? -1 : 1;
    return values.indexOf(mine) - values.indexOf(theirs);
  }
  return 0;
}
