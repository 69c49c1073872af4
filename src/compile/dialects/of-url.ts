import type { DialectName } from '../../../adapters/contract.ts';
import type { Dialect } from './dialect.ts';
import { mysql } from './mysql/mysql.ts';
import { postgres } from './postgres/postgres.ts';

/** Which database an address is of, by its scheme. */
const SCHEMES: Readonly<Record<string, Dialect>> = {
  'postgres:': postgres,
  'postgresql:': postgres,
  'mysql:': mysql,
  'mariadb:': mysql,
};

/** Throws TypeError for an address of any other kind, without a word of what it says. */
export function dialectOf(url: string): Dialect {
  const dialect = URL.canParse(url) ? SCHEMES[new URL(url).protocol] : undefined;
  if (!dialect) throw new TypeError(`An address of none of ${Object.keys(SCHEMES).join(', ')}`);
  return dialect;
}

/** For people. */
export const DIALECT_WORDS: Readonly<Record<DialectName, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MariaDB and MySQL',
};
