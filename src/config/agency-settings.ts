import { join } from 'node:path';
import { unknownWord } from '../yaml/finding.ts';
import { SettingError } from './setting-error.ts';
import {
  type AgencyOwnSettings,
  readAgencySettings,
  SETTINGS,
  type Settings,
  settingOf,
} from './settings.ts';
import type { Tls } from './tls.ts';

/** How one agency's database is asked: all that is set of it, in one object. */
export interface AgencySettings {
  /** Null in the demo, which has addresses of its own, and where it has a host. */
  url: string | null;
  /** For an agency's API; null where it takes none. */
  token: string | null;
  /** Its own host, which is asked in place of its database; null where it has none. */
  endpoint: EndpointSettings | null;
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

/** Where an agency's own host is, and what it is asked with: paths of files. */
export interface EndpointSettings {
  url: string;
  hostKeysFile: string;
  /** Null for the key in the data directory. */
  keyFile: string | null;
  caFile: string | null;
  certFile: string | null;
  certKeyFile: string | null;
}

/** What the environment gives of each agency that has an adapter; times that it does not give are null. */
export type GivenAgencies = ReadonlyMap<
  string,
  Omit<AgencySettings, 'statementTimeoutMs'> & { statementTimeoutMs: number | null }
>;

/** Either says where an agency is asked. */
export const ADDRESSES = ['DATABASE_URL', 'ENDPOINT'] as const;

/** `mental-health` → `MENTAL_HEALTH_DATABASE_URL`; where its alerts go is `ALERTS_MENTAL_HEALTH_URL`. */
export function agencySetting(agency: string, suffix = 'DATABASE_URL'): string {
  const name = agency.toUpperCase().replaceAll('-', '_');
  return suffix === 'ALERTS_URL' ? `ALERTS_${name}_URL` : `${name}_${suffix}`;
}

/** What the settings say of each agency. `wrong` takes each setting that is mistyped, given twice, or given without another. */
export function readAgencies(
  env: NodeJS.ProcessEnv,
  agencies: readonly string[],
  wrong: (error: SettingError) => void,
): GivenAgencies {
  const read = agencies.map((agency) => {
    const nameOf = (suffix: string) => agencySetting(agency, suffix);
    const refuse = (suffix: string, why: string) => wrong(new SettingError(nameOf(suffix), why));
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
      endpoint: endpointOf(given, nameOf, refuse),
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

const OF_ENDPOINT = [
  'ENDPOINT_HOST_KEYS_FILE',
  'ENDPOINT_KEY_FILE',
  'ENDPOINT_CA_FILE',
  'ENDPOINT_CERT_FILE',
  'ENDPOINT_CERT_KEY_FILE',
] as const;

/** An agency is asked through its host or in its database: who names both has one of them by mistake. */
function endpointOf(
  given: AgencyOwnSettings,
  nameOf: (suffix: string) => string,
  refuse: (suffix: string, why: string) => void,
): EndpointSettings | null {
  const { ENDPOINT: url, ENDPOINT_HOST_KEYS_FILE: hostKeysFile } = given;
  if (url === null) {
    for (const name of OF_ENDPOINT)
      if (given[name] !== null) refuse(name, `is given without ${nameOf('ENDPOINT')}`);
    return null;
  }
  if (given.DATABASE_URL !== null)
    refuse('ENDPOINT', `cannot be given with ${nameOf('DATABASE_URL')}: its host is asked, or its database`);
  if (hostKeysFile === null)
    refuse('ENDPOINT_HOST_KEYS_FILE', `is missing: it is needed with ${nameOf('ENDPOINT')}`);
  const { ENDPOINT_CERT_FILE: certFile, ENDPOINT_CERT_KEY_FILE: certKeyFile } = given;
  if ((certFile === null) !== (certKeyFile === null)) {
    const [missing, other] =
      certFile === null
        ? (['ENDPOINT_CERT_FILE', 'ENDPOINT_CERT_KEY_FILE'] as const)
        : (['ENDPOINT_CERT_KEY_FILE', 'ENDPOINT_CERT_FILE'] as const);
    refuse(missing, `is missing: it is needed with ${nameOf(other)}`);
  }
  const { ENDPOINT_KEY_FILE: keyFile, ENDPOINT_CA_FILE: caFile } = given;
  return { url, hostKeysFile: hostKeysFile ?? '', keyFile, caFile, certFile, certKeyFile };
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

/** Where a data directory has the key by which questions to an agency's own host are signed. */
export const endpointKeyFile = (dataDir: string, agency: string): string =>
  join(dataDir, 'endpoints', `${agency}.pem`);

/** Each agency that is asked through its own host, with how. */
export function hostsAt(agencies: ReadonlyMap<string, AgencySettings>, dataDir: string) {
  const hosted = [...agencies].flatMap(([agency, { endpoint, statementTimeoutMs: timeoutMs }]) => {
    if (endpoint === null) return [];
    const keyFile = endpoint.keyFile ?? endpointKeyFile(dataDir, agency);
    return [[agency, { ...endpoint, keyFile, timeoutMs }] as const];
  });
  return new Map(hosted);
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
  const addressed = agencies.filter((agency) =>
    ADDRESSES.some((name) => env[agencySetting(agency, name)]?.trim()),
  );
  return named ?? (addressed.length > 0 ? addressed : agencies);
}
