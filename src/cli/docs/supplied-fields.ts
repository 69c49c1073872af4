import {
  type AnyAdapter,
  type Decoding,
  type Field,
  type ObjectField,
  partsOf,
  type TableSource,
} from '../../../adapters/contract.ts';
import { code, codes } from './markdown.ts';
import { predicateWords } from './predicate-words.ts';

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Any = any;
type Part = ReturnType<typeof partsOf>[number];

/** One field of a section as one source supplies it. */
export interface SuppliedField {
  /** Dotted path within the section: `items.lead.name`. */
  path: string;
  source: TableSource<Any>;
  columns: readonly string[];
  /** Which rows of the source it is read from, in words; empty for all of them. */
  where: string;
  decoding: Decoding;
  place: string;
}

/** Every field of a section with where it comes from. A field made of several lists is there once for each. */
export const suppliedFields = (section: AnyAdapter['sections'][string]): readonly SuppliedField[] =>
  Object.entries(section).flatMap(([name, field]) => partsOf(field).flatMap((part) => ofPart(name, part)));

function ofPart(path: string, part: Part): readonly SuppliedField[] {
  const where = part.where ? predicateWords(part.where) : '';
  const from = { source: part.source, where };
  if (part.kind === 'exists')
    return [{ path, ...from, columns: [], decoding: { as: 'whether there is a row' }, place: '' }];
  const read = part.kind === 'list' ? { kind: 'object' as const, fields: part.fields } : part.field;
  return leaves(path, read).map(([leaf, field]) => ({
    path: leaf,
    ...from,
    columns: field.columns,
    decoding: field.decoding ?? { as: fixedWords(field) },
    place: placeWords(field, part.source.place === true),
  }));
}

type Read =
  | Field<unknown, Any>
  | { kind: 'object'; fields: Readonly<Record<string, Read | ObjectField<Any>>> };

const leaves = (path: string, read: Read): readonly (readonly [string, Field<unknown, Any>])[] =>
  read.kind === 'field'
    ? [[path, read]]
    : Object.entries(read.fields).flatMap(([name, child]) => leaves(`${path}.${name}`, child));

/** What is the same for every row needs no row to be told. */
function fixedWords(field: Field<unknown, Any>): string {
  const value = field.decode([], { now: new Date(0), note: () => {} });
  if (typeof value === 'object' && value !== null && 'desk' in value) return `the desk “${value.desk}”`;
  return value === null ? 'never known' : `always ${code(String(value))}`;
}

function placeWords(field: Field<unknown, Any>, placed: boolean): string {
  if (placed || field.place) return 'place';
  return field.freeText ? 'free text' : '';
}

/** What a source is, in words; its name is its table's. */
export function sourceWords(source: TableSource<Any>): string {
  const { join = [], person, only, never, otherPerson, site, asOf, newestFirst } = source;
  const joined = join.map((one) => code(one.table)).join(', ');
  return [
    `- ${code(source.table)}${joined && ` with ${joined}`}, by ${code(person)}`,
    asOf && asOf.columns.length > 0 ? `as of ${codes(asOf.columns)}` : '',
    newestFirst ? `newest first by ${code(newestFirst)}` : '',
    only ? `only rows where ${predicateWords(only)}` : '',
    never ? `never ${never}` : '',
    otherPerson ? `the other person is ${code(otherPerson)}` : '',
    site ? `the site is ${code(site)}` : '',
  ]
    .filter((word) => word !== '')
    .join('; ');
}
