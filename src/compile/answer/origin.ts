import { UNREADABLE } from '../../../adapters/contract.ts';
import type { FieldSelection } from '../plan/field-selection.ts';
import type { ListField, Source } from '../sql/any-table.ts';
import type { Row, RowResult } from '../sql/row-result.ts';
import { type Decoding, decodeField } from './decode.ts';

/** The helper `source` of an item: which row of the agency's it is, and when that was last known to be true. */
export interface AgencySource {
  record: string;
  asOf: string | null;
  otherPerson: string | null;
}

export function originOf(
  decoding: Decoding,
  field: { source: Source; otherPerson?: ListField['otherPerson'] },
  asked: readonly FieldSelection[],
  row: Row,
  result: RowResult,
): AgencySource {
  const names = new Set(asked.map((one) => one.name));
  const { source, otherPerson } = field;
  const other =
    names.has('otherPerson') && otherPerson
      ? decodeField(decoding, 'otherPerson', otherPerson, row, result)
      : null;
  return {
    record: names.has('record') ? recordOf(source, row, result) : '',
    asOf: names.has('asOf') ? (asOfRow(decoding, source, row, result)?.toISOString() ?? null) : null,
    otherPerson: other === null || other === UNREADABLE ? null : String(other),
  };
}

/** Names the row within its agency, the same for every field that it answers. */
function recordOf(source: Source, row: Row, result: RowResult): string {
  const cells = source.record.map((column) =>
    column === source.person ? row.key : result.cell(row, column, false),
  );
  return [source.table, ...cells.map((cell) => encodeURIComponent(String(cell)))].join('/');
}

/** Several fields, their order and the section as a whole hang on it: what could be read is read once. */
const timesOfRows = new WeakMap<Row, Date>();

/** When the row was last known to be true; null where the table does not say. */
export function asOfRow(decoding: Decoding, source: Source, row: Row, result: RowResult): Date | null {
  if (!source.asOf) return null;
  const before = timesOfRows.get(row);
  if (before) return before;
  const time = decodeField(decoding, 'asOf', source.asOf, row, result);
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) return null;
  timesOfRows.set(row, time);
  return time;
}
