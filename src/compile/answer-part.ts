import type { ListField, ValueField } from './any-table.ts';
import type { AskedField } from './asked.ts';
import { type Decoding, decodeEntry } from './decode.ts';
import { originOf } from './origin.ts';
import type { PlannedPart } from './planning.ts';
import type { Row } from './row-result.ts';

/** The person's rows behind a part; none for places of a shielded person. */
export function rowsOf({ rows, placesOnly }: PlannedPart, key: string, shielded: boolean): readonly Row[] {
  return shielded && placesOnly ? [] : rows.result.rowsOf(key);
}

/** Rows that have data to show: a row whose values are masked has none, but it does exist. */
export function releasedRows(planned: PlannedPart, key: string, shielded: boolean): readonly Row[] {
  const rows = rowsOf(planned, key, shielded);
  return planned.part.kind === 'exists' ? rows : rows.filter((row) => !row.masked);
}

/** Whether there are more rows than the list was asked for. */
export function isCut(parts: readonly PlannedPart[], key: string, shielded: boolean): boolean {
  const first = parts[0]?.first ?? null;
  const count = parts.reduce((sum, part) => sum + rowsOf(part, key, shielded).length, 0);
  return first !== null && count > first;
}

/** The decoded value of one field for one person, children by field name. */
export function fieldValue(
  parts: readonly PlannedPart[],
  asked: AskedField,
  key: string,
  decoding: Decoding,
): unknown {
  const items: object[] = [];
  for (const planned of parts) {
    const { part } = planned;
    const rows = rowsOf(planned, key, decoding.shielded);
    if (part.kind === 'exists') return rows.length > 0;
    if (part.kind === 'value') return pickedValue(planned, part, asked, rows, decoding);
    for (const row of rows) items.push(listItem(planned, part, asked, row, decoding));
  }
  return items.slice(0, parts[0]?.first ?? undefined);
}

function listItem(
  { rows: { result } }: PlannedPart,
  list: ListField,
  asked: AskedField,
  row: Row,
  decoding: Decoding,
): object {
  const item: Record<string, unknown> = {};
  for (const child of asked.children) {
    if (child.name in item) continue;
    const entry = list.fields[child.name];
    if (child.name === 'source') item.source = originOf(decoding, list, child.children, row, result);
    else if (entry) {
      const value = decodeEntry(decoding, `${asked.name}.${child.name}`, entry, child.children, row, result);
      item[child.name] = withOrigin(value, child, () =>
        originOf(decoding, list, originAsked(child), row, result),
      );
    }
  }
  return item;
}

/**
 * A value is picked over all rows of the person. What a masked row would have said is not known, so it can never
 * turn into a plain "no".
 */
function pickedValue(
  { rows: { result } }: PlannedPart,
  value: ValueField,
  asked: AskedField,
  rows: readonly Row[],
  decoding: Decoding,
): unknown {
  const masked = rows.some((row) => row.masked);
  if (masked && rows.every((row) => row.masked)) return null;
  const values = rows.map((row) => {
    const decoded = decodeEntry(decoding, asked.name, value.field, asked.children, row, result);
    return withOrigin(decoded, asked, () => originOf(decoding, value, originAsked(asked), row, result));
  });
  const picked = value.pick(values);
  return masked && picked === false ? null : picked;
}

function originAsked(asked: AskedField): readonly AskedField[] {
  return asked.children.find((child) => child.name === 'source')?.children ?? [];
}

/** Objects that name their source say which row they were read from. */
function withOrigin(value: unknown, asked: AskedField, origin: () => object): unknown {
  if (!asked.children.some((child) => child.name === 'source')) return value;
  if (Array.isArray(value)) return value.map((one) => withOrigin(one, asked, origin));
  return typeof value === 'object' && value !== null ? { ...value, source: origin() } : value;
}
