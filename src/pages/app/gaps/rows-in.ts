/** A row of a section, as somebody would point at it who says that it is wrong. */
export interface Row {
  /** `source.record`. */
  record: string;
  agency: string;
  /** The first thing that it says. */
  title: string;
  /** Its fields, as they stand within the section: `items.guidance`. */
  fields: readonly string[];
}

/** The rows of a section's lists, with whose they are; what has no row of its own cannot be pointed at. */
export function rowsIn(section: object): readonly Row[] {
  return Object.entries(section).flatMap(([list, value]) =>
    Array.isArray(value) ? value.flatMap((row) => rowOf(list, row) ?? []) : [],
  );
}

function rowOf(list: string, row: Record<string, unknown> | null): Row | null {
  const { source, ...values } = row ?? {};
  const { record, agency } = (source ?? {}) as { record?: string; agency?: { name: string } };
  if (!record || !agency) return null;
  const shown = Object.entries(values).filter(([, value]) => value !== null);
  const title = shown.map(([, value]) => textOf(value)).find((text) => text !== null) ?? '';
  return { record, agency: agency.name, title, fields: shown.map(([field]) => `${list}.${field}`) };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const text = (value as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : null;
}
