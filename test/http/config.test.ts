import { describe, expect, it } from 'vitest';
import { SettingError } from '../../src/config/setting-error.ts';
import { readConfig } from '../../src/config.ts';

const AGENCIES = ['housing', 'mental-health'];
const read = (env: NodeJS.ProcessEnv) => readConfig(env, AGENCIES, '/srv/sightline');
const WHOLE = {
  DATABASE_URL: 'postgres://store.example/sightline',
  HOUSING_DATABASE_URL: 'postgresql://housing.example/live',
  MENTAL_HEALTH_DATABASE_URL: 'postgres://trust.example/live',
  OIDC_ISSUER: 'https://login.example/realm',
  OIDC_AUDIENCE: 'sightline',
};
const { DATABASE_URL, HOUSING_DATABASE_URL, OIDC_ISSUER } = WHOLE;

it('is the demo on loopback when nothing is set', () => {
  expect(read({ PATH: '/bin', DATABASE_URL: '' })).toEqual({
    host: '127.0.0.1',
    port: 4000,
    operatorHost: '127.0.0.1',
    operatorPort: 4001,
    dataDir: '/srv/sightline/.sightline',
    indexKey: null,
    indexKeyPrevious: null,
    registerSigningKey: null,
    agencyTimeoutMs: 2_000,
    feedIntervalMs: null,
    logLevel: 'warn',
    deployment: { kind: 'demo' },
  });
});

it('is production when everything is named, on whichever host', () => {
  const config = read({
    ...WHOLE,
    HOST: '0.0.0.0',
    PORT: '8080',
    DATA_DIR: '/var/lib/sightline',
    LOG_LEVEL: 'error',
  });
  expect(config).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    dataDir: '/var/lib/sightline',
    logLevel: 'error',
  });
  expect(config.deployment).toEqual({
    kind: 'production',
    databaseUrl: WHOLE.DATABASE_URL,
    agencyUrls: { housing: WHOLE.HOUSING_DATABASE_URL, 'mental-health': WHOLE.MENTAL_HEALTH_DATABASE_URL },
    oidc: { issuer: WHOLE.OIDC_ISSUER, audience: 'sightline', clientId: null },
  });
});

describe('a mistake is one line that names the setting', () => {
  const mistakes: [string, NodeJS.ProcessEnv, string, RegExp][] = [
    ['a port that is none', { PORT: '70000' }, 'PORT', /port number from 0 to 65535/],
    ['a port in words', { OPERATOR_PORT: 'http' }, 'OPERATOR_PORT', /port number/],
    ['no time for agencies', { AGENCY_TIMEOUT_MS: '0' }, 'AGENCY_TIMEOUT_MS', /milliseconds/],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /fatal, error, warn/],
    ['a store that is no address', { ...WHOLE, DATABASE_URL: 'store' }, 'DATABASE_URL', /postgres:\/\//],
    [
      'an agency of another database',
      { ...WHOLE, HOUSING_DATABASE_URL: 'mysql://x' },
      'HOUSING_DATABASE_URL',
      /postgres:\/\//,
    ],
    [
      'an agency’s own host',
      { ...WHOLE, HOUSING_ENDPOINT: 'https://x' },
      'HOUSING_ENDPOINT',
      /HOUSING_DATABASE_URL/,
    ],
    ['an issuer that is no address', { ...WHOLE, OIDC_ISSUER: 'login' }, 'OIDC_ISSUER', /https:\/\//],
    ['a store alone', { DATABASE_URL }, 'HOUSING_DATABASE_URL', /missing.*DATABASE_URL/],
    ['an agency alone', { HOUSING_DATABASE_URL }, 'DATABASE_URL', /missing.*HOUSING_DATABASE_URL/],
    ['an issuer alone', { OIDC_ISSUER }, 'DATABASE_URL', /missing.*OIDC_ISSUER/],
    [
      'one agency without',
      { ...WHOLE, MENTAL_HEALTH_DATABASE_URL: '' },
      'MENTAL_HEALTH_DATABASE_URL',
      /missing/,
    ],
    ['no issuer', { ...WHOLE, OIDC_ISSUER: '' }, 'OIDC_ISSUER', /missing/],
    ['no audience', { ...WHOLE, OIDC_AUDIENCE: ' ' }, 'OIDC_AUDIENCE', /missing/],
    ['the demo for the whole network', { HOST: '0.0.0.0' }, 'HOST', /loopback.*anybody may sign in/],
    ['the demo’s operators for the whole network', { OPERATOR_HOST: '::' }, 'OPERATOR_HOST', /loopback/],
  ];
  it.each(mistakes)('%s', (_what, env, setting, why) => {
    const error = mistakeOf(env);
    expect(error.setting).toBe(setting);
    expect(error.message).toMatch(why);
    expect(error.message).toMatch(new RegExp(`^${setting} [^\n]+$`));
  });

  it('never shows what was set: it may be a secret', () => {
    const { message } = mistakeOf({ ...WHOLE, DATABASE_URL: 'mysql://sightline:hunter2@store' });
    expect(message).not.toMatch(/hunter2/);
  });

  function mistakeOf(env: NodeJS.ProcessEnv): SettingError {
    try {
      read(env);
    } catch (error) {
      if (error instanceof SettingError) return error;
      throw error;
    }
    throw new Error('It was taken');
  }
});
