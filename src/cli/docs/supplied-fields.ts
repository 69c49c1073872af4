import {
  type AnyAdapter,
  type AnyTables,
  type Decoding,
  type Field,
  type ObjectField,
  orderOf,
  type Predicate,
  partsOf,
  type Scalar,
  type TableSource,
} from '../../../adapters/contract.ts';
import { alternatives, code, codes, uniqueBy } from './markdown.ts';

type Part = ReturnType<typeof partsOf>[number];

/** One field of a section as one source supplies it. */
export interface SuppliedField {
  /** Dotted path within the section: `items.lead.name`. */
  path: string;
  source: TableSource<AnyTables>;
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
  | Field<unknown, AnyTables>
  | { kind: 'object'; fields: Readonly<Record<string, Read | ObjectField<AnyTables>>> };

const leaves = (path: string, read: Read): readonly (readonly [string, Field<unknown, AnyTables>])[] =>
  read.kind === 'field'
    ? [[path, read]]
    : Object.entries(read.fields).flatMap(([name, child]) => leaves(`${path}.${name}`, child));

/** A value that is the same for every row is not listed. */
function fixedWords(field: Field<unknown, AnyTables>): string {
  const value = field.decode([], { now: new Date(0), note: () => {} });
  if (typeof value === 'object' && value !== null && 'desk' in value) return `the desk “${value.desk}”`;
  return value === null ? 'never known' : `always ${code(String(value))}`;
}

function placeWords(field: Field<unknown, AnyTables>, placed: boolean): string {
  if (placed || field.place) return 'place';
  return field.freeText ? 'free text' : '';
}

/** What a source is, in words; its name is its table's. */
export function sourceWords(source: TableSource<AnyTables>): string {
  const { join = [], person, only, never, otherPerson, site, asOf } = source;
  const newest = orderOf(source);
  const joined = join.map((one) => code(one.table)).join(', ');
  return [
    `- ${code(source.table)}${joined && ` with ${joined}`}, by ${code(person)}`,
    asOf && asOf.columns.length > 0 ? `as of ${codes(asOf.columns)}` : '',
    newest ? `newest first by ${code(newest.column)}${newest.text ? ', as the date that it says' : ''}` : '',
    only ? `only rows where ${predicateWords(only)}` : '',
    never ? `never ${never}` : '',
    otherPerson ? `the other person is ${code(otherPerson)}` : '',
    site ? `the site is ${code(site)}` : '',
  ]
    .filter((word) => word !== '')
    .join('; ');
}

/** A condition on rows in words: "`T_INTEL_RPT.HANDLING` is P or p". */
function predicateWords(predicate: Predicate): string {
  if ('any' in predicate) return several(predicate.any, 'or', 'no row');
  if ('all' in predicate) return several(predicate.all, 'and', 'every row');
  if ('decoded' in predicate) return `${codes(predicate.decoded.columns)} ${predicate.decoded.as}`;
  if ('oneOf' in predicate) return `${code(predicate.code)} is ${alternatives(values(predicate.oneOf))}`;
  if ('noneOf' in predicate)
    return `${code(predicate.code)} is not ${alternatives(values(predicate.noneOf))}`;
  const column = code(predicate.column);
  if ('in' in predicate) return `${column} is ${alternatives(values(predicate.in))}`;
  if ('notIn' in predicate) return `${column} is not ${alternatives(values(predicate.notIn))}`;
  if ('from' in predicate) return `${column} is ${predicate.from} or later`;
  if ('before' in predicate) return `${column} is before ${predicate.before}`;
  return `${column} is ${predicate.isNull ? 'empty' : 'filled'}`;
}

function several(parts: readonly Predicate[], word: string, none: string): string {
  if (parts.length === 0) return none;
  return parts
    .map((part) => ('any' in part || 'all' in part ? `(${predicateWords(part)})` : predicateWords(part)))
    .join(` ${word} `);
}

/** Blanks have no name of their own. */
const values = (all: readonly Scalar[]): readonly string[] =>
  uniqueBy(
    all.map((value) => String(value).trim() || 'blank'),
    String,
  );
