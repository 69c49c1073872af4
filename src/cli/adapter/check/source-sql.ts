import { type RawBuilder, sql } from 'kysely';
import type { AnyAgencyDatabase } from '../../../../adapters/contract.ts';

/** A column of any table that the login may know of, and what it may do with it. */
export interface ColumnRight {
  /** `TABLE.COLUMN`; with its schema before it where that is not the adapter's. */
  name: string;
  reads: boolean;
}

/** What a login may do in an agency's database. */
export interface Rights {
  columns: readonly ColumnRight[];
  /** What it may do beside reading columns, each in words. */
  beyond: readonly string[];
}

/** What checks ask of a database in its own words. */
export interface SourceSql {
  /** What it is, with its version. */
  version(db: AnyAgencyDatabase): Promise<string>;
  rights(db: AnyAgencyDatabase): Promise<Rights>;
  /** Lasts for so many seconds and reads nothing. The mark, of letters and digits, stands in its text. */
  sleeping(mark: string, seconds: number): string;
  /** Whether a statement with this mark is running. */
  isRunning(db: AnyAgencyDatabase, mark: string): Promise<boolean>;
}

export const postgresSql: SourceSql = {
  async version(db) {
    const [row] = await rowsOf<{ version: string }>(
      db,
      sql`select current_setting('server_version') as version`,
    );
    return `PostgreSQL ${row?.version ?? ''}`.trim();
  },
  async rights(db) {
    const columns = await rowsOf<ColumnRight>(
      db,
      sql`select case when n.nspname = current_schema() then '' else n.nspname || '.' end
          || c.relname || '.' || a.attname as name,
          has_schema_privilege(n.oid, 'USAGE') and has_column_privilege(c.oid, a.attnum, 'SELECT') as reads
        from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
          and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
        order by 1`,
    );
    const beyond = await rowsOf<{ may: string }>(
      db,
      sql`select 'is a superuser' as may from pg_catalog.pg_roles where rolname = current_user and rolsuper
        union all select 'passes by row security' from pg_catalog.pg_roles
          where rolname = current_user and rolbypassrls and not rolsuper
        union all select 'may make databases, logins or replicas' from pg_catalog.pg_roles
          where rolname = current_user and (rolcreatedb or rolcreaterole or rolreplication) and not rolsuper
        union all select 'may make tables in schema ' || nspname from pg_catalog.pg_namespace
          where nspname !~ '^pg_' and nspname <> 'information_schema' and has_schema_privilege(oid, 'CREATE')
        union all select 'may write ' || c.relname from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
            and n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(n.oid, 'USAGE')
            and (has_any_column_privilege(c.oid, 'INSERT, UPDATE')
              or has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER'))`,
    );
    return { columns, beyond: beyond.map(({ may }) => may) };
  },
  sleeping: (mark, seconds) => `select pg_sleep(${seconds}) /* ${mark} */`,
  async isRunning(db, mark) {
    const found = await rowsOf(
      db,
      sql`select 1 as one from pg_catalog.pg_stat_activity
        where state = 'active' and pid <> pg_backend_pid() and position(${mark} in query) > 0`,
    );
    return found.length > 0;
  },
};

async function rowsOf<Row>(db: AnyAgencyDatabase, statement: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await statement.execute(db);
  return rows as Row[];
}
