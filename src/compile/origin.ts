import type { ListField, Source } from './any-table.ts';
import type { AskedField } from './asked.ts';
import { type Decoding, decodeField } from './decode.ts';
import { recordName } from './dialect.ts';
import type { Row, RowResult } from './row-result.ts';

/** The helper `source` of an item: which row of the agency's it is, and when that was last known to be true. */
export interface AgencySource {
  record: string;
  asOf: string | null;
  otherPerson: string | null;
}

export function originOf(
  decoding: Decoding,
  field: { source: Source; otherPerson?: ListField['otherPerson'] },
  asked: readonly AskedField[],
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
    otherPerson: other === null ? null : String(other),
  };
}

/** Names the row within its agency, the same for every field that it answers. */
function recordOf(source: Source, row: Row, result: RowResult): string {
  const cells = source.record.map((column) => result.cell(row, column, false));
  return [source.table, ...cells.map((cell) => encodeURIComponent(recordName(cell)))].join('/');
}

/** When the row was last known to be true; null where the table does not say. */
export function asOfRow(decoding: Decoding, source: Source, row: Row, result: RowResult): Date | null {
  if (!source.asOf) return null;
  const time = decodeField(decoding, 'asOf', source.asOf, row, result);
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time : null;
}
