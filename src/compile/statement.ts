import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { builder, isOneOf, newestFirst } from './dialect.ts';
import { joinsUsed } from './joins-used.ts';
import { toSql } from './predicate.ts';
import type { RowSetPlace, StatementShape } from './statement-shape.ts';

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
 * one parameter, so the text does not depend on who or how many are asked for.
 */
export function makeStatement(shape: StatementShape, unshielded: readonly string[]): Statement {
  const flagged = sql`select ${sql.join(innerColumns(shape, unshielded))} from ${tables(shape)}`;
  const flags = shape.places.map((place) => ref(place.flag));
  const ranks = shape.places.filter((place) => place.rank !== null).map(rankColumn(shape));
  const rows =
    ranks.length === 0
      ? sql`(${flagged}) as r`
      : sql`(select r.*, ${sql.join(ranks)} from (${flagged}) as r where ${anyOf(flags)}) as r`;
  const kept = anyOf(shape.places.map(withinLimit));
  const statement = shape.bare
    ? sql`select distinct ${sql.join(shownColumns(shape))} from ${rows} where ${kept}`
    : sql`select ${sql.join(shownColumns(shape))} from ${rows} where ${kept} order by ${sql.join(order(shape, shape.places[0]))}`;
  return { compiled: statement.compile(builder), shape };
}

function tables(shape: StatementShape): Sql {
  const joins = joinsUsed(shape).map(
    (one) => sql` left join ${sql.table(one.table)} on ${sql.ref(one.on[0])} = ${sql.ref(one.on[1])}`,
  );
  return sql`${sql.table(shape.source.table)}${sql.join(joins, sql``)}`;
}

function innerColumns({ names, places, placeFlags }: StatementShape, unshielded: readonly string[]): Sql[] {
  const open = new Set(unshielded);
  const columns = [...names].map(([name, alias]) => sql`${sql.ref(name)} as ${sql.id(alias)}`);
  const flags = places.map(({ rows, flag }) => {
    const keys = [...rows.keys];
    const readable = rows.placesOnly ? keys.filter((key) => open.has(key)) : keys;
    const conditions = [isOneOf(rows.source.person, readable), ...rows.where.map(toSql)];
    return sql`(${allOf(conditions)}) as ${sql.id(flag)}`;
  });
  const masks = places.flatMap(({ rows, shown }) =>
    shown === null ? [] : [sql`(${allOf(rows.mask.map(toSql))}) as ${sql.id(shown)}`],
  );
  const placed = [...placeFlags].map(
    ([person, flag]) => sql`(${isOneOf(person, unshielded)}) as ${sql.id(flag)}`,
  );
  return [...columns, ...flags, ...masks, ...placed];
}

function rankColumn(shape: StatementShape): (place: RowSetPlace) => Sql {
  return (place) => {
    const partition = sql`partition by ${ref(place.person)}, ${ref(place.flag)}`;
    return sql`row_number() over (${partition} order by ${sql.join(order(shape, place))}) as ${sql.id(place.rank ?? '')}`;
  };
}

function order({ names }: StatementShape, place: RowSetPlace | undefined): Sql[] {
  const { newestFirst: newest, record = [] } = place?.rows.source ?? {};
  const alias = (column: string) => `r.${names.get(column)}`;
  return [
    ...(newest === undefined ? [] : [newestFirst(alias(newest))]),
    ...record.map((column) => sql.ref(alias(column))),
  ];
}

function withinLimit({ rows, flag, rank }: RowSetPlace): Sql {
  if (rank === null || rows.limit === null) return ref(flag);
  return sql`(${ref(flag)} and ${ref(rank)} <= ${rows.limit})`;
}

function shownColumns({ shown, places, persons }: StatementShape): Sql[] {
  const people = [...new Set(persons.values())].map(ref);
  const columns = shown.map(({ inner, alias, conditions }) => {
    const visible = conditions.map(({ within, flags }) =>
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
