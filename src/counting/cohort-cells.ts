import type { CohortCondition, PlainFilter } from './cohort-filter.ts';
import type { PeopleSet } from './people-set.ts';

/** One field of a filter with the values that a cell tells apart; value 0 is "any that no condition names, or none". */
export interface CellField {
  readonly name: string;
  readonly conditions: readonly { readonly condition: string; readonly people: PeopleSet }[];
  readonly stride: number;
}

/** All combinations of values of a filter's fields, numbered; whether a filter holds hangs on the cell alone. */
export interface CohortCells {
  readonly fields: readonly CellField[];
  readonly cells: number;
}

/** The cells of a filter's conditions: one field for those that exclude each other, else one for each condition. */
export function cellsOf(filter: PlainFilter): CohortCells {
  const named = new Map<string, Map<string, PeopleSet>>();
  const visit = (part: PlainFilter): void => {
    if (part.kind !== 'condition') {
      for (const inner of part.of) visit(inner);
      return;
    }
    const { condition, people, field, otherValues = [] } = part.condition;
    const name = field === undefined ? `condition ${condition}` : `field ${field}`;
    const values = named.get(name) ?? new Map<string, PeopleSet>();
    named.set(name, values);
    values.set(condition, people);
    if (field !== undefined) for (const other of otherValues) values.set(other.condition, other.people);
  };
  visit(filter);
  const fields: CellField[] = [];
  let cells = 1;
  for (const name of [...named.keys()].toSorted()) {
    const values = [...(named.get(name) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
    fields.push({
      name,
      conditions: values.map(([condition, people]) => ({ condition, people })),
      stride: cells,
    });
    cells *= values.length + 1;
  }
  return { fields, cells };
}

/** How many cells a filter has, without making them. */
export const numberOfCells = (filter: PlainFilter): number => cellsOf(filter).cells;

/** In which cells a filter holds: parts that filters have in common are looked at once. */
export function truthIn({ fields, cells }: CohortCells): (filter: PlainFilter) => Uint8Array {
  const found = new WeakMap<PlainFilter, Uint8Array>();
  return function truthOf(filter) {
    const before = found.get(filter);
    if (before) return before;
    const truth = new Uint8Array(cells);
    if (filter.kind === 'condition') {
      const [field, value] = placeOf(filter.condition, fields);
      for (let cell = 0; cell < cells; cell += 1)
        truth[cell] = (valueIn(cell, field) === value) === filter.holds ? 1 : 0;
    } else if (filter.kind === 'all') {
      truth.fill(1);
      for (const inner of filter.of.map(truthOf))
        for (let cell = 0; cell < cells; cell += 1) truth[cell] = (truth[cell] ?? 0) & (inner[cell] ?? 0);
    } else
      for (const inner of filter.of.map(truthOf))
        for (let cell = 0; cell < cells; cell += 1) truth[cell] = (truth[cell] ?? 0) | (inner[cell] ?? 0);
    found.set(filter, truth);
    return truth;
  };
}

/** Which value of a field a cell has. */
export const valueIn = (cell: number, field: CellField): number =>
  Math.floor(cell / field.stride) % (field.conditions.length + 1);

/** The cell of each person. Of values that exclude each other somebody who has two counts under the first. */
export function cellOfEach({ fields }: CohortCells, universe: PeopleSet): Uint16Array {
  const cellOf = new Uint16Array(universe.size);
  for (const field of fields) {
    let earlier: PeopleSet | undefined;
    for (const [at, { people }] of field.conditions.entries()) {
      const here = earlier ? people.without(earlier) : people;
      here.forEach((person) => {
        cellOf[person] = (cellOf[person] ?? 0) + (at + 1) * field.stride;
      });
      earlier = earlier ? earlier.or(people) : people;
    }
  }
  return cellOf;
}

function placeOf(condition: CohortCondition, fields: readonly CellField[]): [CellField, number] {
  for (const field of fields) {
    const at = field.conditions.findIndex((one) => one.condition === condition.condition);
    if (at >= 0) return [field, at + 1];
  }
  throw new Error(`No cell knows ${condition.condition}.`);
}
