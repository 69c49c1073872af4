import { join } from 'node:path';
import { agencySetting, readAgencyUrls } from './config/agency-settings.ts';
import { SettingError } from './config/setting-error.ts';
import { readSettings, type Settings } from './config/settings.ts';

export interface Oidc {
  issuer: string;
  audience: string;
  /** Of the public client for GraphiQL's sign-in; null if there is none. */
  clientId: string | null;
}

/** What runs behind the gateway: all embedded and made up, or all named. */
export type Deployment =
  | { kind: 'demo' }
  | { kind: 'production'; databaseUrl: string; agencyUrls: Readonly<Record<string, string>>; oidc: Oidc };

export interface Config {
  host: string;
  port: number;
  operatorHost: string;
  operatorPort: number;
  /** For keys, the register's spool and signed heads, and the demo's databases. */
  dataDir: string;
  indexKey: string | null;
  indexKeyPrevious: string | null;
  registerSigningKey: string | null;
  /** Milliseconds that an agency has for one statement. */
  agencyTimeoutMs: number;
  /** Milliseconds between passes of the feeds to the person index; null for the usual. */
  feedIntervalMs: number | null;
  logLevel: NonNullable<Settings['LOG_LEVEL']>;
  deployment: Deployment;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * The configuration from the environment. `agencies` are the ids of those that have an adapter, `root` the project's
 * folder. Throws SettingError, whose one line names the setting.
 */
export function readConfig(env: NodeJS.ProcessEnv, agencies: readonly string[], root: string): Config {
  const settings = readSettings(env);
  const deployment = deploymentOf(settings, readAgencyUrls(env, agencies), agencies);
  return {
    host: settings.HOST,
    port: settings.PORT,
    operatorHost: settings.OPERATOR_HOST,
    operatorPort: settings.OPERATOR_PORT,
    dataDir: dataDirOf(env, root),
    indexKey: settings.INDEX_KEY,
    indexKeyPrevious: settings.INDEX_KEY_PREVIOUS,
    registerSigningKey: settings.REGISTER_SIGNING_KEY,
    agencyTimeoutMs: settings.AGENCY_TIMEOUT_MS,
    feedIntervalMs: settings.FEED_INTERVAL_MS,
    // Whoever tries the demo reads its console; whoever runs a gateway reads its log.
    logLevel: settings.LOG_LEVEL ?? (deployment.kind === 'demo' ? 'warn' : 'info'),
    deployment,
  };
}

/** Where this machine's gateway keeps what is its own. */
export function dataDirOf(env: NodeJS.ProcessEnv, root: string): string {
  return env.DATA_DIR?.trim() || join(root, '.sightline');
}

/** Nothing named is the demo; everything named is production; anything between is a mistake, and is said so. */
function deploymentOf(
  settings: Settings,
  agencyUrls: Readonly<Record<string, string>>,
  agencies: readonly string[],
): Deployment {
  const { DATABASE_URL, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLIENT_ID } = settings;
  const named = firstNamed(settings, agencyUrls);
  if (named === null) {
    refuseOpenDemo('HOST', settings.HOST);
    refuseOpenDemo('OPERATOR_HOST', settings.OPERATOR_HOST);
    return { kind: 'demo' };
  }
  const missing = (setting: string) => new SettingError(setting, `is missing: it is needed with ${named}`);
  if (DATABASE_URL === null) throw missing('DATABASE_URL');
  const without = agencies.find((agency) => agencyUrls[agency] === undefined);
  if (without !== undefined) throw missing(agencySetting(without));
  if (OIDC_ISSUER === null) throw missing('OIDC_ISSUER');
  if (OIDC_AUDIENCE === null) throw missing('OIDC_AUDIENCE');
  const oidc = { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, clientId: OIDC_CLIENT_ID };
  return { kind: 'production', databaseUrl: DATABASE_URL, agencyUrls, oidc };
}

/** The setting that makes this more than the demo, null if none does. */
function firstNamed(settings: Settings, agencyUrls: Readonly<Record<string, string>>): string | null {
  const names = ['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_CLIENT_ID'] as const;
  const named = names.find((name) => settings[name] !== null);
  if (named) return named;
  const [agency] = Object.keys(agencyUrls);
  return agency === undefined ? null : agencySetting(agency);
}

function refuseOpenDemo(setting: string, host: string): void {
  if (LOOPBACK.has(host)) return;
  const why =
    'must be a loopback address (127.0.0.1, ::1 or localhost) in the demo, where anybody may sign in';
  throw new SettingError(setting, `${why}; to serve others, give DATABASE_URL, OIDC_ISSUER and the agencies`);
}
