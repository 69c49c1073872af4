import { defaultFirst } from './arguments.ts';
import { type PlannedPart, type Planning, planExists, plannedPart, rowSetFor } from './planning.ts';
import { placesOnly, releasedFields } from './uses.ts';

/** Without any field asked: whether there are rows behind anything that is released. */
export function planExistence(planning: Planning): PlannedPart[] {
  if (!planning.names.has('present') && !planning.names.has('asOf')) return [];
  const released = [...planning.table].filter(([name]) => planning.released(name));
  return released.flatMap(([name, parts]) =>
    parts.map((part) => {
      const { where, mask } = planning.rulesOf(part);
      const placed = placesOnly(part, releasedFields(part, name, planning.released));
      return planExists(planning, part, part.kind === 'exists' ? where : [...where, ...mask], placed);
    }),
  );
}

/** `truncated` without its list: whether the list would be cut at the length it has by default. */
export function planTruncated(planning: Planning, parts: readonly PlannedPart[]): PlannedPart[] {
  if (!planning.names.has('truncated') || parts.some((part) => part.first !== null)) return [];
  return [...planning.table].flatMap(([name, listed]) => {
    const first = defaultFirst(planning.root, name);
    if (first === null || !planning.released(name)) return [];
    return listed.map((part) => {
      const rows = rowSetFor(planning, part, planning.rulesOf(part), first + 1);
      return plannedPart(part, rows, placesOnly(part, []), first);
    });
  });
}
