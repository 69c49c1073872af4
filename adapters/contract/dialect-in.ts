import { type Kysely, MysqlAdapter } from 'kysely';
import type { DialectName } from './adapter.ts';

/** Which kind of database this is: for what no words write alike for all of them. */
export const dialectIn = (db: Pick<Kysely<never>, 'getExecutor'>): DialectName =>
  db.getExecutor().adapter instanceof MysqlAdapter ? 'mysql' : 'postgres';
