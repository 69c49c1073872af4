import { type AnyAdapter, type ListField, partsOf } from '../../adapters/contract.ts';

type AnyPart = ReturnType<typeof partsOf>[number];
// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type AnyItem = ListField<any>['fields'][string];

/** Section → what is never shown in it, to anybody or of people at hidden places, in words for `scope`; from the field table alone. */
export function neverShown({ sections }: AnyAdapter): ReadonlyMap<string, string> {
  const words = Object.entries(sections).map(([name, fields]): [string, string | null] => [
    name,
    wordsFor(Object.values(fields).flatMap(partsOf)),
  ]);
  return new Map(words.filter((one): one is [string, string] => one[1] !== null));
}

function wordsFor(parts: readonly AnyPart[]): string | null {
  const leaves = parts.flatMap(leavesOf);
  const place = parts.some(({ source }) => source.place) || leaves.some((leaf) => leaf.place);
  const text = leaves.some((leaf) => leaf.freeText);
  const sealed = new Set(parts.flatMap(({ source }) => source.never ?? []));
  const kept = [...sealed, ...(place ? ['hidden places'] : []), ...(text ? [freeTextAt(place)] : [])];
  return kept.length === 0 ? null : `never ${kept.join(', nor ')}`;
}

const freeTextAt = (said: boolean): string =>
  said ? 'free text about people at them' : 'free text about people at hidden places';

function leavesOf(part: AnyPart): { place?: boolean; freeText?: boolean }[] {
  if (part.kind === 'exists') return [];
  return part.kind === 'list' ? Object.values(part.fields).flatMap(within) : within(part.field);
}

function within(field: AnyItem): { place?: boolean; freeText?: boolean }[] {
  return field.kind === 'object' ? Object.values(field.fields) : [field];
}
