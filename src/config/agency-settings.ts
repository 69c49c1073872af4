import { unknownWord } from '../yaml/finding.ts';
import { SettingError } from './setting-error.ts';
import { readAgencySettings, SETTINGS, type Settings, settingOf } from './settings.ts';
import type { Tls } from './tls.ts';

/** How one agency's database is asked: all that is set of it, in one object. */
export interface AgencySettings {
  /** Null in the demo, which has addresses of its own. */
  url: string | null;
  /** For an agency's API; null where it takes none. */
  token: string | null;
  /** Null: as the address says. */
  tls: Tls | null;
  /** Null: as the address says. */
  schema: string | null;
  /** Milliseconds for one statement. */
  statementTimeoutMs: number;
  /** Connections for requests, at most. */
  maxConnections: number;
  /** Where its alerts are posted; null where they wait, or in the demo go to a file. */
  alertsUrl: string | null;
}

/** What the environment gives of each agency that has an adapter; times that it does not give are null. */
export type GivenAgencies = ReadonlyMap<
  string,
  Omit<AgencySettings, 'statementTimeoutMs'> & { statementTimeoutMs: number | null }
>;

/** `mental-health` → `MENTAL_HEALTH_DATABASE_URL`; where its alerts go is `ALERTS_MENTAL_HEALTH_URL`. */
export function agencySetting(agency: string, suffix = 'DATABASE_URL'): string {
  const name = agency.toUpperCase().replaceAll('-', '_');
  return suffix === 'ALERTS_URL' ? `ALERTS_${name}_URL` : `${name}_${suffix}`;
}

/**
 * What the settings say of each agency. `wrong` takes each setting that is mistyped or given twice, and an agency's own
 * host: this version cannot ask one, and to ignore it silently would be worse.
 */
export function readAgencies(
  env: NodeJS.ProcessEnv,
  agencies: readonly string[],
  wrong: (error: SettingError) => void,
): GivenAgencies {
  const read = agencies.map((agency) => {
    const nameOf = (suffix: string) => agencySetting(agency, suffix);
    const refuse = (suffix: string, why: string) => wrong(new SettingError(nameOf(suffix), why));
    if (env[nameOf('ENDPOINT')]) refuse('ENDPOINT', `cannot be used yet; give ${nameOf('DATABASE_URL')}`);
    const given = readAgencySettings(env, nameOf, wrong);
    const words = wordsOf(given.DATABASE_URL);
    const twice = (what: string) => `cannot be given with ${what} in ${nameOf('DATABASE_URL')}: say it once`;
    const [ssl] = words.filter((word) => /^(ssl|uselibpqcompat)/.test(word));
    if (given.DATABASE_TLS !== null && ssl !== undefined) refuse('DATABASE_TLS', twice(ssl));
    const [schema] = words.filter((word) => word === 'schema' || word === 'options');
    if (given.SCHEMA !== null && schema !== undefined) refuse('SCHEMA', twice(schema));
    const isApi = given.DATABASE_URL?.startsWith('http') ?? false;
    const onlyOf = (what: string) => `is for ${what}, and ${nameOf('DATABASE_URL')} is the address of none`;
    if (isApi && given.DATABASE_TLS !== null)
      refuse(
        'DATABASE_TLS',
        `${onlyOf('a database')}; for an API whose authority is not known give NODE_EXTRA_CA_CERTS`,
      );
    if (isApi && given.SCHEMA !== null) refuse('SCHEMA', onlyOf('a database'));
    if (!isApi && given.DATABASE_URL !== null && given.API_TOKEN !== null)
      refuse('API_TOKEN', onlyOf('an API'));
    const settings = {
      url: given.DATABASE_URL,
      token: given.API_TOKEN,
      tls: given.DATABASE_TLS,
      schema: given.SCHEMA,
      statementTimeoutMs: given.TIMEOUT_MS,
      maxConnections: given.POOL_SIZE,
      alertsUrl: given.ALERTS_URL,
    };
    return [agency, settings] as const;
  });
  return new Map(read);
}

/** What an address says behind its `?`. */
function wordsOf(url: string | null): readonly string[] {
  return url !== null && URL.canParse(url) ? [...new URL(url).searchParams.keys()] : [];
}

/**
 * Ids of the agencies that ENABLED_AGENCIES names, in the fixed order of `agencies`; null where it is not given. An id
 * that no adapter has goes to `wrong`, with the one that was probably meant.
 */
export function readEnabled(
  { ENABLED_AGENCIES: given }: Pick<Settings, 'ENABLED_AGENCIES'>,
  agencies: readonly string[],
  wrong: (error: SettingError) => void,
): readonly string[] | null {
  if (given === null) return null;
  const named = given.split(/[\s,]+/).filter((word) => word !== '');
  for (const word of named)
    if (!agencies.includes(word))
      wrong(new SettingError('ENABLED_AGENCIES', `names an ${unknownWord('agency', word, agencies)}`));
  if (named.length === 0) wrong(new SettingError('ENABLED_AGENCIES', 'must name an agency'));
  return agencies.filter((agency) => named.includes(agency));
}

/** Each agency with its address, from the settings or else from the demo. An agency without an address is left out. */
export function agenciesAt(
  agencies: ReadonlyMap<string, AgencySettings>,
  demoUrls: Readonly<Record<string, string>>,
): ReadonlyMap<string, AgencySettings & { url: string }> {
  const placed = [...agencies].flatMap(([agency, settings]) => {
    const url = settings.url ?? demoUrls[agency];
    return url === undefined ? [] : [[agency, { ...settings, url }] as const];
  });
  return new Map(placed);
}

/**
 * The agencies of a gateway with these settings: those that ENABLED_AGENCIES names, else those with an address, else
 * (as in the demo) all. For commands that need no other setting. Throws SettingError.
 */
export function enabledAgencies(env: NodeJS.ProcessEnv, agencies: readonly string[]): readonly string[] {
  const refuse = (error: SettingError) => {
    throw error;
  };
  const named = readEnabled(
    { ENABLED_AGENCIES: settingOf(env, 'ENABLED_AGENCIES', SETTINGS.common.ENABLED_AGENCIES.read) },
    agencies,
    refuse,
  );
  const addressed = agencies.filter((agency) => env[agencySetting(agency)]?.trim());
  return named ?? (addressed.length > 0 ? addressed : agencies);
}
