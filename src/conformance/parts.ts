import {
  type AnyAdapter,
  type AnyTables,
  grantedColumns,
  partsOf,
  type SectionField,
} from '../../adapters/contract.ts';

export type Part = ReturnType<typeof partsOf>[number];

/** Everything that is read for the adapter's sections, each with its place: `policeEvents.items`. */
export const namedParts = (adapter: AnyAdapter): readonly (readonly [name: string, part: Part])[] =>
  Object.entries(adapter.sections).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([field, source]) =>
      partsOf(source).map((part) => [`${section}.${field}`, part] as const),
    ),
  );

/** The adapter as if it read nothing but what is named. */
export const onlyReading = (
  { sites: _, countable: __, ...adapter }: AnyAdapter,
  what: Partial<Pick<AnyAdapter, 'sections' | 'index' | 'reference'>>,
) =>
  ({
    ...adapter,
    sections: what.sections ?? {},
    index: what.index ?? { ...adapter.index, reads: [] },
    reference: what.reference ?? { ...adapter.reference, reads: [] },
  }) as AnyAdapter;

/** `[table, column]` of everything that is read for one part. */
export function columnsOfPart(adapter: AnyAdapter, part: Part): (readonly [table: string, column: string])[] {
  const alone = onlyReading(adapter, { sections: { one: { field: part as SectionField<AnyTables> } } });
  return [...grantedColumns(alone)].flatMap(([table, names]) =>
    [...names].map((name) => [table, name] as const),
  );
}

/** Reads every column of one part, by its own joins. */
export function selectPart(adapter: AnyAdapter, part: Part): string {
  const quoted = (name: string) =>
    name
      .split('.')
      .map((word) => `"${word}"`)
      .join('.');
  const columns = columnsOfPart(adapter, part).map(([table, name]) => `"${table}"."${name}"`);
  const joins = (part.source.join ?? []).map(
    ({ table, on }) => `left join "${table}" on ${quoted(on[0])} = ${quoted(on[1])}`,
  );
  return `select ${columns.join(', ')} from "${part.source.table}" ${joins.join(' ')}`;
}

/** Where the first rows of a field stand: `clinical.notes`. */
export function sourceOf(adapter: AnyAdapter, name: string): Part['source'] {
  const [, part] = namedParts(adapter).find(([one]) => one === name) ?? [];
  if (!part) throw new Error(`${adapter.id} reads nothing for ${name}`);
  return part.source;
}
