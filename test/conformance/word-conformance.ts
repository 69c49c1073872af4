import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnyAdapter,
  type DialectName,
  type Field,
  type ObjectField,
  orderOf,
  type Predicate,
  partsOf,
} from '../../adapters/contract.ts';
import type { Part } from '../../src/conformance/parts.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { type Column, columnsOf } from './support/dirt.ts';
import { agencySdl } from './support/sdl.ts';
import {
  type Cells,
  cellsFor,
  decodedColumns,
  fill,
  keysOf,
  missingTables,
  released,
  satisfying,
} from './support/written-rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };
// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Any = any;

/** A field of a list that one word reads, with the list. */
interface Worded {
  section: string;
  list: string;
  name: string;
  part: Part;
  field: Field<unknown, Any>;
  column: string;
}

/**
 * What a list shows of a column is what its word makes of what was written there, through the database and back: codes
 * with padding and in small letters, and days in any form, by which its rows come newest first.
 */
export function wordConformance(adapter: AnyAdapter, dialect: DialectName): void {
  describe(`${adapter.id} on ${dialect}: words`, () => {
    let agency: TestAgency;
    let columns: ReadonlyMap<string, Column>;
    beforeAll(async () => {
      agency = await openEmptyAgency(adapter.id, dialect);
      await agency.grant(adapter);
      columns = new Map((await columnsOf(agency.admin)).map((one) => [`${one.table}.${one.name}`, one]));
    });
    afterAll(() => agency.close());

    const shown = async ({ section, list, name }: Worded, people: readonly string[]) => {
      const keys = people.map((id) => `"${id}"`).join(', ');
      const answer = await askAgency(
        agency,
        adapter,
        `{ ${section}(keys: [${keys}]) { ${list}${endOf(adapter, section, list)} { ${name}${below(adapter, section, list, name)} } } }`,
        { now: NOW },
      );
      return people.map((_, at) => answer[section][at][list].map((item: Any) => item[name] ?? null));
    };
    /** What must hold for the part's rows to be there, and cells with which it does, but for the one column. */
    const around = ({ part, column }: Worded) => {
      const conditions = [released(part, {}) ?? { all: [] }];
      const read = decodedColumns(conditions[0] as Any).filter((one) => one !== column);
      const others = new Map(read.map((one) => [one, cellsFor(adapter, one, columns.get(one))]));
      return { conditions, base: satisfying(conditions, others) };
    };

    const worded = wordedFields(adapter);
    const codes = worded.filter(({ field }) => field.decoding?.codes !== undefined);
    it.skipIf(codes.length === 0).each(codes)(
      '$section: $list: $name shows $column however it is written',
      async (one) => {
        const { part, field, column } = one;
        const { conditions, base } = around(one);
        if (decodedColumns(conditions[0] as Any).includes(column)) return;
        const length = columns.get(column)?.length ?? Number.POSITIVE_INFINITY;
        const written = Object.keys(field.decoding?.codes ?? {}).flatMap((code) =>
          [code, code.toLowerCase(), ` ${code}`, `${code} `, `${code.toLowerCase()}\t`]
            .filter((cell) => cell.replace(/ +$/, '').length <= length)
            .map((cell) => [code, cell] as const),
        );
        const people = written.map(([, cell], at) => ({
          id: String(at + 1),
          cells: { ...base, [column]: cell },
        }));
        await fill(agency, part, people, conditions, columns);
        const items = await shown(
          one,
          people.map(({ id }) => id),
        );
        for (const [at, [code, cell]] of written.entries())
          expect([JSON.stringify(cell), ...new Set(items[at]?.map(plain))]).toEqual([
            JSON.stringify(cell),
            plain(field.decode([code], quiet)),
          ]);
      },
    );

    const ordered = worded.filter((one) => isOrdered(adapter, one));
    it.skipIf(ordered.length === 0).each(ordered)(
      '$section: $list comes newest first by $column',
      async (one) => {
        const { part, field, column } = one;
        const { conditions, base } = around(one);
        const cells = cellsFor(adapter, column, columns.get(column)).filter(
          (cell) => !/^ |^[A-Za-z]/.test(cell ?? ''),
        );
        await fillOnePerson(
          agency,
          part,
          cells.map((cell) => ({ ...base, [column]: cell })),
          conditions,
          columns,
        );
        const [days = []] = await shown(one, ['1']);
        const read = days.filter((day: unknown) => day !== null);
        const written = new Set(cells.map((cell) => field.decode([cell], quiet)));
        expect(days.slice(0, read.length)).toEqual(read);
        expect(read).toEqual(read.toSorted().reverse());
        expect(new Set(read)).toEqual(new Set([...written].filter((day) => day !== null)));
      },
    );
  });
}

/** Of lists from one table that names the person itself: of others one person has no more than one row, or several orders. */
function isOrdered(adapter: AnyAdapter, { section, list, part, column }: Worded): boolean {
  const field = adapter.sections[section]?.[list];
  const sources = new Set((field ? partsOf(field) : []).map(({ source }) => source));
  const { source } = part;
  return (
    orderOf(source)?.column === column &&
    sources.size === 1 &&
    source.person.startsWith(`${source.table}.`) &&
    !(source.record as readonly string[]).includes(column)
  );
}

const plain = (value: unknown): string => JSON.stringify(value ?? null);

function wordedFields(adapter: AnyAdapter): readonly Worded[] {
  const found = Object.entries(adapter.sections).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([list, made]) =>
      partsOf(made).flatMap((part) =>
        part.kind === 'list'
          ? Object.entries(part.fields).flatMap(([name, field]) =>
              ofOneColumn({ section, list, name, part }, field),
            )
          : [],
      ),
    ),
  );
  // The same list may read a column in several of its parts: one is enough.
  return [
    ...new Map(found.map((one) => [`${one.section}.${one.list}.${one.name}.${one.column}`, one])).values(),
  ];
}

function ofOneColumn(
  where: Omit<Worded, 'field' | 'column'>,
  field: Field<unknown, Any> | ObjectField<Any>,
): readonly Worded[] {
  if (field.kind !== 'field' || field.columns.length !== 1) return [];
  const [column = ''] = field.columns as readonly string[];
  return keysOf(where.part.source).includes(column) ? [] : [{ ...where, field, column }];
}

/** `first`, where the list has an end. */
function endOf(adapter: AnyAdapter, section: string, list: string): string {
  const type = getNamedType(agencySdl(adapter.id).getQueryType()?.getFields()[section]?.type as Any);
  const field = isObjectType(type) ? type.getFields()[list] : undefined;
  return field?.args.some(({ name }) => name === 'first') ? '(first: 500)' : '';
}

/** All that is below a field, if it is an object. */
function below(adapter: AnyAdapter, section: string, list: string, name: string): string {
  const sdl = agencySdl(adapter.id);
  const type = getNamedType(sdl.getQueryType()?.getFields()[section]?.type as Any);
  const item = isObjectType(type) ? getNamedType(type.getFields()[list]?.type as Any) : undefined;
  const field = isObjectType(item) ? getNamedType(item.getFields()[name]?.type as Any) : undefined;
  return isObjectType(field) ? ` { ${Object.keys(field.getFields()).join(' ')} }` : '';
}

/** Writes these rows of person 1, with what is joined to each. */
async function fillOnePerson(
  agency: TestAgency,
  { source }: Part,
  rows: readonly Cells[],
  conditions: readonly Predicate[],
  columns: ReadonlyMap<string, Column>,
): Promise<void> {
  const theirs = new Set<string>([source.person]);
  for (let again = 0; again < 3; again += 1)
    for (const { on } of source.join ?? [])
      if (on.some((column) => theirs.has(column))) for (const column of on) theirs.add(column);
  const absent = new Set(conditions.flatMap(missingTables).filter((table) => table !== source.table));
  const tables = new Set([source.table, ...(source.join ?? []).map(({ table }) => table)]);
  await agency.empty();
  for (const table of tables) {
    if (absent.has(table)) continue;
    const own = [...columns].filter(([, column]) => column.table === table && !column.counted);
    const written = rows.map((cells, at) =>
      Object.fromEntries(
        own.flatMap(([name, column]) => {
          if (name in cells) return [[column.name, cells[name]]];
          if (theirs.has(name)) return [[column.name, '1']];
          if (keysOf(source).includes(name) || (source.record as readonly string[]).includes(name))
            return [
              [
                column.name,
                column.type === 'date' ? '2020-01-01' : String(at + 1).slice(-(column.length ?? 9)),
              ],
            ];
          if (!column.required) return [];
          return [
            [
              column.name,
              /^(date|time)/.test(column.type) ? '2020-01-01' : String(at + 1).slice(-(column.length ?? 9)),
            ],
          ];
        }),
      ),
    );
    await agency.admin.query(
      `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1) on conflict do nothing`,
      [JSON.stringify(written)],
    );
  }
}
