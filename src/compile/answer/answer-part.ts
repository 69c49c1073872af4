import { anyTrue, someTrueUnlessUnsure, UNREADABLE } from '../../../adapters/contract.ts';
import type { FieldSelection } from '../plan/field-selection.ts';
import type { PlannedPart } from '../plan/section-plan.ts';
import { isPlaced, type ListField, type ValueField } from '../sql/any-table.ts';
import type { Row, RowResult } from '../sql/row-result.ts';
import { type Decoding, decodeEntry } from './decode.ts';
import { originOf } from './origin.ts';
import { inOrder, type Rank, rankOf } from './row-order.ts';

/** The person's rows behind a part; none for places of a shielded person. */
export function rowsOf({ rows, placesOnly }: PlannedPart, key: string, shielded: boolean): readonly Row[] {
  return shielded && placesOnly ? [] : rows.result.rowsOf(key);
}

/** Whether there may be rows behind a single value or an existence that nobody can tell. In a list such rows are left out. */
export function isUnsure(
  { unsureCounts, rows, placesOnly }: PlannedPart,
  key: string,
  shielded: boolean,
): boolean {
  return unsureCounts && !(shielded && placesOnly) && rows.result.isUnsure(key);
}

/** Rows that have data to show: a row whose values are masked has none, but it does exist. */
export function releasedRows(planned: PlannedPart, key: string, shielded: boolean): readonly Row[] {
  const rows = rowsOf(planned, key, shielded);
  return planned.part.kind === 'exists' ? rows : rows.filter((row) => !row.masked);
}

/** Whether there are rows behind the part that were not looked at, being too many. */
export function hasMore({ rows, placesOnly }: PlannedPart, key: string, shielded: boolean): boolean {
  return !(shielded && placesOnly) && rows.result.isCut(key);
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
  asked: FieldSelection,
  key: string,
  decoding: Decoding,
): unknown {
  const items: object[] = [];
  for (const planned of parts) {
    const { part } = planned;
    const rows = rowsOf(planned, key, decoding.shielded);
    if (part.kind === 'exists')
      return rows.length > 0 ? true : isUnsure(planned, key, decoding.shielded) ? UNREADABLE : false;
    if (part.kind === 'value') {
      const unsure = isUnsure(planned, key, decoding.shielded);
      const picked = pickedValue(planned, part, asked, rows, unsure, decoding);
      return hasMore(planned, key, decoding.shielded) && !isDecided(part, picked) ? null : picked;
    }
    for (const row of rows) items.push(listItem(planned, part, asked, row, decoding));
  }
  return items.slice(0, parts[0]?.first ?? undefined);
}

function listItem(
  { rows: { result } }: PlannedPart,
  list: ListField,
  asked: FieldSelection,
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
 * A value is picked over all rows of the person. What a masked row would have said is not known, nor what one says of
 * which nobody can tell whether it belongs, so they can never turn into a plain "no" or "none".
 */
function pickedValue(
  { rows: { result } }: PlannedPart,
  value: ValueField,
  asked: FieldSelection,
  rows: readonly Row[],
  unsure: boolean,
  decoding: Decoding,
): unknown {
  const shown = shownInOrder(value, rows, result, decoding);
  const masked = shown.length < rows.length;
  // Where a place shield hides what is read, there is nothing to be sure or unsure of.
  if (isHidden(value.field, decoding)) return null;
  if (shown.length === 0 && (masked || unsure)) return masked ? null : UNREADABLE;
  const values = shown.map((row) => {
    const decoded = decodeEntry(decoding, asked.name, value.field, asked.children, row, result);
    return withOrigin(decoded, asked, () => originOf(decoding, value, originAsked(asked), row, result));
  });
  const picked = value.pick(values);
  if (unsure && (picked === false || picked === null)) return UNREADABLE;
  return masked && picked === false ? null : picked;
}

/** Whether the rows that were not looked at could say nothing else. */
const isDecided = ({ pick }: ValueField, picked: unknown): boolean =>
  picked === true && (pick === anyTrue || pick === someTrueUnlessUnsure);

const isHidden = (field: ValueField['field'], { shielded }: Decoding): boolean =>
  shielded && field.kind === 'field' && isPlaced(field);

function shownInOrder(
  value: ValueField,
  rows: readonly Row[],
  result: RowResult,
  decoding: Decoding,
): readonly Row[] {
  const shown = rows.filter((row) => !row.masked);
  return inOrder(decoding, value.source, shown, result);
}

/** How a value counts beside the same value of another record of the person: as the row that counts first; null without any. */
export function valueRank(planned: PlannedPart, key: string, decoding: Decoding): Rank | null {
  const { part, rows } = planned;
  if (part.kind !== 'value' || isHidden(part.field, decoding)) return null;
  const [first] = shownInOrder(part, rowsOf(planned, key, decoding.shielded), rows.result, decoding);
  return first ? rankOf(decoding, part.source, first, rows.result) : null;
}

function originAsked(asked: FieldSelection): readonly FieldSelection[] {
  return asked.children.find((child) => child.name === 'source')?.children ?? [];
}

/** Objects that name their source say which row they were read from. */
function withOrigin(value: unknown, asked: FieldSelection, origin: () => object): unknown {
  if (!asked.children.some((child) => child.name === 'source')) return value;
  if (Array.isArray(value)) return value.map((one) => withOrigin(one, asked, origin));
  return typeof value === 'object' && value !== null ? { ...value, source: origin() } : value;
}
