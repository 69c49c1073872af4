import { type CohortCells, truthOf } from './cohort-cells.ts';
import { joinPlain, type PlainFilter } from './cohort-filter.ts';

/**
 * The groups of cells that must each have ten people or more, or the count is suppressed: what each condition, and each part of
 * the filter, adds or removes beside the rest of it, and each group of people by which another filter over the same fields
 * could differ from this one.
 */
export function differencesOf(filter: PlainFilter, cells: CohortCells): Uint32Array[] {
  const truth = truthOf(filter, cells);
  const differences = new Map<string, Uint32Array>();
  const add = (members: number[]): void => {
    differences.set(members.join(), Uint32Array.from(members));
  };
  for (const without of leftOutOnce(withoutIdleParts(filter, cells))) {
    const other = truthOf(without, cells);
    const members: number[] = [];
    for (let cell = 0; cell < cells.cells; cell += 1) if (truth[cell] !== other[cell]) members.push(cell);
    add(members);
  }
  // Along one field, all others being equal: what of the line is in, value by value where another field cuts it, and
  // what is out.
  for (const field of cells.fields) {
    for (let start = 0; start < cells.cells; start += 1) {
      if (Math.floor(start / field.stride) % (field.conditions.length + 1) !== 0) continue;
      const line = Array.from(
        { length: field.conditions.length + 1 },
        (_, value) => start + value * field.stride,
      );
      const inside = line.filter((cell) => truth[cell] === 1);
      if (inside.length === 0 || inside.length === line.length) continue;
      add(line.filter((cell) => truth[cell] === 0));
      for (const cell of inside) add([cell]);
    }
  }
  return [...differences.values()];
}

/** The filter without parts that change nothing in any cell: "a or not a", "a and (a or b)". */
export function withoutIdleParts(filter: PlainFilter, cells: CohortCells): PlainFilter {
  const truth = truthOf(filter, cells);
  for (const without of leftOutOnce(filter)) {
    const other = truthOf(without, cells);
    if (other.every((holds, cell) => holds === truth[cell])) return withoutIdleParts(without, cells);
  }
  return filter;
}

/** The filter with each condition, and each joined part, left out once. The whole filter left out is everybody. */
function leftOutOnce(filter: PlainFilter): PlainFilter[] {
  const everybody: PlainFilter = { kind: 'all', of: [] };
  if (filter.kind === 'condition') return [everybody];
  const { kind, of } = filter;
  const inside = of.flatMap((part, at) => {
    const others = of.filter((_, other) => other !== at);
    const smaller = part.kind === 'condition' ? [] : leftOutOnce(part).slice(0, -1);
    return [joinPlain(kind, others), ...smaller.map((inner) => joinPlain(kind, [...others, inner]))];
  });
  return of.length === 0 ? [] : [...inside, everybody];
}
