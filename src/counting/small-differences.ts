import { type CellField, type CohortCells, cellsOf, truthIn, valueIn } from './cohort-cells.ts';
import { joinPlain, type PlainFilter } from './cohort-filter.ts';

/** A filter made ready: where it holds, and what must be ten people or more for its count to be shown. */
export interface CheckedFilter {
  readonly filter: PlainFilter;
  readonly cells: CohortCells;
  /** The cells in which the filter holds. */
  readonly inside: Uint32Array;
  /** Each of these must together have the smallest count. */
  readonly differences: readonly Uint32Array[];
  /** Each cell inside must be in one of these that has the smallest count. */
  readonly blocks: readonly Uint32Array[];
}

/**
 * Makes a filter ready. A condition that changes nothing in any case ("a or not a") is taken out first, so that how a filter is
 * phrased does not matter here. The rules (docs/counting.md says what they hold, `test/counting/small-differences.test.ts`
 * tries every filter over small universes):
 *
 * 1. each condition and each joined part, left out, must add or remove ten people;
 * 2. all conditions on one field together must add ten and remove ten;
 * 3. beside anybody counted, of those who differ in one field alone and are not counted there must be ten;
 * 4. everybody counted must be counted among ten by conditions each of which names one value.
 */
export function checkedFilter(asked: PlainFilter): CheckedFilter {
  const filter = withoutIdleParts(asked);
  const cells = cellsOf(filter);
  const truthOf = truthIn(cells);
  const truth = truthOf(filter);
  const differences = new Map<string, Uint32Array>();
  const add = (members: readonly number[]): void => {
    differences.set(members.join(), Uint32Array.from(members));
  };
  // Nothing hangs on any condition: everybody is counted, or nobody.
  if (cells.fields.length === 0) add([]);
  for (const without of leftOutOnce(filter)) {
    const other = truthOf(without);
    add(allCells(cells).filter((cell) => truth[cell] !== other[cell]));
  }
  for (const field of cells.fields) {
    const [added, removed]: number[][] = [[], []];
    for (const line of linesAlong(field, cells)) {
      const [within, outside] = [line.filter((cell) => truth[cell]), line.filter((cell) => !truth[cell])];
      if (within.length === 0 || outside.length === 0) continue;
      add(outside);
      added?.push(...within);
      removed?.push(...outside);
    }
    add(added ?? []);
    add(removed ?? []);
  }
  return {
    filter,
    cells,
    inside: Uint32Array.from(allCells(cells).filter((cell) => truth[cell])),
    differences: [...differences.values()],
    blocks: largestBlocks(truth, cells),
  };
}

/** Whether any rule finds fewer than the smallest count, by how many people are in each cell. */
export function hasSmallDifference(
  { inside, differences, blocks }: CheckedFilter,
  people: ArrayLike<number>,
  smallest: number,
): boolean {
  const isSmall = (members: Uint32Array): boolean => {
    let sum = 0;
    for (const cell of members) sum += people[cell] ?? 0;
    return sum < smallest;
  };
  if (differences.some(isSmall)) return true;
  const covered = new Set<number>();
  for (const block of blocks) if (!isSmall(block)) for (const cell of block) covered.add(cell);
  return covered.size < inside.length;
}

const allCells = ({ cells }: CohortCells): number[] => Array.from({ length: cells }, (_, cell) => cell);

/** Cells that differ in one field alone. */
function linesAlong(field: CellField, cells: CohortCells): number[][] {
  return allCells(cells)
    .filter((cell) => valueIn(cell, field) === 0)
    .map((start) =>
      Array.from({ length: field.conditions.length + 1 }, (_, value) => start + value * field.stride),
    );
}

/** The largest blocks inside: one value, or every value, of each field. */
function largestBlocks(truth: Uint8Array, { fields, cells }: CohortCells): Uint32Array[] {
  // For each set of fields of which a block has every value: at which cells such a block starts and is inside.
  const blocks: Uint8Array[] = [truth];
  for (let free = 1; free < 2 ** fields.length; free += 1) {
    const at = 31 - Math.clz32(free);
    const field = fields[at];
    const smaller = blocks[free - 2 ** at];
    const here = new Uint8Array(cells);
    if (field && smaller)
      for (let cell = 0; cell < cells; cell += 1) {
        if (valueIn(cell, field) !== 0) continue;
        let isInside = 1;
        for (let value = 0; value <= field.conditions.length; value += 1)
          isInside &= smaller[cell + value * field.stride] ?? 0;
        here[cell] = isInside;
      }
    blocks.push(here);
  }
  const isWithinLarger = (cell: number, free: number): boolean =>
    fields.some(
      (field, at) =>
        !(free & (1 << at)) && blocks[free | (1 << at)]?.[cell - valueIn(cell, field) * field.stride] === 1,
    );
  return blocks.flatMap((starts, free) =>
    Array.from(starts.keys())
      .filter((cell) => starts[cell] === 1 && !isWithinLarger(cell, free))
      .map((cell) => {
        let members = [cell];
        for (const [at, field] of fields.entries())
          if (free & (1 << at))
            members = members.flatMap((member) =>
              Array.from(
                { length: field.conditions.length + 1 },
                (_, value) => member + value * field.stride,
              ),
            );
        return Uint32Array.from(members);
      }),
  );
}

/** The filter without parts that change nothing in any case, and without fields on which nothing hangs. */
export function withoutIdleParts(asked: PlainFilter): PlainFilter {
  const cells = cellsOf(asked);
  const truthOf = truthIn(cells);
  const truth = truthOf(asked);
  const idle = cells.fields.filter((field) =>
    linesAlong(field, cells).every((line) => line.every((cell) => truth[cell] === truth[line[0] ?? 0])),
  );
  const names = new Set(idle.flatMap((field) => field.conditions.map(({ condition }) => condition)));
  let filter = withoutConditions(asked, names);
  for (;;) {
    const smaller = leftOutOnce(filter).find((other) =>
      truthOf(other).every((holds, cell) => holds === truth[cell]),
    );
    if (!smaller) return filter;
    filter = smaller;
  }
}

/** The filter as it is where none of some conditions holds. */
function withoutConditions(filter: PlainFilter, names: ReadonlySet<string>): PlainFilter {
  if (filter.kind !== 'condition')
    return joinPlain(
      filter.kind,
      filter.of.map((part) => withoutConditions(part, names)),
    );
  if (!names.has(filter.condition.condition)) return filter;
  return { kind: filter.holds ? 'any' : 'all', of: [] };
}

/** The filter with each condition, and each joined part, left out once. The whole filter left out is everybody. */
function leftOutOnce(filter: PlainFilter): PlainFilter[] {
  const everybody: PlainFilter = { kind: 'all', of: [] };
  if (filter.kind === 'condition') return [everybody];
  const { kind, of } = filter;
  if (of.length === 0) return [];
  const inside = of.flatMap((part, at) => {
    const others = of.filter((_, other) => other !== at);
    const smaller = part.kind === 'condition' ? [] : leftOutOnce(part).slice(0, -1);
    return [joinPlain(kind, others), ...smaller.map((inner) => joinPlain(kind, [...others, inner]))];
  });
  return [...inside, everybody];
}
