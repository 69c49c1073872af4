import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ISSUER_DEFAULTS } from '../../src/caller/issuers.ts';
import { SettingError } from '../../src/config/setting-error.ts';
import { readConfig } from '../../src/config.ts';
import { tenAndFiveTable, writePerturbationTable } from '../../src/counting/perturbation-table.ts';

const AGENCIES = ['housing', 'mental-health'];
const read = (env: NodeJS.ProcessEnv) => readConfig(env, AGENCIES, '/srv/sightline');
const WHOLE = {
  DATABASE_URL: 'postgres://store.example/sightline',
  HOUSING_DATABASE_URL: 'postgresql://housing.example/live',
  MENTAL_HEALTH_DATABASE_URL: 'postgres://trust.example/live',
  OIDC_ISSUER: 'https://login.example/realm',
  OIDC_AUDIENCE: 'sightline',
};
const USUAL = {
  ...{ url: null, token: null, endpoint: null, tls: null, schema: null, statementTimeoutMs: 2_000 },
  maxConnections: 8,
  alertsUrl: null,
};
const { DATABASE_URL, HOUSING_DATABASE_URL, OIDC_ISSUER } = WHOLE;

it('is the demo on loopback when nothing is set', () => {
  expect(read({ PATH: '/bin', DATABASE_URL: '' })).toEqual({
    host: '127.0.0.1',
    port: 4000,
    operatorHost: '127.0.0.1',
    operatorPort: 4001,
    policySignatures: false,
    trustedDocuments: 'off',
    dataDir: '/srv/sightline/.sightline',
    indexKey: null,
    indexKeyPrevious: null,
    registerSigningKey: null,
    countingKey: null,
    countingTable: null,
    alertsSigningKey: null,
    agencies: new Map(AGENCIES.map((id) => [id, { ...USUAL, statementTimeoutMs: 10_000 }])),
    feedIntervalMs: null,
    logLevel: 'warn',
    idleLockMinutes: 15,
    publicUrl: null,
    logFormat: null,
    deployment: { kind: 'demo' },
  });
});

it('is production where an agency has a host of its own and no database, with all that is set of it', () => {
  const config = read({
    ...{ ...WHOLE, HOUSING_DATABASE_URL: '', HOUSING_ENDPOINT: 'https://housing.example:4443' },
    HOUSING_ENDPOINT_HOST_KEYS_FILE: 'keys.json',
  });
  expect([...config.agencies.keys()]).toEqual(AGENCIES);
  expect(config.agencies.get('housing')).toMatchObject({
    url: null,
    endpoint: { url: 'https://housing.example:4443', hostKeysFile: 'keys.json', keyFile: null },
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
    issuers: [{ ...ISSUER_DEFAULTS, issuer: WHOLE.OIDC_ISSUER, audiences: ['sightline'] }],
  });
  expect([...config.agencies]).toEqual([
    ['housing', { ...USUAL, url: WHOLE.HOUSING_DATABASE_URL }],
    ['mental-health', { ...USUAL, url: WHOLE.MENTAL_HEALTH_DATABASE_URL }],
  ]);
});

it('takes its issuers from a file in place of the short form, and not from both', () => {
  const { OIDC_ISSUER: _issuer, OIDC_AUDIENCE: _audience, ...rest } = WHOLE;
  const folder = mkdtempSync(join(tmpdir(), 'sightline-issuers-'));
  const file = join(folder, 'issuers.yaml');
  writeFileSync(
    file,
    'issuers: [{ issuer: https://login.example, audiences: [sightline], clientId: page }]\n',
  );
  expect(read({ ...rest, ISSUERS_FILE: file }).deployment).toMatchObject({
    issuers: [{ issuer: 'https://login.example', signIn: { clientId: 'page' } }],
  });
  expect(() => read({ ...WHOLE, ISSUERS_FILE: file })).toThrow(
    /OIDC_ISSUER cannot be given with ISSUERS_FILE/,
  );
  expect(() => read({ ...rest, ISSUERS_FILE: join(folder, 'none.yaml') })).toThrow(
    /cannot be read \(ENOENT\)/,
  );
  rmSync(folder, { recursive: true });
});

it('has the agencies that have an address, or that are named, and all of them in the demo', () => {
  const { MENTAL_HEALTH_DATABASE_URL: _other, ...one } = WHOLE;
  const idsOf = (env: NodeJS.ProcessEnv) => [...read(env).agencies.keys()];
  expect(idsOf({})).toEqual(AGENCIES);
  expect(idsOf({ ENABLED_AGENCIES: 'mental-health' })).toEqual(['mental-health']);
  expect(idsOf(one)).toEqual(['housing']);
  expect(idsOf({ ...one, ENABLED_AGENCIES: 'housing' })).toEqual(['housing']);
  expect(idsOf({ ...WHOLE, ENABLED_AGENCIES: 'mental-health, housing' })).toEqual(AGENCIES);
  expect(idsOf({ ...WHOLE, ENABLED_AGENCIES: 'mental-health' })).toEqual(['mental-health']);
});

it('asks each agency as its own settings say, and as all the others where they say nothing', () => {
  const config = read({
    ...WHOLE,
    AGENCY_TIMEOUT_MS: '3000',
    HOUSING_TIMEOUT_MS: '9000',
    HOUSING_POOL_SIZE: '2',
    HOUSING_SCHEMA: 'live',
    HOUSING_DATABASE_TLS: 'verify',
    ALERTS_HOUSING_URL: 'https://housing.example/alerts',
    MENTAL_HEALTH_DATABASE_TLS: 'off',
  });
  expect(config.agencies.get('housing')).toEqual({
    url: WHOLE.HOUSING_DATABASE_URL,
    tls: { rejectUnauthorized: true },
    schema: 'live',
    token: null,
    endpoint: null,
    statementTimeoutMs: 9_000,
    maxConnections: 2,
    alertsUrl: 'https://housing.example/alerts',
  });
  expect(config.agencies.get('mental-health')).toEqual({
    ...USUAL,
    url: WHOLE.MENTAL_HEALTH_DATABASE_URL,
    tls: false,
    statementTimeoutMs: 3_000,
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
      { ...WHOLE, HOUSING_DATABASE_URL: 'sqlserver://x' },
      'HOUSING_DATABASE_URL',
      /postgres:\/\//,
    ],
    [
      'an agency’s own host beside its database',
      { ...WHOLE, HOUSING_ENDPOINT: 'https://x', HOUSING_ENDPOINT_HOST_KEYS_FILE: 'keys.json' },
      'HOUSING_ENDPOINT',
      /HOUSING_DATABASE_URL: its host is asked, or its database/,
    ],
    [
      'an agency’s own host without its keys',
      { ...WHOLE, HOUSING_DATABASE_URL: '', HOUSING_ENDPOINT: 'https://x' },
      'HOUSING_ENDPOINT_HOST_KEYS_FILE',
      /HOUSING_ENDPOINT/,
    ],
    [
      'an agency’s own host without TLS',
      {
        ...{ ...WHOLE, HOUSING_DATABASE_URL: '', HOUSING_ENDPOINT: 'http://x' },
        HOUSING_ENDPOINT_HOST_KEYS_FILE: 'keys.json',
      },
      'HOUSING_ENDPOINT',
      /https:\/\//,
    ],
    [
      'what is for a host, where there is none',
      { ...WHOLE, HOUSING_ENDPOINT_CA_FILE: 'ca.pem' },
      'HOUSING_ENDPOINT_CA_FILE',
      /HOUSING_ENDPOINT/,
    ],
    [
      'half of a certificate for a host',
      {
        ...{ ...WHOLE, HOUSING_DATABASE_URL: '', HOUSING_ENDPOINT: 'https://x' },
        ...{ HOUSING_ENDPOINT_HOST_KEYS_FILE: 'keys.json', HOUSING_ENDPOINT_CERT_FILE: 'a.pem' },
      },
      'HOUSING_ENDPOINT_CERT_KEY_FILE',
      /HOUSING_ENDPOINT_CERT_FILE/,
    ],
    ['an issuer that is no address', { ...WHOLE, OIDC_ISSUER: 'login' }, 'OIDC_ISSUER', /https:\/\//],
    [
      'an issuer without https off this machine',
      { ...WHOLE, OIDC_ISSUER: 'http://login.example' },
      'OIDC_ISSUER',
      /https:\/\//,
    ],
    [
      'an agency without, of those that the place has',
      { ...WHOLE, MENTAL_HEALTH_DATABASE_URL: '', ENABLED_AGENCIES: 'housing, mental-health' },
      'MENTAL_HEALTH_DATABASE_URL',
      /missing: ENABLED_AGENCIES names the agency/,
    ],
    [
      'an agency that there is not, of those that the place has',
      { ENABLED_AGENCIES: 'housing,mentalhealth' },
      'ENABLED_AGENCIES',
      /unknown agency "mentalhealth"; did you mean "mental-health"\? Known: housing, mental-health/,
    ],
    ['no agency at all', { ENABLED_AGENCIES: ',' }, 'ENABLED_AGENCIES', /must name an agency/],
    [
      'a time with a unit',
      { HOUSING_TIMEOUT_MS: '2s' },
      'HOUSING_TIMEOUT_MS',
      /milliseconds from 1 to 60000/,
    ],
    ['no connections', { HOUSING_POOL_SIZE: '0' }, 'HOUSING_POOL_SIZE', /connections from 1 to 200/],
    [
      'a TLS that there is not',
      { ...WHOLE, HOUSING_DATABASE_TLS: 'require' },
      'HOUSING_DATABASE_TLS',
      /must be verify, off, or the path of a PEM file/,
    ],
    [
      'authorities that cannot be read',
      { ...WHOLE, HOUSING_DATABASE_TLS: '/nowhere/ca.pem' },
      'HOUSING_DATABASE_TLS',
      /cannot be read \(ENOENT\)/,
    ],
    [
      'authorities that are none',
      { ...WHOLE, HOUSING_DATABASE_TLS: fileURLToPath(import.meta.url) },
      'HOUSING_DATABASE_TLS',
      /no certificate in this one/,
    ],
    [
      'TLS said twice',
      {
        ...WHOLE,
        HOUSING_DATABASE_URL: `${WHOLE.HOUSING_DATABASE_URL}?sslmode=disable`,
        HOUSING_DATABASE_TLS: 'verify',
      },
      'HOUSING_DATABASE_TLS',
      /cannot be given with sslmode in HOUSING_DATABASE_URL/,
    ],
    [
      'a schema said twice',
      {
        ...WHOLE,
        HOUSING_DATABASE_URL: `${WHOLE.HOUSING_DATABASE_URL}?schema=care`,
        HOUSING_SCHEMA: 'live',
      },
      'HOUSING_SCHEMA',
      /cannot be given with schema in HOUSING_DATABASE_URL/,
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

describe('all mistakes are told at once, a line each', () => {
  const linesOf = (env: NodeJS.ProcessEnv): readonly string[] => {
    try {
      read(env);
    } catch (error) {
      if (error instanceof SettingError) return error.message.split('\n');
      throw error;
    }
    return [];
  };
  const AGENCY_LINE = (named: string) =>
    `<AGENCY>_DATABASE_URL is missing: the address of one agency at least is needed with ${named}: HOUSING_DATABASE_URL, MENTAL_HEALTH_DATABASE_URL`;

  it.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    [
      'a store alone',
      { DATABASE_URL },
      [
        AGENCY_LINE('DATABASE_URL'),
        'OIDC_ISSUER is missing: it is needed with DATABASE_URL',
        'OIDC_AUDIENCE is missing: it is needed with DATABASE_URL',
      ],
    ],
    [
      'an issuer alone',
      { OIDC_ISSUER },
      [
        'DATABASE_URL is missing: it is needed with OIDC_ISSUER',
        AGENCY_LINE('OIDC_ISSUER'),
        'OIDC_AUDIENCE is missing: it is needed with OIDC_ISSUER',
      ],
    ],
    [
      'an agency alone',
      { HOUSING_DATABASE_URL },
      [
        'DATABASE_URL is missing: it is needed with HOUSING_DATABASE_URL',
        'OIDC_ISSUER is missing: it is needed with HOUSING_DATABASE_URL',
        'OIDC_AUDIENCE is missing: it is needed with HOUSING_DATABASE_URL',
      ],
    ],
    [
      'a wrong store, and what is needed with it',
      { DATABASE_URL: 'store' },
      [
        'DATABASE_URL must be an address that begins postgres:// or postgresql://',
        AGENCY_LINE('DATABASE_URL'),
        'OIDC_ISSUER is missing: it is needed with DATABASE_URL',
        'OIDC_AUDIENCE is missing: it is needed with DATABASE_URL',
      ],
    ],
    [
      'three wrong ones',
      { ...WHOLE, PORT: 'x', LOG_LEVEL: 'loud', HOUSING_DATABASE_URL: 'sqlserver://x' },
      [
        'PORT must be a port number from 0 to 65535',
        'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
        'HOUSING_DATABASE_URL must be an address that begins postgres:// or postgresql:// or mysql:// or mariadb:// or https:// or http://',
      ],
    ],
  ])('%s', (_what, env, lines) => {
    expect(linesOf(env)).toEqual(lines);
  });

  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['database_url', 'DATABASE_URL'],
    ['OPERATORPORT', 'OPERATOR_PORT'],
    ['PROT', 'PORT'],
    ['HSOT', 'HOST'],
    ['DATADIR', 'DATA_DIR'],
    ['OIDC_AUDIANCE', 'OIDC_AUDIENCE'],
    ['MENTAL_HELATH_DATABASE_URL', 'MENTAL_HEALTH_DATABASE_URL'],
    ['HOUSING_DATABASE_URI', 'HOUSING_DATABASE_URL'],
    ['HOUSNG_ENDPOINT', 'HOUSING_ENDPOINT'],
    ['HOUSING_DATABASE_URLL', 'HOUSING_DATABASE_URL'],
    ['HOUSING_TIMEOUTMS', 'HOUSING_TIMEOUT_MS'],
    ['ENABLED_AGENCES', 'ENABLED_AGENCIES'],
    ['REGISTER_SIGNINGKEY', 'REGISTER_SIGNING_KEY'],
  ])(
    '%s is no setting: a start, of the demo too, is refused, and told what was probably meant: %s',
    (name, meant) => {
      expect(linesOf({ [name]: 'hunter2' })).toEqual([`${name} is no setting; did you mean ${meant}?`]);
    },
  );

  it('an address of an agency that there is not', () => {
    expect(linesOf({ ...WHOLE, LIBRARY_DATABASE_URL: 'postgres://x/y' })).toEqual([
      'LIBRARY_DATABASE_URL names no agency; known: HOUSING_DATABASE_URL, MENTAL_HEALTH_DATABASE_URL',
    ]);
  });

  it('a misspelt one beside what is missing for it', () => {
    const { DATABASE_URL: store, ...others } = WHOLE;
    expect(linesOf({ ...others, DATABSE_URL: store })).toEqual([
      'DATABASE_URL is missing: it is needed with OIDC_ISSUER',
      'DATABSE_URL is no setting; did you mean DATABASE_URL?',
    ]);
  });

  it.each([
    'HOME',
    'HOSTNAME',
    'PATH',
    'PWD',
    'PGHOST',
    'PGPORT',
    'USER',
    'SHELL',
    'LOGNAME',
    'AWS_ENDPOINT',
    'NODE_ENV',
    'npm_config_loglevel',
    'COLORTERM',
    'CI',
    'TEST_POSTGRES_URL',
    'TEST_MARIADB_URL',
    'INIT_CWD',
  ])('leaves alone what is somebody else’s: %s', (name) => {
    expect(linesOf({ [name]: 'x' })).toEqual([]);
    expect(linesOf({ ...WHOLE, [name]: 'x' })).toEqual([]);
  });

  it('leaves alone what looks like a setting that is given itself', () => {
    expect(linesOf({ LOG_LEVEL: 'info', LOGLEVEL: 'x' })).toEqual([]);
  });

  it('one letter left out, doubled, exchanged or put in the wrong case of any setting is found', () => {
    const known = [
      ...Object.keys(WHOLE),
      'OPERATOR_HOST',
      'FEED_INTERVAL_MS',
      'AGENCY_TIMEOUT_MS',
      'INDEX_KEY_PREVIOUS',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), fc.nat(3), (name, where, how) => {
        const at = 1 + (where % (name.length - 2));
        const [before, here, next, after] = [
          name.slice(0, at),
          name[at] ?? '',
          name[at + 1] ?? '',
          name.slice(at + 2),
        ];
        const misspelt = [
          before + next + after,
          before + here + here + next + after,
          before + next + here + after,
          name.toLowerCase(),
        ][how];
        fc.pre(misspelt !== undefined && misspelt !== name);
        expect(linesOf({ [misspelt as string]: 'hunter2' }).join()).toBe(
          `${misspelt} is no setting; did you mean ${name}?`,
        );
      }),
    );
  });
});

describe('a perturbation table of the place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counting-table-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'ten-and-five.csv');
  const text = writePerturbationTable(tenAndFiveTable());

  it('is read at the start, and named by its file', () => {
    writeFileSync(path, text);
    const { countingTable } = read({ COUNTING_TABLE: path });
    expect(countingTable?.table.fingerprint).toBe(tenAndFiveTable().fingerprint);
    expect(countingTable?.tableName).toBe('the table that this place brings (ten-and-five.csv)');
  });

  it.each([
    ['a cell that is no number', text.replace('\n1,2,-1\n', '\n1,2,minus one\n'), 4],
    ['a result below nothing', text.replace('\n1,2,-1\n', '\n1,2,-2\n'), 4],
    ['a column of another name', text.replace('pvalue', 'noise'), 1],
    ['a line that stands there twice', text.replace('\n1,2,-1\n', '\n1,1,-1\n'), 4],
  ])('stops the start with %s, and names file and line', (_, mistaken, line) => {
    writeFileSync(path, mistaken);
    expect(() => read({ COUNTING_TABLE: path })).toThrow(`COUNTING_TABLE cannot be used: ${path}:${line}: `);
  });

  it('stops the start where it is not there', () => {
    expect(() => read({ COUNTING_TABLE: join(folder, 'none.csv') })).toThrow(
      /which cannot be read \(ENOENT\)/,
    );
  });
});
