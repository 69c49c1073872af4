import { type AnyAdapter, conditionsOf, partsOf, type RowCondition } from '../../../adapters/contract.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import { alternatives, code, codes, table, uniqueBy } from './markdown.ts';
import { type SuppliedField, sourceWords, suppliedFields } from './supplied-fields.ts';

const HEAD = ['Field', 'Released from', 'Read from', 'As', 'May give away'];

/** A heading for each section: what it is read from, and each of its fields. In the order of the schema. */
export const sectionPages = (adapter: AnyAdapter, catalogue: Catalogue): readonly string[] =>
  [...catalogue.sections.keys()]
    .filter((name) => adapter.sections[name] !== undefined)
    .flatMap((name) => sectionPage(adapter, catalogue, name));

function sectionPage(adapter: AnyAdapter, catalogue: Catalogue, name: string): readonly string[] {
  const section = adapter.sections[name] ?? {};
  const fields = suppliedFields(section);
  const levels = catalogue.sections.get(name)?.fields;
  const rows = fields.map((field) => [
    code(field.path),
    levels?.get(field.path)?.level.toLowerCase() ?? '',
    readFrom(field),
    readAs(field),
    field.place,
  ]);
  return [
    `### ${name}`,
    '',
    ...uniqueBy(
      fields.map(({ source }) => sourceWords(source)),
      String,
    ),
    ...conditions(section),
    '',
    ...table(
      HEAD,
      uniqueBy(rows, (cells) => cells.join('|')),
    ),
  ];
}

function readFrom({ source, columns, where }: SuppliedField): string {
  const from = columns.length > 0 ? codes(columns) : code(source.table);
  return where === '' ? from : `${from} where ${where}`;
}

const readAs = ({ decoding }: SuppliedField): string =>
  decoding.codes ? `${decoding.as} ([list](#code-lists))` : decoding.as;

/** Which rows a policy may choose, each condition once. */
function conditions(section: AnyAdapter['sections'][string]): readonly string[] {
  const all = Object.values(section)
    .flatMap(partsOf)
    .flatMap((part) => Object.entries(conditionsOf(part)));
  return uniqueBy(all, ([name]) => name).map(
    ([name, condition]) => `- a policy may say ${code(name)}: ${condition.description} ${takes(condition)}`,
  );
}

function takes({ takes: what }: RowCondition<string>): string {
  if (what === 'duration') return 'Takes a duration, such as P12M.';
  return what === 'flag' ? 'Takes true.' : `Takes ${alternatives(what.values.map(code))}.`;
}
