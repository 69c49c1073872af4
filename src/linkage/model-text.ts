import {
  FREQUENCY_FIELDS,
  type Frequencies,
  type FrequencyField,
  type FrequencyTable,
} from './frequencies.ts';
import type { Model } from './model.ts';

/** Raised when what a text holds changes: a text of another form is no model. */
const FORM = 2;

interface WrittenTable {
  counts: [string, number][];
  total: number;
  unseen: number;
}
type Written = Omit<Model, 'frequencies' | 'generic'> & {
  form: number;
  frequencies: Record<FrequencyField, WrittenTable>;
  generic: string[];
};

/** The model as JSON; the same model gives the same text. */
export function modelToText({ frequencies, generic, ...rest }: Model): string {
  const written: Written = {
    form: FORM,
    ...rest,
    frequencies: each((field) => writtenTable(frequencies[field])),
    generic: [...generic].toSorted(),
  };
  return JSON.stringify(written);
}

/** The model that `modelToText` wrote. Null for a text of another form. */
export function modelFromText(text: string): Model | null {
  const { form, frequencies, generic, ...rest } = JSON.parse(text) as Written;
  if (form !== FORM) return null;
  const tables: Frequencies = each((field) => ({
    ...frequencies[field],
    counts: new Map(frequencies[field].counts),
  }));
  return { ...rest, frequencies: tables, generic: new Set(generic) };
}

function writtenTable({ counts, total, unseen }: FrequencyTable): WrittenTable {
  return { counts: [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)), total, unseen };
}

function each<T>(make: (field: FrequencyField) => T): Record<FrequencyField, T> {
  const fields = Object.keys(FREQUENCY_FIELDS) as FrequencyField[];
  return Object.fromEntries(fields.map((field) => [field, make(field)])) as Record<FrequencyField, T>;
}
