/** One statement for each table: whose rows meet which conditions, and the values that they are grouped by. */
import { type RawBuilder, sql } from 'kysely';
import type { AnyAdapter, AnyTables, CountedRows, PlainDate } from '../../adapters/contract.ts';
import { predicateColumns } from '../../adapters/contract.ts';
import { builder } from '../compile/sql/dialect.ts';
import { exactly, isDecoded, toSql } from '../compile/sql/predicate.ts';
import { dayText, isDayText } from './day-text.ts';
import { type Part, type TablePlan, valuesOf } from './plan.ts';

type Sql = RawBuilder<unknown>;
type Bool = RawBuilder<boolean>;

export interface CohortStatement {
  sql: string;
  parameters: readonly unknown[];
}

/** What a row says that nobody can read. */
export const UNREADABLE_VALUE = '?';

/** Each row of the answer: whose (`key`), which conditions its rows meet (`met`, a bit for each), and values as `d0`, `d1`, … */
export function tableStatement(
  table: TablePlan,
  today: PlainDate,
  adapter: AnyAdapter,
  optOuts: boolean,
): CohortStatement {
  const { conditions, dimensions } = table;
  const rows = table.shares
    ? sharedRows(table, today, adapter, optOuts)
    : plainRows(table, today, adapter, optOuts);
  const met = conditions.map(({ tests }) =>
    sql.join(
      tests.map(({ part, accepts }) => meetsTest(part, accepts, today)),
      sql` and `,
    ),
  );
  const bits = met.map((one, bit) => sql`case when ${one} then ${sql.lit(2 ** bit)} else 0 end`);
  const values = (dimensions?.parts ?? []).map((part, at) =>
    part ? sql`${valueSql(part, today)} as ${sql.id(`d${at}`)}` : sql`null::text as ${sql.id(`d${at}`)}`,
  );
  const all = sql.join([
    sql`${key(table)} as "key"`,
    sql`${bits.length > 0 ? sql.join(bits, sql` + `) : sql`0`} as met`,
    ...values,
  ]);
  const free = dimensions !== null && dimensions.restrictedTo.length === 0;
  const kept = free
    ? [sql`met > 0`, ...values.map((_, at) => sql`${sql.id(`d${at}`)} is not null`)]
    : [sql`met > 0`];
  return compiled(
    sql`select distinct * from (select ${all} from ${rows}) as counted where ${sql.join(kept, sql` or `)}`,
  );
}

/** How many rows' values nobody can read, by whose they are: keys alone. */
export function unreadableStatement(
  part: Part,
  today: PlainDate,
  adapter: AnyAdapter,
  optOuts: boolean,
): CohortStatement {
  const table: TablePlan = {
    agency: adapter.id,
    source: part.source,
    shares: 'bands' in part,
    conditions: [],
    dimensions: null,
  };
  const rows = table.shares
    ? sharedRows(
        { ...table, conditions: [{ tests: [{ part, accepts: { values: [] } }] }] },
        today,
        adapter,
        optOuts,
      )
    : plainRows(table, today, adapter, optOuts);
  return compiled(
    sql`select distinct ${key(table)} as "key" from ${rows} where ${valueSql(part, today, true)} = ${UNREADABLE_VALUE}`,
  );
}

const compiled = (statement: Sql): CohortStatement => {
  const { sql: text, parameters } = statement.compile(builder);
  return { sql: text, parameters };
};

const key = ({ source, shares }: TablePlan): Sql => (shares ? sql`s."key"` : sql.ref(source.person));

/** The table with the joins that any condition or value needs, without rows that are never shown. */
function plainRows(table: TablePlan, today: PlainDate, adapter: AnyAdapter, optOuts: boolean): Sql {
  const { source, conditions, dimensions } = table;
  const parts = [
    ...conditions.flatMap(({ tests }) => tests.map(({ part }) => part)),
    ...(dimensions?.parts ?? []),
  ];
  const only = shown(table);
  const used = new Set(
    [
      source.person,
      ...predicateColumns(only),
      ...parts.flatMap((part) => (part ? columnsOf(part, today) : [])),
    ].map(tableOf),
  );
  return sql`${joined(source, used)} where ${sql.join([toSql(only), ...(optOuts ? [notOptedOut(source.person, adapter)] : [])], sql` and `)}`;
}

/** Of each person how many rows are of the part, of the whole, and cannot be read. */
function sharedRows(table: TablePlan, today: PlainDate, adapter: AnyAdapter, optOuts: boolean): Sql {
  const { source } = table;
  const part = [
    ...table.conditions.flatMap(({ tests }) => tests.map((one) => one.part)),
    ...(table.dimensions?.parts ?? []),
  ][0];
  if (!part || !('bands' in part)) throw new TypeError(`${table.agency}: a share needs bands`);
  const used = new Set(
    [source.person, ...predicateColumns(shown(table)), ...columnsOf(part, today)].map(tableOf),
  );
  const where = [
    toSql(shown(table)),
    ...(part.where ? [countedSql(part.where(today))] : []),
    ...(optOuts ? [notOptedOut(source.person, adapter)] : []),
  ];
  const count = (rows: CountedRows, name: string) =>
    sql`count(*) filter (where ${countedSql(rows)}) as ${sql.id(name)}`;
  return sql`(select ${sql.ref(source.person)} as "key", ${sql.join([
    count(part.part, 'part'),
    count(part.of, 'whole'),
    count(part.unreadable, 'unread'),
  ])} from ${joined(source, used)} where ${sql.join(where, sql` and `)} group by ${sql.ref(source.person)}) as s`;
}

function joined({ table, join = [] }: TablePlan['source'], used: Set<string>): Sql {
  const kept = join.toReversed().filter(({ table: name, on: [, earlier] }) => {
    if (!used.has(name)) return false;
    used.add(tableOf(earlier));
    return true;
  });
  const joins = kept
    .toReversed()
    .map(
      ({ table: name, on: [own, earlier] }) =>
        sql` left join ${sql.table(name)} on ${sql.ref(own)} = ${sql.ref(earlier)}`,
    );
  return sql`${sql.table(table)}${sql.join(joins, sql``)}`;
}

/** Rows that the agency never shows to anybody are in no count. Throws TypeError where SQL cannot tell them. */
function shown({ agency, source }: TablePlan) {
  const only = exactly(source.only ?? { all: [] });
  if (isDecoded(only))
    throw new TypeError(`${agency}: SQL cannot tell which rows of ${source.table} are shown`);
  return only;
}

function notOptedOut(person: string, { id, optedOut }: AnyAdapter): Bool {
  if (!optedOut) throw new TypeError(`${id} does not say who has opted out`);
  const { people, when } = optedOut;
  const rows = joined(people, new Set([people.person, ...predicateColumns(when)].map(tableOf)));
  const own = sql`select ${sql.ref(people.person)} from ${rows} where ${toSql(exactly(when))}`;
  return sql`${sql.ref(person)} not in (${own} and ${sql.ref(people.person)} is not null)`;
}

/** A row's value as text; null where it has none, and where nobody can read it, unless that is asked for. */
function valueSql(part: Part, today: PlainDate, unreadable = false): Sql {
  const unread = unreadable ? sql`${UNREADABLE_VALUE}::text` : sql`null::text`;
  if ('bands' in part) return bandOf(part, unread);
  const counted = part.where ? countedSql(part.where(today)) : sql`true`;
  if ('month' in part) {
    const day = dayText(part.month.day, part.month.text);
    const value = sql`case when ${isDayText(day)} then left(${day}, 7) when ${day} = 'JUNK' then ${unread} end`;
    return sql`case when ${counted} then ${value} end`;
  }
  const cases = Object.entries(part.cases(today)).map(
    ([value, rows]) => sql`when ${countedSql(rows)} then ${value}::text`,
  );
  return sql`case when not coalesce(${counted}, false) then null ${sql.join(cases, sql` `)} when ${countedSql(part.unreadable(today))} then ${unread} end`;
}

/** The band is known where it is the same whichever way the rows would be read that nobody can. */
function bandOf({ bands }: Extract<Part, { bands: unknown }>, unread: Sql): Sql {
  const band = (share: Sql) =>
    sql`case ${sql.join(
      bands.map(({ value, below, upTo }) =>
        below !== undefined
          ? sql`when ${share} * 100 < ${sql.lit(below)} * (s.whole + s.unread) then ${value}::text`
          : upTo !== undefined
            ? sql`when ${share} * 100 <= ${sql.lit(upTo)} * (s.whole + s.unread) then ${value}::text`
            : sql`else ${value}::text`,
      ),
      sql` `,
    )} end`;
  const lowest = band(sql`s.part`);
  return sql`case when s.whole + s.unread = 0 then null when s.whole > 0 and ${lowest} = ${band(sql`(s.part + s.unread)`)} then ${lowest} else ${unread} end`;
}

function meetsTest(
  part: Part,
  accepts: { values: readonly string[] } | { from: string | null; to: string | null },
  today: PlainDate,
): Bool {
  if ('values' in accepts) {
    const own = valuesOf(part, today).filter((value) => accepts.values.includes(value));
    return sql`coalesce(${valueSql(part, today)} = any(${sql.val(own)}), false)`;
  }
  const month = valueSql(part, today);
  const edges = [
    ...(accepts.from === null ? [] : [sql`${month} collate "C" >= ${accepts.from}`]),
    ...(accepts.to === null ? [] : [sql`${month} collate "C" <= ${accepts.to}`]),
  ];
  return sql`coalesce(${sql.join(edges, sql` and `)}, false)`;
}

/** Whether a row is one of these; null counts as not. Throws TypeError where SQL cannot tell. */
function countedSql(rows: CountedRows): Bool {
  if ('allOf' in rows)
    return rows.allOf.length === 0 ? sql`true` : sql`(${sql.join(rows.allOf.map(countedSql), sql` and `)})`;
  if ('anyOf' in rows)
    return rows.anyOf.length === 0 ? sql`false` : sql`(${sql.join(rows.anyOf.map(countedSql), sql` or `)})`;
  if ('number' in rows) {
    const edges = [
      ...(rows.above === undefined ? [] : [sql`${sql.ref(rows.number)} > ${sql.lit(rows.above)}`]),
      ...(rows.upTo === undefined ? [] : [sql`${sql.ref(rows.number)} <= ${sql.lit(rows.upTo)}`]),
    ];
    return sql`(${sql.join(edges, sql` and `)})`;
  }
  if ('day' in rows) return daySql(rows);
  const told = exactly(rows);
  if (isDecoded(told)) throw new TypeError('SQL alone cannot tell a condition that is counted by');
  return toSql(told);
}

function daySql(rows: Extract<CountedRows, { day: string }>): Bool {
  const day = dayText(rows.day, rows.text);
  if ('junk' in rows) return sql`${day} = 'JUNK'`;
  if ('days' in rows)
    return sql`(${isDayText(day)} and ${day} <= ${rows.lasts} and ${day} > to_char(${rows.lasts}::date - ${sql.ref(rows.days)}::integer, 'YYYY-MM-DD') collate "C")`;
  const edges = [
    isDayText(day),
    ...(rows.from === undefined ? [] : [sql`${day} >= ${rows.from}`]),
    ...(rows.before === undefined ? [] : [sql`${day} < ${rows.before}`]),
  ];
  const dated = sql`(${sql.join(edges, sql` and `)})`;
  return rows.none ? sql`(${dated} or ${day} in ('BLANK', 'NO_END', 'FILLER'))` : sql`${dated}`;
}

function columnsOf(part: Part, today: PlainDate): string[] {
  const conditions: CountedRows[] = [
    ...(part.where ? [part.where(today)] : []),
    ...('cases' in part ? [...Object.values(part.cases(today)), part.unreadable(today)] : []),
    ...('bands' in part ? [part.part, part.of, part.unreadable] : []),
  ];
  return [...('month' in part ? [part.month.day] : []), ...conditions.flatMap(columnsIn)];
}

function columnsIn(rows: CountedRows): readonly string[] {
  if ('allOf' in rows) return rows.allOf.flatMap(columnsIn);
  if ('anyOf' in rows) return rows.anyOf.flatMap(columnsIn);
  if ('number' in rows) return [rows.number];
  if ('day' in rows) return 'days' in rows ? [rows.day, rows.days] : [rows.day];
  return predicateColumns(rows);
}

const tableOf = (column: string): string => column.slice(0, column.indexOf('.'));

export type { AnyTables };
