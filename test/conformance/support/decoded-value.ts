import { type AnyAdapter, UNREADABLE } from '../../../adapters/contract.ts';

/**
 * What a section's value is, given the cells of the person's rows, newest first, in the order of the field's columns;
 * null also where it cannot be read.
 */
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
  const picked = part.pick(rows.map((cells) => read(cells)));
  return picked === UNREADABLE ? null : picked;

  function read(cells: readonly unknown[]): unknown {
    let unreadable = false;
    const note = (_problem: string, filler?: 'FILLER') => {
      unreadable ||= filler === undefined;
    };
    return decode(cells, { now, note }) ?? (unreadable ? UNREADABLE : null);
  }
}
