import { type DecodeContext, UNREADABLE } from '../../../adapters/contract.ts';
import type { FieldSelection } from '../plan/field-selection.ts';
import { type Field, isPlaced, type ObjectField } from '../sql/any-table.ts';
import type { Row, RowResult } from '../sql/row-result.ts';

/** What decoding one person's rows needs to know. */
export interface Decoding {
  now: Date;
  /** The person is under a place shield. */
  shielded: boolean;
  note(path: string, problem: string): void;
}

/** One field of one row; null where its value is masked or hidden by a place shield, UNREADABLE where it cannot be understood. */
export function decodeField(
  decoding: Decoding,
  path: string,
  field: Field,
  row: Row,
  result: RowResult,
): unknown {
  if (row.masked || (decoding.shielded && isPlaced(field))) return null;
  let unreadable = false;
  const context: DecodeContext = {
    now: decoding.now,
    note: (problem, filler) => {
      unreadable ||= filler === undefined;
      decoding.note(path, problem);
    },
  };
  try {
    return field.decode(result.cells(row, field), context) ?? (unreadable ? UNREADABLE : null);
  } catch {
    // The error may quote the value, so it is not passed on.
    decoding.note(path, 'could not be decoded');
    return UNREADABLE;
  }
}

/** The asked fields of an object by name; null where none of them says anything. */
export function decodeObject(
  decoding: Decoding,
  path: string,
  { fields }: ObjectField,
  asked: readonly FieldSelection[],
  row: Row,
  result: RowResult,
): Record<string, unknown> | null {
  const object: Record<string, unknown> = {};
  for (const { name } of asked) {
    const field = fields[name];
    if (field && !(name in object))
      object[name] = decodeField(decoding, `${path}.${name}`, field, row, result);
  }
  const values = Object.values(object);
  return row.masked || (values.length > 0 && values.every((value) => value === null)) ? null : object;
}

/** A field or an object of fields of one row. */
export function decodeEntry(
  decoding: Decoding,
  path: string,
  entry: Field | ObjectField,
  asked: readonly FieldSelection[],
  row: Row,
  result: RowResult,
): unknown {
  return entry.kind === 'field'
    ? decodeField(decoding, path, entry, row, result)
    : decodeObject(decoding, path, entry, asked, row, result);
}
