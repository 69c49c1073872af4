import type { PeopleSet } from './people-set.ts';

/** People by the cells of a filter, within every choice of values of some dimensions, of each at most one. */
export interface Tally {
  /** How many are in each cell who have these values; of a dimension that is left out (null), whatever they have. */
  people(values: readonly (number | null)[]): Uint32Array;
  /** Each of these people with the number of every group they are in, counted as `groupNumber` does. */
  forEachGroup(people: PeopleSet, visit: (person: number, group: number) => void): void;
  /** Groups of a value of every dimension by number, in the order of the values, the last dimension's first. */
  groupNumber(values: readonly number[]): number;
}

/**
 * Counts everybody once, in one walk over the people, however many groups there are. Somebody who has two values of a
 * dimension is counted under each.
 * @param dimensions of each the people of every value
 */
export function tally(
  universe: PeopleSet,
  { cellOf, cells }: { cellOf: Uint16Array; cells: number },
  dimensions: readonly (readonly PeopleSet[])[],
): Tally {
  const valuesOf = dimensions.map((sets) => valuesOfEach(sets, universe.size));
  const sizes = dimensions.map((sets) => sets.length);
  // A value of every dimension, or any: place 0 of each is "whatever they have".
  const strides = stridesOf(sizes.map((size) => size + 1));
  const groupStrides = stridesOf(sizes);
  const choices = sizes.reduce((product, size) => product * (size + 1), 1);
  const counts = new Uint32Array(choices * cells);
  let places: number[] = [];
  universe.forEach((person) => {
    places = [0];
    for (const [at, values] of valuesOf.entries()) {
      const before = places.length;
      const stride = strides[at] ?? 0;
      values(person, (value) => {
        for (let place = 0; place < before; place += 1)
          places.push((places[place] ?? 0) + (value + 1) * stride);
      });
    }
    const cell = cellOf[person] ?? 0;
    for (const place of places) counts[place * cells + cell] = (counts[place * cells + cell] ?? 0) + 1;
  });
  return {
    people(values) {
      const place = values.reduce<number>(
        (sum, value, at) => sum + (value === null ? 0 : value + 1) * (strides[at] ?? 0),
        0,
      );
      return counts.subarray(place * cells, (place + 1) * cells);
    },
    groupNumber: (values) => values.reduce((sum, value, at) => sum + value * (groupStrides[at] ?? 0), 0),
    forEachGroup(people, visit) {
      people.forEach((person) => {
        let groups = [0];
        for (const [at, values] of valuesOf.entries()) {
          const wider = groups;
          groups = [];
          values(person, (value) => {
            for (const group of wider) groups.push(group + value * (groupStrides[at] ?? 0));
          });
        }
        for (const group of groups) visit(person, group);
      });
    },
  };
}

/** Of each place how far apart its values are numbered, the last beside each other. */
const stridesOf = (sizes: readonly number[]): number[] =>
  sizes.map((_, at) => sizes.slice(at + 1).reduce((product, size) => product * size, 1));

/** Visits the values that somebody has: nearly everybody has one at most. */
function valuesOfEach(
  sets: readonly PeopleSet[],
  size: number,
): (person: number, visit: (value: number) => void) => void {
  const first = new Int16Array(size).fill(-1);
  const more = new Map<number, number[]>();
  for (const [value, set] of sets.entries())
    set.forEach((person) => {
      if (first[person] === -1) first[person] = value;
      else more.set(person, [...(more.get(person) ?? []), value]);
    });
  return (person, visit) => {
    const value = first[person] ?? -1;
    if (value === -1) return;
    visit(value);
    for (const other of more.get(person) ?? []) visit(other);
  };
}
