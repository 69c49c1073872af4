import { type AnyAdapter, grantedColumns } from '../../../adapters/contract.ts';

/**
 * SQL that lets a login read the columns that the adapter names and no other, for one agency's PostgreSQL. Whatever the
 * login had in this schema before is taken away first, so that a column which the adapter no longer names is no longer
 * readable. To be run as the owner of the tables.
 * @param schema where the agency's tables are
 */
export function grantStatements(adapter: AnyAdapter, login: string, schema = 'public'): string[] {
  const reader = quoted(login);
  const columns = [...grantedColumns(adapter)].map(
    ([table, names]) =>
      `grant select (${[...names].map(quoted).join(', ')}) on ${quoted(schema)}.${quoted(table)} to ${reader}`,
  );
  return [
    `revoke all on all tables in schema ${quoted(schema)} from ${reader}`,
    `grant usage on schema ${quoted(schema)} to ${reader}`,
    ...columns,
  ];
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
