import type { AgencyDatabaseOptions } from '../../compile/run/agency-database.ts';
import { agencySetting, readAgencies } from '../../config/agency-settings.ts';
import { throwAll } from '../../config/setting-error.ts';

/** An agency's own database cannot be asked. Its message says what to give. */
export class NoAddressError extends Error {
  override readonly name = 'NoAddressError';
  readonly code = 'NO_ADDRESS';
}

/** Milliseconds for one statement of a command. */
const COMMAND_MS = 30_000;
/** Statements of one command that may wait. */
const QUEUE = 50;

/**
 * How an agency's own database is asked, by its settings: at `<AGENCY>_DATABASE_URL`, which is never on the command line.
 * @throws NoAddressError where it is not given; SettingError
 */
export function ownDatabase(agency: string, env: NodeJS.ProcessEnv): AgencyDatabaseOptions {
  const wrong: Parameters<typeof throwAll>[0][number][] = [];
  const given = readAgencies(env, [agency], (error) => void wrong.push(error)).get(agency);
  throwAll(wrong);
  const setting = agencySetting(agency);
  if (!given || given.url === null)
    throw new NoAddressError(
      `Give ${setting}, the address of the database of ${agency}, such as postgres://reader:password@host/database`,
    );
  return {
    ...{ ...given, url: given.url, agency, log: { info() {}, warn() {}, error() {} } },
    ...{ statementTimeoutMs: given.statementTimeoutMs ?? COMMAND_MS, queueLimit: QUEUE },
  };
}

/** Where and as whom, for people: without the password. */
export function placeOf(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${decodeURIComponent(pathname.slice(1))} at ${host || 'this machine'} as ${decodeURIComponent(username) || 'nobody'}`;
}
