import type { AnyAdapter } from '../../../adapters/contract.ts';

/** What a section's value is, given the cells of the person's rows, newest first, in the order of the field's columns. */
export function decodedValue(
  adapter: AnyAdapter,
  section: string,
  name: string,
  rows: readonly (readonly unknown[])[],
  now: Date,
): unknown {
  const part = adapter.sections[section]?.[name];
  if (part?.kind !== 'value' || part.field.kind !== 'field')
    throw new Error(`${section}.${name} is no single value`);
  const { decode } = part.field;
  return part.pick(rows.map((cells) => decode(cells, { now, note: () => {} })));
}
