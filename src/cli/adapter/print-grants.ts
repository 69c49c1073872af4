import { findAdapters } from '../../adapters-found.ts';
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
  const schema = flags.schema ?? env[agencySetting(agency, 'SCHEMA')]?.trim() ?? (url && schemaOf(url));
  const lines = grantStatements(adapter, login || USUAL_LOGIN, schema || 'public');
  out(
    [
      `-- What the adapter ${agency} reads, for its login ${login || USUAL_LOGIN} on PostgreSQL. To be run by the owner of the tables.`,
      '-- Once before: create role … login password …; grant connect on database … to …; it needs nothing else, and no role.',
      ...lines.map((line) => `${line};`),
      '',
    ].join('\n'),
  );
  return 0;
}
