/** One statement for each table: whose rows meet which conditions, and the values that they are grouped by. */
import { type RawBuilder, sql } from 'kysely';
import type { AnyAdapter, CountedRows, PlainDate } from '../../adapters/contract.ts';
import { predicateColumns } from '../../adapters/contract.ts';
import { postgres } from '../compile/dialects/postgres/postgres.ts';
import { exactly, isDecoded, toSql } from '../compile/sql/predicate.ts';
import { isDayText, ofDay } from './day-text.ts';
import type { Part, TablePlan } from './plan.ts';

type Sql = RawBuilder<unknown>;
type Bool = RawBuilder<boolean>;

export interface CohortStatement {
  sql: string;
  parameters: readonly unknown[];
}

/** What a row says that nobody can read. */
export const UNREADABLE_VALUE = '?';

/**
 * Rows of the answer: which conditions a row meets (`met`, a bit for each, in order), values of the dimensions as `d0`, `d1`, …,
 * and of whom that is so: `keys`, a JSON list of texts, each once. Whom nothing is said of is not in it. A row for each
 * person would take several times as long to send and to read.
 */
export function tableStatement(
  plan: TablePlan,
  today: PlainDate,
  adapter: AnyAdapter,
  optOuts: boolean,
): CohortStatement {
  const values = plan.parts.map(
    (part, at) => sql`${valueSql(askedOf(plan, part, at, today), today)} as ${sql.id(`v${at}`)}`,
  );
  const inner = sql`select ${keyOf(plan)} as "key", ${sql.join(values)} from ${rowsOf(plan, today, adapter, optOuts)}`;
  const bits = plan.conditions.map(({ values: each }, bit) => {
    const all = each.map(({ part, value }) => sql`${sql.id(`v${part}`)} = ${value}`);
    return sql`case when ${sql.join(all, sql` and `)} then ${sql.lit(2 ** bit)} else 0 end`;
  });
  const met = bits.length > 0 ? sql.join(bits, sql` + `) : sql`0`;
  const dimensions = plan.dimensions.map(({ part }, at) => sql`${sql.id(`v${part}`)} as ${sql.id(`d${at}`)}`);
  const shown = sql.join([sql`"key"`, sql`${met} as met`, ...dimensions]);
  const kept = [sql`met > 0`, ...plan.dimensions.map((_, at) => sql`${sql.id(`d${at}`)} is not null`)];
  // Without `offset 0` the server would write each value out wherever it is named, and decode it as often.
  const alike = sql.join([sql`met`, ...plan.dimensions.map((_, at) => sql.id(`d${at}`))]);
  return compiled(
    keysOfAlike(
      alike,
      sql`select distinct * from (select ${shown} from (${inner} offset 0) as r) as counted where ${sql.join(kept, sql` or `)}`,
    ),
  );
}

/** Whose rows have something in one part that nobody can read: `keys`, as above. */
export function unreadableStatement(
  part: Part,
  today: PlainDate,
  adapter: AnyAdapter,
  optOuts: boolean,
): CohortStatement {
  const plan = { agency: adapter.id, source: part.source, parts: [part] };
  const value = valueSql(part, today, true);
  return compiled(
    keysOfAlike(
      sql`v`,
      sql`select distinct "key", v from (select ${keyOf(plan)} as "key", ${value} as v from ${rowsOf(plan, today, adapter, optOuts)}) as r where v = ${UNREADABLE_VALUE}`,
    ),
  );
}

/** Keys of one row of an answer: a longer list would be taken in whole before anybody saw that it is too long. */
const MOST_KEYS = 10_000;

/** `concat` writes a key as the driver would: a cast would take the blanks off a `char`. */
const keysOfAlike = (alike: Sql, rows: Sql): Sql =>
  sql`select ${alike}, json_agg(concat("key"))::text as "keys"
    from (select *, (row_number() over () - 1) / ${sql.lit(MOST_KEYS)} as part from (${rows}) as each) as parts group by ${alike}, part`;

type Rows = Pick<TablePlan, 'agency' | 'source' | 'parts'>;

const compiled = (statement: Sql): CohortStatement => {
  const { sql: text, parameters } = statement.compile(postgres.builder);
  return { sql: text, parameters };
};

const sharesOf = ({ parts }: Rows) => parts.find((part) => 'bands' in part);
const keyOf = (plan: Rows): Sql => (sharesOf(plan) ? sql`s."key"` : sql.ref(plan.source.person));

/** The table with the joins that any value needs, without rows that are never shown; of shares, a row for each person. */
function rowsOf(plan: Rows, today: PlainDate, adapter: AnyAdapter, optOuts: boolean): Sql {
  const { source, parts } = plan;
  const only = shown(plan);
  const used = new Set(
    [source.person, ...predicateColumns(only), ...parts.flatMap((part) => columnsOf(part, today))].map(
      tableOf,
    ),
  );
  const where = [toSql(only, postgres), ...(optOuts ? [notOptedOut(source.person, adapter)] : [])];
  const shares = sharesOf(plan);
  if (!shares || !('bands' in shares))
    return sql`${joined(source, used)} where ${sql.join(where, sql` and `)}`;
  const columns = [...predicateColumns(only), ...columnsOf(shares, today)];
  const alike = rowsAlike(source, [source.person, ...columns], used);
  const rows = new Map([[source.table, alike]]);
  const { from, decided } = decidedRows(source, shares.where?.(today) ?? { allOf: [] }, used, columns, rows);
  const counted = [...where, decided];
  const number = sql.ref(`${source.table}.${ALIKE}`);
  const count = (counts: CountedRows, name: string) =>
    sql`coalesce(sum(${number}) filter (where ${countedSql(counts)}), 0) as ${sql.id(name)}`;
  const counts = [count(shares.part, 'part'), count(shares.of, 'whole'), count(shares.unreadable, 'unread')];
  const person = sql.ref(source.person);
  return sql`(select ${person} as "key", ${sql.join(counts)} from ${from} where ${sql.join(counted, sql` and `)} group by ${person}) as s`;
}

/** How many rows of the table are alike in everything that is read of them. */
const ALIKE = 'rows alike';

/**
 * Each kind of row once, with its number: of a year's marks most are the same, and each kind is then read and decided once
 * instead of every row.
 */
function rowsAlike({ table, join = [] }: Rows['source'], columns: readonly string[], used: Set<string>): Sql {
  const reached = new Set(used);
  const on = join.toReversed().flatMap((one) => {
    if (!reached.has(one.table)) return [];
    reached.add(tableOf(one.on[1]));
    return one.on;
  });
  const own = [...new Set([...columns, ...on])].filter((column) => tableOf(column) === table);
  const read = sql.join(own.map((column) => sql.ref(column)));
  return sql`(select ${read}, count(*)::integer as ${sql.id(ALIKE)} from ${sql.table(table)} group by ${read}) as ${sql.table(table)}`;
}

/**
 * The table with its joins, and which rows are counted. What hangs on one joined table alone (is this the current year?) is
 * decided for each row of that table, which has few, and not again for each row that is joined to it.
 */
function decidedRows(
  source: Rows['source'],
  where: CountedRows,
  used: Set<string>,
  columns: readonly string[],
  instead: ReadonlyMap<string, Sql>,
): { from: Sql; decided: Bool } {
  const tables = new Set(columnsIn(where).map(tableOf));
  const [name] = tables;
  const join = source.join?.find(({ table }) => table === name);
  if (tables.size !== 1 || name === undefined || !join)
    return { from: joined(source, used, instead), decided: countedSql(where) };
  const holds = sql`coalesce(${countedSql(where)}, false)`;
  const ofTable = [...(source.join ?? []).flatMap(({ on }) => on), ...columns].filter(
    (column) => tableOf(column) === name,
  );
  const read = sql.join([...new Set(ofTable)].map((column) => sql.ref(column)));
  const rows = sql`(select ${read}, ${holds} as decided from ${sql.table(name)} offset 0) as ${sql.table(name)}`;
  // Of a row that is joined to none: as where every column of the other table is null.
  const ofNone = sql`(select ${holds} from (select 1) as one left join ${sql.table(name)} on false)`;
  return {
    from: joined(source, used, new Map([...instead, [name, rows]])),
    decided: sql`coalesce(${sql.ref(`${name}.decided`)}, ${ofNone})`,
  };
}

function joined(
  { table, join = [] }: Rows['source'],
  used: Set<string>,
  instead: ReadonlyMap<string, Sql> = new Map(),
): Sql {
  const kept = join.toReversed().filter(({ table: name, on: [, earlier] }) => {
    if (!used.has(name)) return false;
    used.add(tableOf(earlier));
    return true;
  });
  const joins = kept
    .toReversed()
    .map(
      ({ table: name, on: [own, earlier] }) =>
        sql` left join ${instead.get(name) ?? sql.table(name)} on ${sql.ref(own)} = ${sql.ref(earlier)}`,
    );
  return sql`${instead.get(table) ?? sql.table(table)}${sql.join(joins, sql``)}`;
}

/** Rows that the agency never shows to anybody are in no count. Throws TypeError where SQL cannot tell them. */
function shown({ agency, source }: Rows) {
  const only = exactly(source.only ?? { all: [] });
  if (isDecoded(only))
    throw new TypeError(`${agency}: SQL cannot tell which rows of ${source.table} are shown`);
  return only;
}

function notOptedOut(person: string, { id, optedOut }: AnyAdapter): Bool {
  if (!optedOut) throw new TypeError(`${id} does not say who has opted out`);
  const { people, when } = optedOut;
  const rows = joined(people, new Set([people.person, ...predicateColumns(when)].map(tableOf)));
  const own = sql`select ${sql.ref(people.person)} from ${rows} where ${toSql(exactly(when), postgres)}`;
  return sql`${sql.ref(person)} not in (${own} and ${sql.ref(people.person)} is not null)`;
}

/** The part without the cases after the last that a condition asks for, where no dimension asks for them all. */
function askedOf({ conditions, dimensions }: TablePlan, part: Part, at: number, today: PlainDate): Part {
  if (!('cases' in part) || dimensions.some((dimension) => dimension.part === at)) return part;
  const asked = new Set(
    conditions.flatMap(({ values }) => values.filter((one) => one.part === at).map(({ value }) => value)),
  );
  const cases = Object.entries(part.cases(today));
  const last = cases.findLastIndex(([value]) => asked.has(value));
  return { ...part, cases: () => Object.fromEntries(cases.slice(0, last + 1)) };
}

/** A row's value as text; null where it has none, and where nobody can read it, unless that is asked for. */
export function valueSql(part: Part, today: PlainDate, unreadable = false): Sql {
  const unread = unreadable ? sql`${UNREADABLE_VALUE}::text` : sql`null::text`;
  if ('bands' in part) return bandOf(part, unread);
  const counted = part.where ? countedSql(part.where(today)) : sql`true`;
  if ('month' in part) {
    const value = ofDay(
      part.month.day,
      part.month.text,
      (day) => sql`case when ${isDayText(day)} then left(${day}, 7) when ${day} = 'JUNK' then ${unread} end`,
    );
    return sql`case when ${counted} then ${value} end`;
  }
  const cases = Object.entries(part.cases(today)).map(
    ([value, rows]) => sql`when ${countedSql(rows)} then ${value}::text`,
  );
  const last = unreadable ? [sql`when ${countedSql(part.unreadable(today))} then ${unread}`] : [];
  return sql`case when not coalesce(${counted}, false) then null ${sql.join([...cases, ...last], sql` `)} end`;
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
  return toSql(told, postgres);
}

function daySql(rows: Extract<CountedRows, { day: string }>): Bool {
  return ofDay(rows.day, rows.text, (day) => {
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
  });
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

const tableOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));
