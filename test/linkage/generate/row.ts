import type { Random } from '../../../fixtures/random.ts';

export const HEADER = [
  ...['record_id', 'source', 'given_name', 'surname', 'date_of_birth', 'sex', 'street_number', 'address_1'],
  ...['address_2', 'suburb', 'postcode', 'state', 'phone', 'identifier_type', 'identifier_value'],
] as const;
export type Column = (typeof HEADER)[number];
export type Row = Record<Column, string>;

/** A generated record and who it truly is. */
export interface Generated {
  readonly row: Row;
  readonly entity: string;
}

export const BLANK: Row = Object.fromEntries(HEADER.map((column) => [column, ''])) as Row;

/** A slip of the hand: a letter changed, left out, put in, doubled, two swapped, or a space put in. */
export function slip(text: string, random: Random): string {
  if (text.length < 2) return text;
  const at = random.between(0, text.length - 1);
  const other = /\d/.test(text.charAt(at)) ? String(random.between(0, 9)) : random.pick([...'aeinorstl']);
  const kind = random.between(0, 4);
  if (kind === 0) return text.slice(0, at) + other + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 2) return text.slice(0, at) + other + text.slice(at);
  const next = Math.min(at, text.length - 2);
  if (kind === 3)
    return text.slice(0, next) + text.charAt(next + 1) + text.charAt(next) + text.slice(next + 2);
  return /\d/.test(text)
    ? text.slice(0, at) + other + text.slice(at + 1)
    : `${text.slice(0, at)} ${text.slice(at)}`;
}

/** A day from 1 January of `from` to 28 December of `to`, as YYYYMMDD. */
export function day(random: Random, from: number, to: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${random.between(from, to)}${two(random.between(1, 12))}${two(random.between(1, 28))}`;
}
