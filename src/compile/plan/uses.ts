import { type Field, isPlaced, type ObjectField, type SectionPart } from '../sql/any-table.ts';
import type { FieldSelection } from './field-selection.ts';

/** What is read of the rows behind one section field. */
export interface Uses {
  fields: readonly Field[];
  /** Parts of an item's `source`. */
  record: boolean;
  asOf: boolean;
  otherPerson: boolean;
}

/** The field-table entries that the asked children of a section's field are answered from. */
export function usesOf(part: SectionPart, asked: FieldSelection): Uses {
  const origins = asked.children.flatMap((child) =>
    child.name === 'source' ? child.children : nestedOrigins(child),
  );
  const origin = new Set(origins.map((child) => child.name));
  return {
    fields: dataFields(part, asked),
    record: origin.has('record'),
    asOf: origin.has('asOf'),
    otherPerson: origin.has('otherPerson'),
  };
}

/** Objects within an item name the item's own row as their source. */
function nestedOrigins(child: FieldSelection): readonly FieldSelection[] {
  return child.children.find((one) => one.name === 'source')?.children ?? [];
}

function dataFields(part: SectionPart, asked: FieldSelection): Field[] {
  if (part.kind === 'exists') return [];
  if (part.kind === 'value') return fieldsOfEntry(part.field, asked);
  return asked.children.flatMap((child) => {
    const entry = part.fields[child.name];
    return entry ? fieldsOfEntry(entry, child) : [];
  });
}

function fieldsOfEntry(entry: Field | ObjectField, asked: FieldSelection): Field[] {
  if (entry.kind === 'field') return [entry];
  return asked.children.flatMap((child) => entry.fields[child.name] ?? []);
}

/** Whether all that is read of these rows is a place, so that for a shielded person it is as if there were no row. */
export function placesOnly(part: SectionPart, read: readonly Field[]): boolean {
  return part.source.place === true || (read.length > 0 && read.every(isPlaced));
}

/** The entries of a section's field that a decision releases; `released` takes a dotted path within the section. */
export function releasedFields(
  part: SectionPart,
  path: string,
  released: (path: string) => boolean,
): Field[] {
  if (part.kind === 'exists') return [];
  if (part.kind === 'value') return releasedEntry(part.field, path, released);
  return Object.entries(part.fields).flatMap(([name, entry]) => {
    const inner = `${path}.${name}`;
    return released(inner) ? releasedEntry(entry, inner, released) : [];
  });
}

function releasedEntry(
  entry: Field | ObjectField,
  path: string,
  released: (path: string) => boolean,
): Field[] {
  if (entry.kind === 'field') return [entry];
  return Object.entries(entry.fields).flatMap(([name, field]) =>
    released(`${path}.${name}`) ? [field] : [],
  );
}
