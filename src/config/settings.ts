import { z } from 'zod';
import { SettingError } from './setting-error.ts';

const numbered = (what: string, from: number, to: number) => {
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
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

export const databaseUrl = url('postgres', 'postgresql');
export const endpointUrl = url('https', 'http');

/** Settings with one name each; those of agencies are named by agency. */
const SETTINGS = {
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  OPERATOR_HOST: z.string().default('127.0.0.1'),
  OPERATOR_PORT: port.default(4001),
  DATABASE_URL: databaseUrl.nullable().default(null),
  OIDC_ISSUER: endpointUrl.nullable().default(null),
  OIDC_AUDIENCE: z.string().nullable().default(null),
  OIDC_CLIENT_ID: z.string().nullable().default(null),
  INDEX_KEY: z.string().nullable().default(null),
  INDEX_KEY_PREVIOUS: z.string().nullable().default(null),
  REGISTER_SIGNING_KEY: z.string().nullable().default(null),
  AGENCY_TIMEOUT_MS: numbered('milliseconds', 1, 60_000).default(2_000),
  FEED_INTERVAL_MS: numbered('milliseconds', 1_000, 86_400_000).nullable().default(null),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .nullable()
    .default(null),
};
export type Settings = { [Name in keyof typeof SETTINGS]: z.infer<(typeof SETTINGS)[Name]> };

/** Every setting, checked, one at a time so that a message names the one. Throws SettingError. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const read = Object.entries(SETTINGS).map(([name, schema]) => [name, settingOf(env, name, schema)]);
  return Object.fromEntries(read) as Settings;
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
