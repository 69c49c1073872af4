import type { Features } from './features.ts';

/** How often each value occurs among the records that have one. */
export interface FrequencyTable {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
  /** Held of a value that was never seen. */
  readonly unseen: number;
}

/** Records' worth of belief in `unseen`, so that a value seen once in a small place is not taken for a rarity. */
export const FREQUENCY_BELIEF = 50;

export const FREQUENCY_FIELDS = {
  given: 0.004,
  family: 0.0008,
  year: 0.014,
  monthDay: 1 / 366,
  postcode: 0.001,
  suburb: 0.004,
  state: 0.2,
  street: 0.0008,
  locality: 0.002,
  number: 0.01,
  phone: 0.00002,
} as const;
export type FrequencyField = keyof typeof FREQUENCY_FIELDS;
export type Frequencies = Readonly<Record<FrequencyField, FrequencyTable>>;

/** The share of records that carry this value. */
export function shareOf({ counts, total, unseen }: FrequencyTable, value: string): number {
  return ((counts.get(value) ?? 0) + FREQUENCY_BELIEF * unseen) / (total + FREQUENCY_BELIEF);
}

/** The chance that two records drawn at random carry the same value. */
export function chanceOfSame({ counts, total, unseen }: FrequencyTable): number {
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return (
    (squares + FREQUENCY_BELIEF * FREQUENCY_BELIEF * unseen) /
    ((total + FREQUENCY_BELIEF) * (total + FREQUENCY_BELIEF))
  );
}

/** Counts every field of the records. */
export function countFrequencies(records: Iterable<Features>): Frequencies {
  const counts = Object.fromEntries(
    Object.keys(FREQUENCY_FIELDS).map((field) => [field, new Map<string, number>()]),
  ) as Record<FrequencyField, Map<string, number>>;
  const add = (field: FrequencyField, value: string | null | undefined) => {
    if (value) counts[field].set(value, (counts[field].get(value) ?? 0) + 1);
  };
  for (const { names, born, addresses, phones } of records) {
    for (const { given, family } of names) {
      add('given', given?.text);
      add('family', family?.text);
    }
    if (born) add('year', born.digits.slice(0, 4));
    if (born?.full) add('monthDay', born.digits.slice(4));
    for (const one of addresses) for (const field of ADDRESS_FIELDS) add(field, one[field]);
    for (const one of phones) add('phone', one);
  }
  const tables = (Object.keys(FREQUENCY_FIELDS) as FrequencyField[]).map(
    (field): [string, FrequencyTable] => [
      field,
      { counts: counts[field], total: sum(counts[field].values()), unseen: FREQUENCY_FIELDS[field] },
    ],
  );
  return Object.fromEntries(tables) as Record<FrequencyField, FrequencyTable>;
}

const ADDRESS_FIELDS = ['postcode', 'suburb', 'state', 'street', 'locality', 'number'] as const;

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
