import { z } from 'zod';
import { type AgencySettings, agencySetting, readAgencies } from './agency-settings.ts';
import { misspeltSettings } from './misspelt.ts';
import { SettingError, throwAll } from './setting-error.ts';
import { databaseUrl, numbered, optionalText, readGroup, SETTINGS, setting } from './settings.ts';

const { common } = SETTINGS;

/** Settings of an agency's own host, `npx sightline adapter serve`, besides those of its database. */
export const HOST_SETTINGS = {
  HOST: setting(z.string().default('127.0.0.1'), '`127.0.0.1`', 'where gateways ask it'),
  PORT: setting(numbered('a port number', 0, 65_535).default(4443), '4443', 'its port'),
  OPERATOR_HOST: setting(
    z.string().default('127.0.0.1'),
    '`127.0.0.1`',
    'where its metrics and health are served; keep it from everybody else',
  ),
  OPERATOR_PORT: setting(numbered('a port number', 0, 65_535).default(4444), '4444', 'its port'),
  DATABASE_URL: setting(
    databaseUrl.nullable().default(null),
    null,
    'its own store (PostgreSQL), for its register and nothing else; not the agency’s database, and not the gateway’s store',
  ),
  DATA_DIR: setting(
    optionalText,
    '`.sightline` in the project',
    'its keys, and the register’s spool and signed heads. It must outlive a restart; back it up',
  ),
  POLICY_DIR: setting(
    optionalText,
    'the project',
    'the folder with the agency’s own policy: `schema/purposes.yaml` and `adapters/<agency>/sharing.yaml`',
  ),
  TLS_CERT_FILE: setting(optionalText, null, 'its certificate (PEM) for the name by which gateways ask it'),
  TLS_KEY_FILE: setting(optionalText, null, 'the private key of that certificate (PEM)'),
  TLS_CLIENT_CA_FILE: setting(
    optionalText,
    'none is asked for',
    'a PEM file with authorities: only who shows a certificate by one of them is spoken to at all (mutual TLS)',
  ),
  GATEWAY_KEYS_FILE: setting(
    optionalText,
    null,
    'a file with the public keys (JWKS) of the gateway; read again when it changes. A key holds until it is taken out',
  ),
  QUESTIONS_PER_MINUTE: setting(
    numbered('questions', 1, 1_000_000).default(6_000),
    '6000',
    'so many questions are answered in a minute; the next are refused',
  ),
  RECORDS_PER_MINUTE: setting(
    numbered('records', 1, 10_000_000).default(20_000),
    '20000',
    'records of people that may be asked about in a minute, the feed to the person index not counted',
  ),
  REGISTER_SIGNING_KEY: common.REGISTER_SIGNING_KEY,
  AGENCY_TIMEOUT_MS: setting(
    numbered('milliseconds', 1, 60_000).default(2_000),
    '2000',
    'for one statement of its database; a gateway should wait a little longer',
  ),
  LOG_FORMAT: common.LOG_FORMAT,
  LOG_LEVEL: common.LOG_LEVEL,
};

export interface HostConfig {
  host: string;
  port: number;
  operatorHost: string;
  operatorPort: number;
  storeUrl: string;
  dataDir: string;
  /** Null for the project's folder. */
  policyDir: string | null;
  tls: { cert: string; key: string; clientCa: string | null };
  gatewayKeysFile: string;
  questionsPerMinute: number;
  recordsPerMinute: number;
  registerSigningKey: string | null;
  agency: AgencySettings & { url: string };
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  logFormat: 'text' | 'json' | null;
}

/** The settings of a host of this agency. Throws SettingError, with a line for each that is missing or wrong. */
export function readHostConfig(
  env: NodeJS.ProcessEnv,
  agency: string,
  known: readonly string[],
  dataDir: string,
): HostConfig {
  const mistakes: SettingError[] = [];
  const wrong = (error: SettingError) => void mistakes.push(error);
  const settings = readGroup(env, HOST_SETTINGS, (name) => name, wrong);
  const own = readAgencies(env, [agency], wrong).get(agency);
  const told = new Set(mistakes.map(({ setting: name }) => name));
  const needed = (name: string, value: string | null | undefined): string => {
    if (!value && !told.has(name)) wrong(new SettingError(name, 'is missing: a host needs it'));
    return value ?? '';
  };
  if (own?.endpoint)
    wrong(
      new SettingError(agencySetting(agency, 'ENDPOINT'), 'is a gateway’s: a host asks its own database'),
    );
  const config: HostConfig = {
    ...{ host: settings.HOST, port: settings.PORT },
    ...{ operatorHost: settings.OPERATOR_HOST, operatorPort: settings.OPERATOR_PORT },
    storeUrl: needed('DATABASE_URL', settings.DATABASE_URL),
    dataDir,
    policyDir: settings.POLICY_DIR,
    tls: {
      cert: needed('TLS_CERT_FILE', settings.TLS_CERT_FILE),
      key: needed('TLS_KEY_FILE', settings.TLS_KEY_FILE),
      clientCa: settings.TLS_CLIENT_CA_FILE,
    },
    gatewayKeysFile: needed('GATEWAY_KEYS_FILE', settings.GATEWAY_KEYS_FILE),
    questionsPerMinute: settings.QUESTIONS_PER_MINUTE,
    recordsPerMinute: settings.RECORDS_PER_MINUTE,
    registerSigningKey: settings.REGISTER_SIGNING_KEY,
    agency: {
      ...(own as AgencySettings),
      url: needed(agencySetting(agency), own?.url),
      statementTimeoutMs: own?.statementTimeoutMs ?? settings.AGENCY_TIMEOUT_MS,
    },
    logLevel: settings.LOG_LEVEL ?? 'info',
    logFormat: settings.LOG_FORMAT,
  };
  throwAll([...mistakes, ...misspeltSettings(env, known, Object.keys(HOST_SETTINGS))]);
  return config;
}
