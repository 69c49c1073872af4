import pg from 'pg';
import type { IndexRecord, RecordId } from '../../../adapters/contract.ts';
import { type Column, columnsOf } from './dirt.ts';
import { type ChangingAgency, columnsRead, feedOf, toldSince } from './index-changes.ts';

export interface Walk {
  /** How many of the changes changed records that are still there. */
  changed: number;
  /** What was changed, and whose record was not told. */
  untold: readonly string[];
}

const UNIQUE_VIOLATION = '23505';

/** Rows of one table that are taken away, put back and written over, from either end; few, since the whole feed is read after each. */
const ROWS = 2;

/**
 * Takes rows of a table away, puts them back, and writes another row's value into each column that the feed reads, by
 * SQL, all or until the first that is missed. Whose record differs in the whole feed before and after is who has to be told.
 */
export async function walkTable(
  agency: ChangingAgency,
  table: string,
  { toFirst = false } = {},
): Promise<Walk> {
  const { clerk, adapter, changes, db } = agency;
  const name = pg.escapeIdentifier(table);
  const untold: string[] = [];
  let changed = 0;
  let before = await feedOf(agency);
  let mark = await changes.mark(db);

  /** Writes one row, and gives it back as it stands; null where there is such a row, so that the system refuses. */
  const make = async (what: string, statement: string, values: readonly unknown[]): Promise<Row | null> => {
    const written = await writeRow(clerk, `${statement} returning to_jsonb(t) as row`, values);
    if (written === null) return null;
    const after = await feedOf(agency);
    const told = await toldSince(agency, mark);
    const differing = differingRecords(before, after);
    untold.push(...differing.filter((id) => !told.records.has(id)).map((id) => `${what}: ${id}`));
    changed += differing.length > 0 ? 1 : 0;
    ({ mark } = told);
    before = after;
    return written;
  };

  const columns = (await columnsOf(clerk)).filter((one) => one.table === table);
  const read = columns.filter(
    (one) => columnsRead(adapter, table).includes(one.name) && !STAMPS.has(one.name),
  );
  const { rows } = await clerk.query<{ row: Row }>(
    `select to_jsonb(t) as row from ${name} t order by t::text collate "C"`,
  );
  for (const { row } of new Set([...rows.slice(0, ROWS), ...rows.slice(-ROWS)])) {
    if (toFirst && untold.length > 0) break;
    await make(`${table}, a row deleted`, `delete from ${name} t where ${THIS_ROW}`, [named(row)]);
    const insert = `insert into ${name} as t select * from jsonb_populate_record(null::${name}, $1)`;
    await make(`${table}, a row inserted`, insert, [JSON.stringify(row)]);
    for (const one of read) {
      const column = pg.escapeIdentifier(one.name);
      const update = `update ${name} t set ${column} = (jsonb_populate_record(null::${name}, $2)).${column}
        where ${THIS_ROW}`;
      for (const value of await otherValues(clerk, one, row[one.name])) {
        const other = JSON.stringify({ [one.name]: value });
        const changedRow = await make(`${table}.${one.name} changed`, update, [named(row), other]);
        if (changedRow)
          await make(`${table}.${one.name} changed back`, update, [named(changedRow), JSON.stringify(row)]);
      }
    }
  }
  return { changed, untold };
}

type Row = Record<string, unknown>;

async function writeRow(
  clerk: pg.Client,
  statement: string,
  values: readonly unknown[],
): Promise<Row | null> {
  try {
    const { rows } = await clerk.query<{ row: Row }>(statement, [...values]);
    const [one, ...others] = rows;
    if (!one || others.length > 0) throw new Error(`wrote ${rows.length} rows: ${statement}`);
    return one.row;
  } catch (error) {
    if ((error as pg.DatabaseError).code === UNIQUE_VIOLATION) return null;
    throw error;
  }
}

/** Columns that the system keeps by itself, and so no name of a row. */
const STAMPS = new Set(['ChangedTS', 'changed_ts']);
const THIS_ROW = 'to_jsonb(t) @> $1';
const named = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([column]) => !STAMPS.has(column))));

/** A value that other rows have, one that no row has, and none at all, as the column takes them. */
async function otherValues(clerk: pg.Client, column: Column, value: unknown): Promise<readonly unknown[]> {
  const table = pg.escapeIdentifier(column.table);
  const { rows } = await clerk.query(
    `select to_jsonb(t) -> $1::text as other from ${table} t where to_jsonb(t) ->> $1::text <> $2::text
       group by 1 having count(*) > 1 order by 1 limit 1`,
    [column.name, value ?? ''],
  );
  const strange =
    column.type === 'date' ? '2020-01-01' : column.type.startsWith('timestamp') ? '2020-01-01T00:00:00' : '9';
  return [...rows.map(({ other }) => other), strange, ...(column.required ? [] : [null])].filter(
    (other) => other !== value,
  );
}
/** Records of the feed as it is now that were not there before, or not so. */
const differingRecords = (
  before: ReadonlyMap<RecordId, IndexRecord>,
  after: ReadonlyMap<RecordId, IndexRecord>,
): readonly RecordId[] =>
  [...after]
    .filter(([id, record]) => JSON.stringify(before.get(id)) !== JSON.stringify(record))
    .map(([id]) => id);
