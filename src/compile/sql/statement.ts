import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { orderOf, predicateColumns } from '../../../adapters/contract.ts';
import { type Dialect, Place } from '../dialects/dialect.ts';
import type { Predicate, Source } from './any-table.ts';
import { type Giving, toSql, withValues } from './predicate.ts';
import type { RowSetPlace, StatementShape } from './row-set.ts';
import { sourceNumber } from './row-set.ts';

/** One statement for all row sets of one table, and where in its result each of them finds its rows. */
export interface Statement {
  compiled: CompiledQuery;
  shape: StatementShape;
}

type Sql = RawBuilder<unknown>;

/**
 * The statement that reads all these row sets, which share a table: innermost the table's rows with a flag for each
 * row set, then their rank where a list has an end, outermost what is shown. A column is shown in the rows of the row
 * sets that ask for it and nowhere else; `unshielded` are the people whose places may be read. Every list of keys is
 * one parameter, so the text does not depend on who or how many are asked for: it is written once for each plan.
 */
export function makeStatement(
  shape: StatementShape,
  unshielded: readonly string[],
  dialect: Dialect,
): Statement {
  const values: unknown[] = [];
  const give: Giving = {
    value(value) {
      values.push(value);
      return '?';
    },
    list(list) {
      values.push(list);
      const slots = dialect.slots(list);
      return [slots === null ? '?' : `?${slots}${areText(list) ? 't' : ''}`];
    },
  };
  const plan = planKey(dialect, shape, conditionsOf(shape, unshielded, give));
  const text = texts.get(plan) ?? writeText(shape, unshielded, dialect);
  texts.set(plan, text);
  return { compiled: { ...text, parameters: text.parameters.map((one) => filled(one, values)) }, shape };
}

/** Texts at most: about as many as statements that are sent in an hour of many kinds of question. */
const MOST_TEXTS = 500;
const texts = new LRUCache<string, CompiledQuery>({ max: MOST_TEXTS });

const areText = (list: readonly unknown[]): boolean => list.every((value) => typeof value === 'string');

function filled(parameter: unknown, values: readonly unknown[]): unknown {
  const place = Array.isArray(parameter) ? parameter[0] : parameter;
  if (!(place instanceof Place)) return parameter;
  const value = values[place.at];
  return place.item === null ? value : (value as readonly unknown[]).at(Math.min(place.item, lastOf(value)));
}
const lastOf = (list: unknown): number => (list as readonly unknown[]).length - 1;

/** Everything of a request that goes into a statement, with each value and list of values as it is given. */
interface Conditions {
  /** For each row set its keys, which rows of theirs there are, and in which of them the values are shown. */
  rows: readonly { keys: readonly unknown[]; where: readonly Predicate[]; mask: readonly Predicate[] }[];
  /** For each column that says whose a row is: keys that are alike, and those whose places may be read. */
  persons: ReadonlyMap<string, { alike: readonly unknown[]; open: readonly unknown[] }>;
}

function conditionsOf(
  { places, persons, placeFlags }: StatementShape,
  unshielded: readonly string[],
  give: Giving,
): Conditions {
  const open = new Set(unshielded);
  const rows = places.map(({ rows: { keys, placesOnly, where, mask } }) => ({
    keys: give.list(placesOnly ? [...keys].filter((key) => open.has(key)) : [...keys]),
    where: where.map((one) => withValues(one, give)),
    mask: mask.map((one) => withValues(one, give)),
  }));
  const alike = [...persons].map(
    ([column, { keys }]): [string, { alike: readonly unknown[]; open: readonly unknown[] }] => [
      column,
      // Of the keys asked in this column alone: another's key that is alike to one of them opens no place.
      { alike: give.list(keys.alike), open: placeFlags.has(column) ? give.list(keys.among(open)) : [] },
    ],
  );
  return { rows, persons: new Map(alike) };
}

/** Two statements with the same key have the same text, and take their values in the same places. */
function planKey(
  { name }: Dialect,
  { places, bare, names, shown }: StatementShape,
  { rows, persons }: Conditions,
): string {
  const columns = shown.map(({ key, conditions }) => [
    key,
    conditions.map(({ within, flags }) => [within?.flag ?? null, flags]),
  ]);
  const read = places.map(({ rows: one }) => [
    ...[sourceNumber(one.source), one.read, one.placesOnly, [...one.columns.keys()]],
    [...one.where, ...one.mask].map(predicateColumns),
  ]);
  return JSON.stringify([name, bare, [...names], columns, read, rows, [...persons]]);
}

function writeText(shape: StatementShape, unshielded: readonly string[], dialect: Dialect): CompiledQuery {
  let count = -1;
  const conditions = conditionsOf(shape, unshielded, {
    value() {
      count += 1;
      return new Place(count, null, false);
    },
    list(list) {
      count += 1;
      const [at, slots, text] = [count, dialect.slots(list), areText(list)];
      if (slots === null) return [new Place(at, null, text)];
      return Array.from({ length: slots }, (_, item) => new Place(at, item, text));
    },
  });
  const keyed = shape.places.map(({ rows: { source } }, at) =>
    dialect.isOneOf(sql.ref(source.person), conditions.rows[at]?.keys ?? []),
  );
  const found = dialect.keysInWhere ? sql` where ${anyOf(keyed)}` : sql``;
  const flagged = sql`select ${sql.join(innerColumns(shape, conditions, keyed, dialect))} from ${tables(shape, dialect)}${found}`;
  const flags = shape.places.map((place) => ref(place.flag));
  const ranks = shape.places.filter((place) => place.rank !== null).map(rankColumn(shape, dialect));
  const rows =
    ranks.length === 0
      ? sql`(${flagged}) as r`
      : sql`(select r.*, ${sql.join(ranks)} from (${flagged}) as r where ${anyOf(flags)}) as r`;
  const kept = anyOf(shape.places.map(withinLimit));
  const columns = sql.join(shownColumns(shape, conditions, dialect));
  const statement = shape.bare
    ? sql`select distinct ${columns} from ${rows} where ${kept}`
    : sql`select ${columns} from ${rows} where ${kept} order by ${sql.join(order(shape, shape.places[0], dialect))}`;
  const { sql: text, parameters, query, queryId } = statement.compile(dialect.builder);
  return { sql: text, parameters, query, queryId };
}

function tables(shape: StatementShape, dialect: Dialect): Sql {
  const joins = joinsUsed(shape).map(
    (one) =>
      sql` left join ${sql.table(one.table)} on ${dialect.same(sql.ref(one.on[0]), sql.ref(one.on[1]))}`,
  );
  return sql`${sql.table(shape.source.table)}${sql.join(joins, sql``)}`;
}

function innerColumns(
  { names, places, placeFlags }: StatementShape,
  { rows, persons }: Conditions,
  keyed: readonly Sql[],
  dialect: Dialect,
): Sql[] {
  const toDialect = (one: Predicate) => toSql(one, dialect);
  const columns = [...names].map(([name, alias]) => sql`${sql.ref(name)} as ${sql.id(alias)}`);
  const flags = places.map(({ flag }, at) => {
    const where = (rows[at]?.where ?? []).map(toDialect);
    return sql`(${allOf([...keyed.slice(at, at + 1), ...where])}) as ${sql.id(flag)}`;
  });
  const masks = places.flatMap(({ shown }, at) =>
    shown === null ? [] : [sql`(${allOf((rows[at]?.mask ?? []).map(toDialect))}) as ${sql.id(shown)}`],
  );
  const placed = [...placeFlags].map(
    ([person, flag]) =>
      sql`(${dialect.isOneOf(sql.ref(person), persons.get(person)?.open ?? [])}) as ${sql.id(flag)}`,
  );
  return [...columns, ...flags, ...masks, ...placed];
}

function rankColumn(shape: StatementShape, dialect: Dialect): (place: RowSetPlace) => Sql {
  return (place) => {
    const partition = sql`partition by ${dialect.apart(ref(place.person.alias))}, ${ref(place.flag)}`;
    // Of more rows than are looked at, those that are likely the newest.
    const newest = orderOf(place.rows.source);
    const likely = newest?.text
      ? [dialect.likelyNewestFirst(`r.${shape.names.get(newest.column)}`, newest.dayFirst)]
      : [];
    return sql`row_number() over (${partition} order by ${sql.join([...likely, ...order(shape, place, dialect)])}) as ${sql.id(place.rank ?? '')}`;
  };
}

function order({ names }: StatementShape, place: RowSetPlace | undefined, dialect: Dialect): Sql[] {
  if (!place) return [];
  const { source } = place.rows;
  const newest = orderOf(source);
  const alias = (column: string) => `r.${names.get(column)}`;
  return [
    ...(newest === null || newest.text ? [] : [dialect.newestFirst(alias(newest.column))]),
    ...source.record.flatMap((column) => {
      const own = sql.ref(alias(column));
      const apart = dialect.apart(own);
      // Where those that are alike to the column differ, their order is still always the same.
      return apart === own ? [own] : [own, apart];
    }),
  ];
}

function withinLimit({ rows, flag, rank }: RowSetPlace): Sql {
  if (rank === null) return ref(flag);
  return sql`(${ref(flag)} and ${ref(rank)} <= ${rows.read})`;
}

function shownColumns(
  { shown, places, persons }: StatementShape,
  conditions: Conditions,
  dialect: Dialect,
): Sql[] {
  const people = [...persons].flatMap(([column, { alias, places: at }]) => [
    ref(alias),
    sql`${dialect.placesIn(conditions.persons.get(column)?.alike ?? [], ref(alias))} as ${sql.id(at)}`,
  ]);
  const columns = shown.map(({ inner, alias, conditions: showing }) => {
    const visible = showing.map(({ within, flags }) =>
      allOf([...(within === null ? [] : [withinLimit(within)]), ...flags.map(ref)]),
    );
    if (visible.length === 0) return sql`${ref(inner)} as ${sql.id(alias)}`;
    return sql`case when ${anyOf(visible)} then ${ref(inner)} end as ${sql.id(alias)}`;
  });
  const marks = places.flatMap(({ flag, shown: mask, rank }) =>
    [flag, mask, rank].filter((one) => one !== null).map(ref),
  );
  return [...people, ...columns, ...marks];
}

function ref(alias: string): Sql {
  return sql.ref(`r.${alias}`);
}

function allOf(conditions: readonly Sql[]): Sql {
  return sql.join(conditions, sql` and `);
}

function anyOf(conditions: readonly Sql[]): Sql {
  return sql.join(
    conditions.map((one) => sql`(${one})`),
    sql` or `,
  );
}

/**
 * The joins of a statement whose tables it reads or tests, and those that these hang on. Any other would look at
 * columns that nobody asked for, or that are withheld.
 */
function joinsUsed({ source, names, places }: StatementShape): NonNullable<Source['join']> {
  const tested = places.flatMap(({ rows }) => [...rows.where, ...rows.mask].flatMap(predicateColumns));
  const used = new Set([...names.keys(), ...tested].map(tableOf));
  const kept = (source.join ?? []).toReversed().filter(({ table, on: [, earlier] }) => {
    if (!used.has(table)) return false;
    used.add(tableOf(earlier));
    return true;
  });
  return kept.toReversed();
}

const tableOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));
