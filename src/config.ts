import { join } from 'node:path';
import { ISSUER_DEFAULTS, type Issuer } from './caller/issuers.ts';
import {
  type AgencySettings,
  agencySetting,
  type GivenAgencies,
  readAgencies,
  readEnabled,
} from './config/agency-settings.ts';
import { type CountingTable, readCountingTable } from './config/counting-table.ts';
import { readIssuersFile } from './config/issuers-file.ts';
import { misspeltSettings } from './config/misspelt.ts';
import { SettingError, throwAll } from './config/setting-error.ts';
import { readSettings, type Settings } from './config/settings.ts';

/**
 * What runs behind the gateway: the embedded demo with made-up data, or the databases and issuers that settings name.
 */
export type Deployment =
  | { kind: 'demo' }
  | {
      kind: 'production';
      databaseUrl: string;
      issuers: readonly Issuer[];
    };

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
  /** The secret of counts; null for the one in the data directory. */
  countingKey: string | null;
  /** The place's own perturbation table; null for Sightline's. */
  countingTable: CountingTable | null;
  alertsSigningKey: string | null;
  /** A sharing file comes into force only once it is signed. */
  policySignatures: boolean;
  /** Whether documents have ids, and whether others are answered. */
  trustedDocuments: Settings['TRUSTED_DOCUMENTS'];
  /** The agencies that this place has, in their fixed order, and all that is set of each. */
  agencies: ReadonlyMap<string, AgencySettings>;
  /** Milliseconds between passes of the feeds to the person index; null for the usual. */
  feedIntervalMs: number | null;
  logLevel: NonNullable<Settings['LOG_LEVEL']>;
  /** Minutes without use after which our own pages lock. */
  idleLockMinutes: number;
  /** The address at which others reach the public listener, behind a proxy; null: as they ask. */
  publicUrl: URL | null;
  /** Who reads the output. Null: people if it goes to a terminal, machines otherwise. */
  logFormat: Settings['LOG_FORMAT'];
  deployment: Deployment;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * The configuration from the environment. `agencies` are the ids of those that have an adapter, `root` the project's
 * folder. Throws SettingError, with a line for each setting that is missing, wrong or probably misspelt.
 */
export function readConfig(env: NodeJS.ProcessEnv, agencies: readonly string[], root: string): Config {
  const mistakes: SettingError[] = [];
  const wrong = (error: SettingError) => void mistakes.push(error);
  const settings = readSettings(env, wrong);
  const all = readAgencies(env, agencies, wrong);
  const named = readEnabled(settings, agencies, wrong);
  const countingTable = readCountingTable(settings.COUNTING_TABLE, wrong);
  const isWrong = new Set(mistakes.map(({ setting }) => setting));
  const deployment = deploymentOf(settings, all, named, (error) => {
    // What was given wrong is not missing as well.
    if (!isWrong.has(error.setting)) wrong(error);
  });
  const isDemo = deployment.kind === 'demo';
  // In the demo one machine carries the gateway and ten agencies.
  const timeoutMs = settings.AGENCY_TIMEOUT_MS ?? (isDemo ? 10_000 : 2_000);
  const enabled = [...all].filter(([agency, own]) => named?.includes(agency) ?? (isDemo || hasAddress(own)));
  throwAll([...mistakes, ...misspeltSettings(env, agencies)]);
  return {
    host: settings.HOST,
    port: settings.PORT,
    operatorHost: settings.OPERATOR_HOST,
    operatorPort: settings.OPERATOR_PORT,
    dataDir: dataDirOf(env, root),
    indexKey: settings.INDEX_KEY,
    indexKeyPrevious: settings.INDEX_KEY_PREVIOUS,
    registerSigningKey: settings.REGISTER_SIGNING_KEY,
    countingKey: settings.COUNTING_KEY,
    countingTable,
    alertsSigningKey: settings.ALERTS_SIGNING_KEY,
    trustedDocuments: settings.TRUSTED_DOCUMENTS,
    policySignatures: settings.POLICY_SIGNATURES === 'required',
    agencies: new Map(
      enabled.map(([agency, own]) => [
        agency,
        { ...own, statementTimeoutMs: own.statementTimeoutMs ?? timeoutMs },
      ]),
    ),
    feedIntervalMs: settings.FEED_INTERVAL_MS,
    // People who try the demo read its console, so its log says less than a gateway's.
    logLevel: settings.LOG_LEVEL ?? (isDemo ? 'warn' : 'info'),
    idleLockMinutes: settings.IDLE_LOCK_MINUTES,
    publicUrl: settings.PUBLIC_URL === null ? null : new URL(settings.PUBLIC_URL),
    logFormat: settings.LOG_FORMAT,
    deployment,
  };
}

/** Where this machine's gateway keeps what is its own. */
export function dataDirOf(env: NodeJS.ProcessEnv, root: string): string {
  return env.DATA_DIR?.trim() || join(root, '.sightline');
}

/**
 * The demo if no setting names a database, an issuer or an agency; production if all are named. If only some are, each
 * missing one goes to `wrong`.
 */
function deploymentOf(
  settings: Settings,
  agencies: GivenAgencies,
  enabled: readonly string[] | null,
  wrong: (error: SettingError) => void,
): Deployment {
  const { DATABASE_URL } = settings;
  const named = firstNamed(settings, agencies);
  if (named === null) {
    for (const name of ['HOST', 'OPERATOR_HOST'] as const)
      if (!LOOPBACK.has(settings[name])) wrong(new SettingError(name, OPEN_DEMO));
    return { kind: 'demo' };
  }
  const missing = (name: string) => wrong(new SettingError(name, `is missing: it is needed with ${named}`));
  if (DATABASE_URL === null) missing('DATABASE_URL');
  const addressed = [...agencies].flatMap(([agency, own]) => (hasAddress(own) ? [agency] : []));
  for (const agency of enabled ?? [])
    if (!addressed.includes(agency))
      wrong(new SettingError(agencySetting(agency), 'is missing: ENABLED_AGENCIES names the agency'));
  if (enabled === null && addressed.length === 0) {
    const names = [...agencies.keys()].map((agency) => agencySetting(agency));
    const why = `is missing: the address of one agency at least is needed with ${named}: ${names.join(', ')}`;
    wrong(new SettingError('<AGENCY>_DATABASE_URL', why));
  }
  const issuers = issuersNamed(settings, missing, wrong);
  return { kind: 'production', databaseUrl: DATABASE_URL ?? '', issuers };
}

/** The issuers of tokens that the settings name, whatever else they name; none in the demo. Throws SettingError. */
export function readIssuers(env: NodeJS.ProcessEnv): readonly Issuer[] {
  const mistakes: SettingError[] = [];
  const wrong = (error: SettingError) => void mistakes.push(error);
  const settings = readSettings(env, wrong);
  const named = (['ISSUERS_FILE', ...OIDC_SETTINGS] as const).find((name) => settings[name] !== null);
  const missing = (name: string) => wrong(new SettingError(name, `is missing: it is needed with ${named}`));
  const issuers = named === undefined ? [] : issuersNamed(settings, missing, wrong);
  throwAll(mistakes);
  return issuers;
}

/** The issuers of ISSUERS_FILE, or the one of the OIDC_ settings; none if those are missing or wrong. */
function issuersNamed(
  settings: Settings,
  missing: (setting: string) => void,
  wrong: (error: SettingError) => void,
): readonly Issuer[] {
  const { ISSUERS_FILE, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_SCOPE, OIDC_RESOURCE } = settings;
  if (ISSUERS_FILE !== null) {
    for (const name of OIDC_SETTINGS)
      if (settings[name] !== null)
        wrong(new SettingError(name, 'cannot be given with ISSUERS_FILE: say it there'));
    try {
      return readIssuersFile(ISSUERS_FILE);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      wrong(error);
      return [];
    }
  }
  if (OIDC_ISSUER === null) missing('OIDC_ISSUER');
  if (OIDC_AUDIENCE === null) missing('OIDC_AUDIENCE');
  if (OIDC_ISSUER === null || OIDC_AUDIENCE === null) return [];
  const signIn = OIDC_CLIENT_ID !== null && {
    ...{ clientId: OIDC_CLIENT_ID, scope: OIDC_SCOPE, resource: OIDC_RESOURCE, maxAgeSeconds: null },
  };
  return [{ ...ISSUER_DEFAULTS, issuer: OIDC_ISSUER, audiences: [OIDC_AUDIENCE], signIn: signIn || null }];
}

const OIDC_SETTINGS = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_CLIENT_ID', 'OIDC_RESOURCE'] as const;

/** Its database, or a host of its own. */
const hasAddress = ({ url, endpoint }: Pick<AgencySettings, 'url' | 'endpoint'>): boolean =>
  url !== null || endpoint !== null;

/** The setting that makes this more than the demo, null if none does. */
function firstNamed(settings: Settings, agencies: GivenAgencies): string | null {
  const names = ['DATABASE_URL', 'ISSUERS_FILE', ...OIDC_SETTINGS] as const;
  const named = names.find((name) => settings[name] !== null);
  if (named) return named;
  const [found] = [...agencies].filter(([, own]) => hasAddress(own));
  if (found === undefined) return null;
  const [agency, { url }] = found;
  return agencySetting(agency, url === null ? 'ENDPOINT' : 'DATABASE_URL');
}

const OPEN_DEMO =
  'must be a loopback address (127.0.0.1, ::1 or localhost) in the demo, where anybody may sign in; to serve others, give DATABASE_URL, OIDC_ISSUER and the agencies';
