import { z } from 'zod';
import { ISSUER_FORM, isIssuerUrl, LOOPBACK } from '../caller/issuers.ts';
import { SettingError } from './setting-error.ts';
import { tls } from './tls.ts';

export const numbered = (what: string, from: number, to: number) => {
  const range = `must be ${what} from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, range)
    .transform(Number)
    .pipe(z.number().min(from, range).max(to, range));
};
const port = numbered('a port number', 0, 65_535);
const url = (...schemes: string[]) => {
  const form = `must be an address that begins ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z.string().refine((text) => {
    const parsed = URL.canParse(text) ? new URL(text) : null;
    return parsed !== null && schemes.includes(parsed.protocol.slice(0, -1)) && parsed.hostname !== '';
  }, form);
};
const LOG_FORMATS = ['text', 'json'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

export const databaseUrl = url('postgres', 'postgresql');
/** Where an agency is read: a database of a kind that there is a dialect of, or its API where its adapter knows one. */
const agencyUrl = url('postgres', 'postgresql', 'mysql', 'mariadb', 'https', 'http').refine(
  (text) => !text.startsWith('http:') || LOOPBACK.includes(new URL(text).hostname),
  'must begin https:// where it is an API on another machine',
);
export const optionalText = z.string().nullable().default(null);
export const publicAddress = url('https', 'http').nullable().default(null);
export const policySignatures = z.enum(['off', 'required'], 'must be off or required').default('off');
const milliseconds = numbered('milliseconds', 1, 60_000);

/** One setting: how it is read, and what people are told of it, in Markdown (docs/operating.md). */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  read: Schema;
  /** What holds where it is not given; null for nothing. */
  usual: string | null;
  about: string;
}
export const setting = <Schema extends z.ZodType>(
  read: Schema,
  usual: string | null,
  about: string,
): Setting<Schema> => ({ read, usual, about });

/** Settings with one name each, which a demo and a production have alike. */
const COMMON = {
  HOST: setting(z.string().default('127.0.0.1'), '`127.0.0.1`', 'where the public listener listens'),
  PORT: setting(port.default(4000), '4000', 'its port'),
  OPERATOR_HOST: setting(
    z.string().default('127.0.0.1'),
    '`127.0.0.1`',
    'where metrics and agencies’ health are served; keep it from the public',
  ),
  OPERATOR_PORT: setting(port.default(4001), '4001', 'its port'),
  DATA_DIR: setting(
    optionalText,
    '`.sightline` in the project',
    'keys, the register’s spool and signed heads, the demo’s databases. Each gateway has its own. It must outlive a restart; back it up',
  ),
  INDEX_KEY: setting(
    optionalText,
    'made in `DATA_DIR`',
    'the person index’s key; give it where several gateways share a store',
  ),
  INDEX_KEY_PREVIOUS: setting(
    optionalText,
    null,
    'the key before, while the key is being changed; see [below](#changing-the-indexs-key)',
  ),
  REGISTER_SIGNING_KEY: setting(
    optionalText,
    'made in `DATA_DIR`',
    'signs the register’s heads; give it where several gateways share a store',
  ),
  ALERTS_SIGNING_KEY: setting(
    optionalText,
    'made in `DATA_DIR`',
    'signs the alerts that leave; give it where several gateways share a store. `npx sightline alerts key` prints the public half',
  ),
  COUNTING_KEY: setting(
    optionalText,
    'made in `DATA_DIR`',
    'the secret by which analysts’ counts get their noise, base64 or hex of 32 bytes at least; give it where several gateways share a store. A store counts by one for its life',
  ),
  COUNTING_TABLE: setting(
    optionalText,
    'Sightline’s own',
    'path of a [perturbation table of one’s own](counting.md#a-table-of-ones-own), in the ONS’s columns. A store counts by one for its life',
  ),
  POLICY_SIGNATURES: setting(
    policySignatures,
    '`off`',
    '`required`: a sharing file that was not [signed](#signed-policies) does not come into force',
  ),
  TRUSTED_DOCUMENTS: setting(
    z.enum(['off', 'log', 'only'], 'must be off, log or only').default('off'),
    '`off`',
    '`log`: documents that front ends [registered](trusted-documents.md) can be asked by their id, and what else is asked is counted; `only`: nothing else is answered, but to analysts and about the schema',
  ),
  ENABLED_AGENCIES: setting(
    optionalText,
    'those that have an address; all in the demo',
    'ids of the agencies that this place has, with commas between them; see [below](#which-agencies)',
  ),
  AGENCY_TIMEOUT_MS: setting(
    milliseconds.nullable().default(null),
    '2000; 10000 in the demo',
    'for one statement of an agency. Its feed to the person index has time of its own',
  ),
  FEED_INTERVAL_MS: setting(
    numbered('milliseconds', 1_000, 86_400_000).nullable().default(null),
    '30000',
    'between passes of the feeds to the person index',
  ),
  PUBLIC_URL: setting(
    publicAddress,
    null,
    'the address at which others reach the public listener, where a proxy stands before it: redirects keep its path, and behind `https` browsers are told to stay there (HSTS)',
  ),
  IDLE_LOCK_MINUTES: setting(
    numbered('minutes', 1, 480).default(15),
    '15',
    'after so long without use the page of somebody who signed in is locked',
  ),
  LOG_FORMAT: setting(
    z
      .enum(LOG_FORMATS, `must be one of ${LOG_FORMATS.join(', ')}`)
      .nullable()
      .default(null),
    '`text` at a terminal, else `json`',
    'for whom the output is; see [Logs](#logs)',
  ),
  LOG_LEVEL: setting(
    z
      .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
      .nullable()
      .default(null),
    '`info`; `warn` in the demo',
    LOG_LEVELS.map((level) => `\`${level}\``).join(', '),
  ),
};

/** Settings that make this a production. */
const PRODUCTION = {
  DATABASE_URL: setting(
    databaseUrl.nullable().default(null),
    null,
    'the gateway’s own store, PostgreSQL, as a login that owns its tables; they are made at the start',
  ),
  OIDC_ISSUER: setting(
    z.string().refine(isIssuerUrl, ISSUER_FORM).nullable().default(null),
    null,
    'whose tokens are let in; keys by discovery',
  ),
  OIDC_AUDIENCE: setting(optionalText, null, 'for whom those tokens are made out'),
  OIDC_CLIENT_ID: setting(
    optionalText,
    null,
    'the public client for GraphiQL’s sign-in (authorization code with PKCE, back to `/graphiql`); may be left out',
  ),
  OIDC_SCOPE: setting(z.string().default('openid'), '`openid`', 'what that sign-in asks for'),
  OIDC_RESOURCE: setting(optionalText, null, 'and for which resource'),
  ISSUERS_FILE: setting(
    optionalText,
    null,
    'in place of `OIDC_…`: a file of several issuers, and where each thing stands in their tokens; see [sign-in](sign-in.md)',
  ),
};

/**
 * Settings that each agency has under its own name: `HOUSING_POOL_SIZE`. A new one is a line here and its use in
 * `src/compile/run/`.
 */
const PER_AGENCY = {
  DATABASE_URL: setting(
    agencyUrl.nullable().default(null),
    null,
    'its database, as a login that may read and nothing else: `postgres://…`, or `mysql://…` of a MariaDB or MySQL, of the kinds that its adapter is tested on ([dialects](dialects.md)); or the `https` address of its API, where [its adapter knows one](api-agency.md)',
  ),
  API_TOKEN: setting(
    optionalText,
    null,
    'of an agency with an API: sent to it as a bearer token. A name and password in the address are sent as HTTP Basic',
  ),
  DATABASE_TLS: setting(
    tls.nullable().default(null),
    'as the address says (`?sslmode=verify-full`), else `off`',
    'whether it is asked by TLS. `verify`: the server must show a certificate for its name by an authority that this machine trusts; the path of a PEM file: by one of the authorities in it; `off`: no TLS',
  ),
  SCHEMA: setting(
    z
      .string()
      .regex(/^[^\s",]{1,63}$/, 'must be the name of a schema')
      .nullable()
      .default(null),
    'as the address says (`?schema=care`), else `public`; of MariaDB and MySQL the database that it names',
    'where its tables are',
  ),
  ENDPOINT: setting(
    url('https').nullable().default(null),
    null,
    'in place of its database: the address of [its own host](agency-host.md), which decides again by its own policy',
  ),
  ENDPOINT_HOST_KEYS_FILE: setting(
    optionalText,
    null,
    'with `ENDPOINT`: a file with the public keys (JWKS) by which its host signs; read again when it changes',
  ),
  ENDPOINT_KEY_FILE: setting(
    optionalText,
    'in `DATA_DIR`, made by `npx sightline adapter keys <agency> --for gateway`',
    'the private key (PEM, Ed25519) by which questions to its host are signed',
  ),
  ENDPOINT_CA_FILE: setting(
    optionalText,
    'those that this machine trusts',
    'a PEM file with the authorities by which its host’s certificate must be',
  ),
  ENDPOINT_CERT_FILE: setting(
    optionalText,
    null,
    'a certificate (PEM) to show to its host, where that asks for one; `ENDPOINT_CERT_KEY_FILE` with it',
  ),
  ENDPOINT_CERT_KEY_FILE: setting(optionalText, null, 'the private key of that certificate (PEM)'),
  TIMEOUT_MS: setting(
    milliseconds.nullable().default(null),
    '`AGENCY_TIMEOUT_MS`',
    'for one statement of it',
  ),
  POOL_SIZE: setting(
    numbered('connections', 1, 200).default(8),
    '8',
    'connections to it at most, for requests; its feed has two more',
  ),
  ALERTS_URL: setting(
    publicAddress,
    'alerts wait',
    'who takes its [alerts](#alerts): signed CloudEvents are posted there; in the demo they go to a file',
  ),
  POLICY_SIGNING_KEY: setting(
    optionalText,
    'made in `DATA_DIR`',
    'with which `npx sightline policy sign` signs its sharing file: an Ed25519 key, PEM (PKCS #8)',
  ),
};

export const SETTINGS = { common: COMMON, production: PRODUCTION, agency: PER_AGENCY };

const WITH_ONE_NAME = { ...COMMON, ...PRODUCTION };
type Read<Group extends Record<string, Setting>> = { [Name in keyof Group]: z.infer<Group[Name]['read']> };
export type Settings = Read<typeof WITH_ONE_NAME>;
/** What one agency's own settings say. */
export type AgencyOwnSettings = Read<typeof PER_AGENCY>;

export const SETTING_NAMES: readonly string[] = Object.keys(WITH_ONE_NAME);
export const AGENCY_SETTING_NAMES = Object.keys(PER_AGENCY) as readonly (keyof AgencyOwnSettings)[];

type Wrong = (error: SettingError) => void;

/** Every setting, checked one at a time. A wrong one goes to `wrong`, and its usual value, or none, stands for it. */
export const readSettings = (env: NodeJS.ProcessEnv, wrong: Wrong): Settings =>
  readGroup(env, WITH_ONE_NAME, (name) => name, wrong);

/** The same for one agency's own; `nameOf` makes the whole name of each. */
export const readAgencySettings = (
  env: NodeJS.ProcessEnv,
  nameOf: (setting: string) => string,
  wrong: Wrong,
): AgencyOwnSettings => readGroup(env, PER_AGENCY, nameOf, wrong);

export function readGroup<Group extends Record<string, Setting>>(
  env: NodeJS.ProcessEnv,
  group: Group,
  nameOf: (setting: string) => string,
  wrong: Wrong,
): Read<Group> {
  const read = Object.entries(group).map(([setting, { read: schema }]) => {
    const name = nameOf(setting);
    try {
      return [setting, settingOf(env, name, schema)];
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      wrong(error);
      // A wrong setting still counts as given, so that settings needed with it are told as missing.
      return [setting, settingOf({}, name, schema) ?? ''];
    }
  });
  return Object.fromEntries(read);
}

/** One setting; an empty one counts as not given. Throws SettingError, never with the value: it may be a secret. */
export function settingOf<Schema extends z.ZodType>(
  env: NodeJS.ProcessEnv,
  name: string,
  schema: Schema,
): z.infer<Schema> {
  const given = env[name]?.trim() || undefined;
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new SettingError(name, result.error.issues[0]?.message ?? 'is wrong');
}
