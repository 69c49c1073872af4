import type { TableMetadata } from 'kysely';
import mysql from 'mysql2/promise';
import { type FoundCatalogue, foundTables } from './catalogue.ts';

/** MariaDB's and MySQL's types by the names that PostgreSQL has for them; any other is of no known type. */
const TYPES: Readonly<Record<string, string>> = {
  ...{
    varchar: 'varchar',
    char: 'bpchar',
    tinytext: 'text',
    text: 'text',
    mediumtext: 'text',
    longtext: 'text',
  },
  ...{ enum: 'varchar', set: 'varchar', tinyint: 'int2', smallint: 'int2', mediumint: 'int4', int: 'int4' },
  ...{ bigint: 'int8', decimal: 'numeric', float: 'float4', double: 'float8', year: 'int2' },
  ...{ date: 'date', datetime: 'timestamp', timestamp: 'timestamp', time: 'time' },
};

interface ColumnRow {
  table: string;
  column: string;
  type: string;
  length: number | string | null;
  nullable: string;
  comment: string | null;
  view: number | string;
}
interface KeyRow {
  table: string;
  column: string;
  kind: string;
  other: string | null;
}

/** Milliseconds for one statement, and to connect. */
const LOOK_MS = 30_000;

/** Asks a MariaDB or MySQL in a session that cannot write. `ask` gives the rows of one statement. */
export async function withMariadb<T>(
  url: string,
  work: (ask: <Row>(statement: string, values?: readonly unknown[]) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const connection = await mysql.createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    ...{ dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, connectTimeout: LOOK_MS },
  });
  try {
    await connection.query('set session transaction read only');
    return await work(async <Row>(statement: string, values: readonly unknown[] = []) => {
      const [rows] = await connection.query({ sql: statement, values: [...values], timeout: LOOK_MS });
      return rows as Row[];
    });
  } finally {
    connection.destroy();
  }
}

/** Tables, columns and keys of the database that the address names. No row is read. */
export async function readMariadbCatalogue(
  ask: <Row>(statement: string, values?: readonly unknown[]) => Promise<Row[]>,
): Promise<FoundCatalogue> {
  const columns = await ask<ColumnRow>(
    `select c.table_name as \`table\`, c.column_name as \`column\`, c.data_type as type,
        c.character_maximum_length as length, c.is_nullable as nullable, c.column_comment as comment,
        t.table_type = 'VIEW' as view
      from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = database() order by c.table_name, c.ordinal_position`,
  );
  const keys = await ask<KeyRow>(
    `select table_name as \`table\`, column_name as \`column\`,
        case when constraint_name = 'PRIMARY' then 'p' else 'f' end as kind,
        case when referenced_table_name is not null then concat(referenced_table_name, '.', referenced_column_name) end as other
      from information_schema.key_column_usage
      where table_schema = database() and (constraint_name = 'PRIMARY' or referenced_table_name is not null)
      order by table_name, ordinal_position`,
  );
  const described: TableMetadata[] = [...new Set(columns.map(({ table }) => table))].map((name) => ({
    name,
    isView: columns.some(({ table, view }) => table === name && Number(view) === 1),
    isForeign: false,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ column, type, nullable, comment }) => ({
        ...{ name: column, dataType: TYPES[type] ?? type, isNullable: nullable === 'YES' },
        ...{ isAutoIncrementing: false, hasDefaultValue: false, ...(comment && { comment }) },
      })),
  }));
  const lengths = columns.flatMap(({ table, column, type, length }) =>
    /char$/.test(type) && length !== null ? [[`${table}.${column}`, Number(length)] as const] : [],
  );
  return { described, tables: foundTables(described, new Map(lengths), keys) };
}
