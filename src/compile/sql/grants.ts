import { type AnyAdapter, grantedColumns } from '../../../adapters/contract.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { postgres } from '../dialects/postgres/postgres.ts';

/**
 * SQL that lets a login read the columns that the adapter names and no other. Whatever the login had there before is taken
 * away first, so that a column which the adapter no longer names is no longer readable. To be run as the owner of the tables.
 * @param schema where the agency's tables are; null for where the database looks by itself
 */
export const grantStatements = (
  adapter: AnyAdapter,
  login: string,
  schema: string | null = null,
  dialect: Dialect = postgres,
): string[] => dialect.grants(login, grantedColumns(adapter), schema);
