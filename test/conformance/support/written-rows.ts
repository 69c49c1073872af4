/** Rows as clerks and conversions write them: every way of writing a code, a flag and a day, one row for each person. */
import {
  type AnyAdapter,
  conditionsOf,
  type Predicate,
  predicateColumns,
  type RowConditionValue,
} from '../../../adapters/contract.ts';
import { meets } from '../../../src/compile/sql/predicate.ts';
import { namedParts, type Part } from '../../../src/conformance/parts.ts';
import { schemaSql, type TestAgency } from './agency.ts';
import type { Column } from './dirt.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };
export type Cells = Readonly<Record<string, string | null>>;

/** No end, in every way in which systems write that. */
export const OPEN_ENDED = [
  ...[null, '', '  ', '99991231', '999912312359', '29991231', '31/12/9999', '31/12/2999', '2999-12-31'],
  ...['9999-12-31', 'infinity', '19000101', '190001010000', '01/01/1900', '01/01/1901', '1900-01-01'],
];
/** Days around the edges of conditions, two of which text sorts the wrong way round. */
export const DAYS = [
  '2019-12-31',
  '2025-11-21',
  '2025-11-22',
  '2026-11-01',
  '2026-11-21',
  '2026-11-22',
  '2031-01-01',
];
export const writtenDay = (day: string): string[] => {
  const [year = '', month, date] = day.split('-');
  const long = `${date}/${month}/${year}`;
  return [`${year}${month}${date}`, long, `${date}/${month}/${year.slice(2)}`, day, ` ${long}`];
};
const FLAGS = ['Y', 'N', '1', '0', 'T', 'F', 'TRUE', 'FALSE'];
const JUNK = ['?', 'ZZZ', '20261341', 'soon'];
export const writtenCode = (code: string): string[] => [
  code,
  code.toLowerCase(),
  `${code.charAt(0)}${code.slice(1).toLowerCase()}`,
  ...[`${code} `, ` ${code}`, `${code}\t`, `${code}\u00a0`, ` ${code.toLowerCase()}  `],
];

/** What must hold for a row of the part to be there, without what stands for itself; null where nothing is left. */
export function released(part: Part, rows: Readonly<Record<string, RowConditionValue>>): Predicate | null {
  const named = Object.entries(rows).map(
    ([name, value]): Predicate => conditionsOf(part)[name]?.predicate(value, NOW) ?? { any: [] },
  );
  const conditions = [part.source.only, part.where, ...named].flatMap((one) => (one ? [one] : []));
  return conditions.length === 0 ? null : { all: conditions };
}

export const keysOf = ({ person, join = [] }: Part['source']): readonly string[] => [
  person,
  ...join.flatMap(({ on }) => [...on]),
];

/** Everything that somebody may write into the column, as far as it fits. */
export function cellsFor(adapter: AnyAdapter, name: string, column: Column | undefined): (string | null)[] {
  if (!column) throw new Error(`${name} is no column`);
  if (!column.type.startsWith('character'))
    return column.type === 'date' || column.type.startsWith('timestamp')
      ? [null, ...DAYS, ...OPEN_ENDED.filter((end) => end !== null && /^\d{4}-|^inf/.test(end))]
      : [null];
  const codes = [...new Set([...codesOf(adapter, name), ...FLAGS])].flatMap(writtenCode);
  const cells = [...OPEN_ENDED, ...DAYS.flatMap(writtenDay), ...codes, ...JUNK];
  const fits = (cell: string | null) =>
    cell === null || cell.replace(/ +$/, '').length <= (column.length ?? Number.POSITIVE_INFINITY);
  return [...new Set(cells.filter(fits))];
}

/** The codes that the schema names beside the column, and those of the lists that its decoders go by. */
export function codesOf(adapter: AnyAdapter, name: string): readonly string[] {
  const [table = '', column = ''] = name.split('.');
  const body =
    new RegExp(`create table "?${table}"? \\(\\n([\\s\\S]*?)\\n\\);`).exec(schemaSql(adapter.id))?.[1] ?? '';
  const line = new RegExp(`^ +"?${column}"? .*--(.*)$`, 'm').exec(body)?.[1] ?? '';
  const lists = namedParts(adapter).flatMap(([, part]) => [
    ...(part.kind === 'list' ? Object.values(part.fields) : part.kind === 'value' ? [part.field] : [])
      .flatMap((entry) => (entry.kind === 'field' ? [entry] : Object.values(entry.fields)))
      .filter((field) => (field.columns as readonly string[]).includes(name))
      .flatMap((field) => Object.keys(field.decoding?.codes ?? {})),
    ...[
      part.source.only,
      part.where,
      ...Object.keys(conditionsOf(part)).flatMap((one) => released(part, everyValue(part, one))),
    ].flatMap((one) => (one ? codesIn(one, name) : [])),
  ]);
  return [...(line.match(/\b[A-Z][A-Z0-9]{0,7}\b|\b\d{1,4}\b/g) ?? []), ...lists].filter(
    (code) => code !== '',
  );
}
const everyValue = (part: Part, name: string): Readonly<Record<string, RowConditionValue>> => {
  const takes = conditionsOf(part)[name]?.takes;
  return { [name]: takes === 'duration' ? 'P12M' : typeof takes === 'object' ? takes.values : true };
};
function codesIn(predicate: Predicate, name: string): readonly string[] {
  if ('any' in predicate) return predicate.any.flatMap((one) => codesIn(one, name));
  if ('all' in predicate) return predicate.all.flatMap((one) => codesIn(one, name));
  if ('decoded' in predicate)
    return [predicate.decoded.exact, predicate.decoded.narrow].flatMap((one) =>
      one ? codesIn(one, name) : [],
    );
  if (!('code' in predicate) || predicate.code !== name) return [];
  return 'oneOf' in predicate ? predicate.oneOf : predicate.noneOf;
}

/** Cells of a row that belongs; where none does under any of the conditions, the first of each. */
export function satisfying(
  conditions: readonly Predicate[],
  candidates: ReadonlyMap<string, readonly (string | null)[]>,
): Cells {
  const names = [...candidates.keys()];
  let cells: Cells = Object.fromEntries(names.map((name) => [name, candidates.get(name)?.[0] ?? null]));
  const belongs = (row: Cells) =>
    conditions.some((one) => meets(withoutPlain(one), (name) => row[name] ?? null, quiet) === true);
  let state = 20261122;
  for (let attempt = 0; attempt < 20_000 && !belongs(cells); attempt += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const name = names[state % Math.max(1, names.length)];
    const among = (name && candidates.get(name)) ?? [];
    if (name) cells = { ...cells, [name]: among[Math.floor(state / 64) % among.length] ?? null };
  }
  return cells;
}

/** What stands for itself is as it has to be. */
export const withoutPlain = (predicate: Predicate): Predicate => {
  if ('any' in predicate) return { any: predicate.any.map(withoutPlain) };
  if ('all' in predicate) return { all: predicate.all.map(withoutPlain) };
  return 'column' in predicate ? { all: [] } : predicate;
};

/** Writes one row for each person, with what is joined to it. */
export async function fill(
  agency: TestAgency,
  { source }: Part,
  people: readonly { id: string; cells: Cells }[],
  conditions: readonly Predicate[],
  columns: ReadonlyMap<string, Column>,
): Promise<void> {
  const absent = new Set(conditions.flatMap(missingTables).filter((table) => table !== source.table));
  const tables = [source.table, ...(source.join ?? []).map(({ table }) => table)].filter(
    (table) => !absent.has(table),
  );
  const keys = new Set(keysOf(source));
  await agency.empty();
  for (const table of new Set(tables)) {
    const own = [...columns].filter(([name, column]) => column.table === table && !column.counted && name);
    const rows = people.map(({ id, cells }) =>
      Object.fromEntries(
        own.flatMap(([name, column]) => {
          if (name in cells) return [[column.name, cells[name]]];
          if (keys.has(name)) return [[column.name, id]];
          if (!column.required) return [];
          return [
            [
              column.name,
              /^(date|time)/.test(column.type) ? '2020-01-01' : id.slice(-(column.length ?? id.length)),
            ],
          ];
        }),
      ),
    );
    await agency.admin.query(
      `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1)`,
      [JSON.stringify(rows)],
    );
  }
}

export function missingTables(predicate: Predicate): readonly string[] {
  if ('any' in predicate) return predicate.any.flatMap(missingTables);
  if ('all' in predicate) return predicate.all.flatMap(missingTables);
  return 'isNull' in predicate && predicate.isNull && 'column' in predicate
    ? [predicate.column.slice(0, predicate.column.indexOf('.'))]
    : [];
}

/** The columns of it that decoders read, which is all but those that stand for themselves. */
export function decodedColumns(predicate: Predicate): readonly string[] {
  if ('any' in predicate) return predicate.any.flatMap(decodedColumns);
  if ('all' in predicate) return predicate.all.flatMap(decodedColumns);
  return 'code' in predicate || 'decoded' in predicate ? predicateColumns(predicate) : [];
}
