import type { DialectName } from '../../../adapters/contract.ts';
import { findAdapters } from '../../adapters-found.ts';
import { DIALECT_WORDS, dialectOf } from '../../compile/dialects/of-url.ts';
import { postgres } from '../../compile/dialects/postgres/postgres.ts';
import { grantStatements } from '../../compile/sql/grants.ts';
import { agencySetting } from '../../config/agency-settings.ts';
import { schemaOf } from '../../session.ts';
import type { AdapterCommandDeps } from './tables.ts';

export interface GrantsFlags {
  schema?: string;
  login?: string;
}

/** The login that is meant where neither the command nor the address names one. */
const USUAL_LOGIN = 'sightline';

const isApi = (url: string): boolean => /^https?:/.test(url);

/** Where the tables are, as the address says. */
const PLACES: Readonly<Record<DialectName, (url: string) => string>> = {
  postgres: schemaOf,
  mysql: (url) => decodeURIComponent(new URL(url).pathname.slice(1)),
};
/** How the login is made. */
const BEFORE: Readonly<Record<DialectName, string>> = {
  postgres: 'create role … login password …; grant connect on database … to …',
  mysql: "create user …@'%' identified by …",
};

/**
 * `adapter grants`: prints the SQL by which a DBA lets the gateway's login read what the adapter names, and nothing else.
 * Asks no database.
 */
export async function printGrants(
  { root, env, out }: Pick<AdapterCommandDeps, 'root' | 'env' | 'out'>,
  agency: string,
  flags: GrantsFlags,
): Promise<number> {
  const [adapter] = await findAdapters(root, [agency]);
  if (!adapter) return 1;
  const address = env[agencySetting(agency)]?.trim();
  const url = address !== undefined && URL.canParse(address) ? address : null;
  const login = flags.login ?? (url === null ? '' : decodeURIComponent(new URL(url).username));
  const dialect = url === null || isApi(url) ? postgres : dialectOf(url);
  const own = url === null ? null : PLACES[dialect.name](url);
  const schema = flags.schema || env[agencySetting(agency, 'SCHEMA')]?.trim() || own || null;
  const lines = grantStatements(adapter, login || USUAL_LOGIN, schema, dialect);
  out(
    [
      `-- What the adapter ${agency} reads, for its login ${login || USUAL_LOGIN} on ${DIALECT_WORDS[dialect.name]}. To be run by the owner of the tables.`,
      `-- Once before: ${BEFORE[dialect.name]}; it needs nothing else, and no role.`,
      ...lines.map((line) => `${line};`),
      '',
    ].join('\n'),
  );
  return 0;
}
