import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { DialectName } from './adapter.ts';
import { dialectIn } from './dialect-in.ts';
import type { RecordId } from './ids.ts';
import type { ToldChanges } from './index-source.ts';

/** When a record changed last. A moment that lies ahead counts from then on. */
interface Changed {
  record: RecordId;
  at: unknown;
}

export interface Overlap {
  /** The longest that a transaction of the agency's system lasts, from when it stamps a row to when others can see it. */
  marginSeconds: number;
  /** At most this often what changed within the margin is told again. */
  againSeconds: number;
}

const USUAL: Overlap = { marginSeconds: 15 * 60, againSeconds: 60 };

/**
 * Changes that the agency stamps with the time of its own clock, which alone is looked at. What is newly stamped is told
 * at once, in order of time. A row may be stamped and become visible only later, when its transaction ends, behind what
 * has been told: so every `againSeconds` all since `marginSeconds` before the last time is told again. A transaction
 * that lasts longer than the margin is left to the pass that reads everything; so is a clock set back by more.
 *
 * A mark is: until when everything is settled, when it was last told again, the time and the record told last.
 * @throws SyntaxError from `since`, for what is no mark of this kind
 */
export const changedByTime = <DB>(
  // biome-ignore lint/suspicious/noExplicitAny: of whichever tables of the agency say when a record changed
  changed: (db: Kysely<DB>) => SelectQueryBuilder<any, any, Changed>,
  overlap: Overlap = USUAL,
): ToldChanges<DB> => ({
  by: 'TIMESTAMP',
  async mark(db) {
    const { now, settled } = await clock(db, overlap);
    return written({ settled, again: now, at: now, record: '' });
  },
  async since(db, mark, limit) {
    const place = read(mark);
    const after = CLOCKS[dialectIn(db)].after;
    const { rows } = await after(changed(db), place, limit).execute(db);
    const fresh = changedSince(place, rows);
    if (fresh) return fresh;
    const { now, settled, due } = await clock(db, overlap, place.again);
    if (!due) return { records: [], mark };
    const within = await after(changed(db), { at: place.settled, record: '' }, limit).execute(db);
    return changedSince({ settled, again: now }, within.rows) ?? { records: [], mark };
  },
});

/**
 * From when a local time lies in the past, as `isPast` reads it: the midnight in London after that day. For what a
 * record is read from that ends by itself, without a row being written.
 */
export const dayAfter = (db: Parameters<typeof dialectIn>[0], column: string) =>
  CLOCKS[dialectIn(db)].dayAfter(column);

interface Place {
  settled: string;
  again: string;
  at: string;
  record: RecordId;
}
type Row = { record: RecordId; at: string };

const written = ({ settled, again, at, record }: Place): string => `${settled} ${again} ${at} ${record}`;

function read(mark: string): Place {
  const [settled, again, at, ...record] = mark.split(' ');
  if (!settled || !again || !at) throw new SyntaxError('no mark of a feed that goes by time');
  return { settled, again, at, record: record.join(' ') };
}

function changedSince(place: Pick<Place, 'settled' | 'again'>, rows: readonly Row[]) {
  const last = rows.at(-1);
  const records = [...new Set(rows.map(({ record }) => record))];
  return last && { records, mark: written({ ...place, ...last }) };
}

/** Looked at before rows are, so that nothing that comes in meanwhile is taken for settled. */
async function clock<DB>(db: Kysely<DB>, overlap: Overlap, again?: string) {
  const { rows } = await CLOCKS[dialectIn(db)].now(overlap, again ?? null).execute(db);
  const [row] = rows;
  if (!row) throw new Error('a database without a clock');
  return { ...row, due: Boolean(row.due) };
}

interface Clock {
  dayAfter(column: string): RawBuilder<Date | string | null>;
  /** The time now, to the microsecond, which a Date would round; until when all is settled; whether to tell again. */
  now(overlap: Overlap, again: string | null): RawBuilder<{ now: string; settled: string; due: unknown }>;
  after(
    // biome-ignore lint/suspicious/noExplicitAny: of whichever tables of the agency say when a record changed
    changed: SelectQueryBuilder<any, any, Changed>,
    place: Pick<Place, 'at' | 'record'>,
    limit: number,
  ): RawBuilder<Row>;
}

const stamp = (moment: RawBuilder<unknown>) =>
  sql<string>`to_char((${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const postgresClock: Clock = {
  dayAfter: (column) => sql`(${sql.ref(column)}::date + 1)::timestamp at time zone 'Europe/London'`,
  now: ({ marginSeconds, againSeconds }, again) => sql`
    select ${stamp(sql`now()`)} as now,
      ${stamp(sql`now() - make_interval(secs => ${marginSeconds})`)} as settled,
      now() not between ${again ?? 'infinity'}::timestamptz
        and ${again ?? 'infinity'}::timestamptz + make_interval(secs => ${againSeconds}) as due`,
  after: (changed, { at, record }, limit) => sql`
  select record, ${stamp(sql`at`)} as at from ${changed} as changed
  where (at, record) > (${at}::timestamptz, ${record}) and at <= now()
  order by changed.at, record limit ${limit}`,
};

const mysqlStamp = (moment: RawBuilder<unknown>) =>
  sql<string>`date_format(${moment}, '%Y-%m-%dT%H:%i:%s.%fZ')`;
/** Sessions are in UTC, and so are stamps of a type without a zone. */
const mysqlMoment = (at: string) => sql`cast(${at.replace('T', ' ').replace('Z', '')} as datetime(6))`;
const lastSunday = (end: RawBuilder<unknown>) => sql`(${end} - interval (dayofweek(${end}) - 1) day)`;

const mysqlClock: Clock = {
  /** Without tables of zones, which many servers lack: clocks go forward on the last Sunday of March, back on that of October. */
  dayAfter(column) {
    const day = sql`(cast(${sql.ref(column)} as date) + interval 1 day)`;
    const sunday = (month: string) => {
      return lastSunday(sql`cast(concat(year(${day}), ${sql.lit(month)}) as date)`);
    };
    const summer = sql`(${day} > ${sunday('-03-31')} and ${day} <= ${sunday('-10-31')})`;
    return sql`cast(${day} as datetime(6)) - interval (case when ${summer} then 1 else 0 end) hour`;
  },
  now: ({ marginSeconds, againSeconds }, again) => {
    const before = again === null ? sql`now(6) + interval 1 day` : mysqlMoment(again);
    return sql`
    select ${mysqlStamp(sql`now(6)`)} as now,
      ${mysqlStamp(sql`now(6) - interval ${sql.lit(marginSeconds)} second`)} as settled,
      now(6) not between ${before} and ${before} + interval ${sql.lit(againSeconds)} second as due`;
  },
  after: (changed, { at, record }, limit) => sql`
  select record, ${mysqlStamp(sql`at`)} as at from ${changed} as changed
  where (at > ${mysqlMoment(at)} or (at = ${mysqlMoment(at)} and record > ${record})) and at <= now(6)
  order by changed.at, record limit ${sql.lit(limit)}`,
};

const CLOCKS: Readonly<Record<DialectName, Clock>> = { postgres: postgresClock, mysql: mysqlClock };
