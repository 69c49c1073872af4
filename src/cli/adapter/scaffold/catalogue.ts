import { type RawBuilder, sql, type TableMetadata } from 'kysely';
import type { AnyAgencyDatabase } from '../../../../adapters/contract.ts';
import { catalogueOf } from '../described-tables.ts';

export interface FoundColumn {
  name: string;
  /** As PostgreSQL names its types, whichever the database. */
  dataType: string;
  /** Of text: how long it may be; null where that is not said. */
  length: number | null;
  nullable: boolean;
  comment: string | null;
}

export interface FoundTable {
  name: string;
  columns: readonly FoundColumn[];
  /** Columns of its primary key; none where the database knows of none. */
  key: readonly string[];
  /** Column → the column of another table that it names, `TABLE.COLUMN`, as the database holds it to. */
  references: ReadonlyMap<string, string>;
}

/** A database as its own catalogue has it, and what `tables.ts` is made from. */
export interface FoundCatalogue {
  tables: readonly FoundTable[];
  described: readonly TableMetadata[];
}

interface KeyRow {
  table: string;
  column: string;
  kind: string;
  other: string | null;
}

/** Tables, columns and keys of the schema that a session finds without naming it. No row is read. */
export async function readPostgresCatalogue(db: AnyAgencyDatabase): Promise<FoundCatalogue> {
  const described = await catalogueOf(db);
  const lengths = await rowsOf<{ name: string; length: number }>(
    db,
    sql`select c.relname || '.' || a.attname as name, a.atttypmod - 4 as length
      from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
      where c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and a.atttypmod > 4
        and a.atttypid in ('varchar'::regtype, 'bpchar'::regtype)`,
  );
  const keys = await rowsOf<KeyRow>(
    db,
    sql`select t.relname as "table", a.attname as "column", k.contype::text as kind,
        case when k.contype = 'f' then o.relname || '.' || oa.attname end as other
      from pg_catalog.pg_constraint k join pg_catalog.pg_class t on t.oid = k.conrelid
        cross join lateral unnest(k.conkey) with ordinality as c (attnum, at)
        join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = c.attnum
        left join pg_catalog.pg_class o on o.oid = k.confrelid
        left join pg_catalog.pg_attribute oa on oa.attrelid = o.oid and oa.attnum = k.confkey[c.at]
      where t.relnamespace = current_schema()::regnamespace and k.contype in ('p', 'f')
      order by t.relname, c.at`,
  );
  return {
    described,
    tables: foundTables(described, new Map(lengths.map((one) => [one.name, one.length])), keys),
  };
}

export function foundTables(
  described: readonly TableMetadata[],
  lengths: ReadonlyMap<string, number>,
  keys: readonly KeyRow[],
): FoundTable[] {
  return described.map(({ name, columns }) => {
    const own = keys.filter(({ table }) => table === name);
    return {
      name,
      columns: columns.map((column) => ({
        ...{ name: column.name, dataType: column.dataType, nullable: column.isNullable },
        length: lengths.get(`${name}.${column.name}`) ?? null,
        comment: column.comment ?? null,
      })),
      key: own.filter(({ kind }) => kind === 'p').map(({ column }) => column),
      references: new Map(
        own.flatMap(({ column, other, kind }) =>
          kind === 'f' && other !== null ? [[column, other] as const] : [],
        ),
      ),
    };
  });
}

async function rowsOf<Row>(db: AnyAgencyDatabase, statement: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await statement.execute(db);
  return rows as Row[];
}
