/**
 * The rooms of the house: what a line of code in each may know, besides its own room and Node. A name that begins
 * with `src/`, `adapters/` or `fixtures/` is a room or a file, any other a package. Data goes one way,
 * `http → caller → sharing → person-index → gateway → compile → adapters → register`; a room that needs more says so
 * here, in review.
 */
const ROOMS = {
  'adapters/contract': ['kysely'],
  // An agency knows the contract, and no package: what it says of its tables is all there is to it.
  'adapters/([^/]+)/': ['adapters/contract'],
  fixtures: ['adapters/', 'pg'],

  'src/http': [
    ...['src/caller', 'src/gateway', 'src/graphiql', 'src/demo', 'src/config', 'src/errors.ts'],
    ...['src/person-index/identifier-form.ts', 'adapters/contract'],
    ...['fastify', '@apollo/server', 'graphql', 'jose', 'pino', 'prom-client'],
  ],
  'src/caller': ['src/errors.ts', 'adapters/contract', 'jose', 'zod'],
  // Policy knows no GraphQL, no SQL and no HTTP.
  'src/sharing': ['yaml'],
  // A model of records and pairs: no GraphQL, no SQL, no adapters, no index, no files.
  'src/linkage': [],
  'src/person-index': [
    ...['src/caller/types.ts', 'src/sharing', 'src/linkage', 'adapters/contract'],
    ...['kysely', 'dataloader', 'lru-cache'],
  ],
  // GraphQL, and no SQL.
  'src/gateway': [
    ...[
      'src/caller/types.ts',
      'src/sharing',
      'src/person-index',
      'src/compile',
      'src/register',
      'src/errors.ts',
    ],
    ...[
      'adapters/contract',
      'graphql',
      '@graphql-tools/',
      '@escape.tech/',
      'graphql-shield',
      'graphql-middleware',
    ],
    'dataloader',
  ],
  // SQL, and no roles: decisions come as words.
  'src/compile': [
    ...['src/sharing/types.ts', 'adapters/contract'],
    ...['graphql', '@graphql-tools/utils', 'kysely', 'pg', 'lru-cache'],
  ],
  'src/register': ['src/store', 'kysely'],
  'src/store': ['kysely', 'pg'],

  'src/graphiql/app': [
    'src/graphiql/config.ts',
    'react',
    'react-dom',
    'graphiql',
    '@graphiql/',
    'monaco-',
    'graphql',
  ],
  'src/graphiql/(?!app/)': [],
  'src/generated': ['src/gateway/context.ts', 'graphql', '@graphql-typed-document-node/core'],
  'src/config': ['zod'],
  'src/errors.ts': ['graphql'],
  'src/project-root.ts': [],
  'src/adapters-found.ts': ['adapters/contract'],
  // The demo alone knows the fixtures.
  'src/demo': ['src/', 'fixtures/', 'adapters/contract', 'pg', 'zod', 'jose'],
  // What puts the rooms together.
  'src/app': ['src/', 'adapters/contract', 'kysely'],
  'src/main': ['src/', 'pino'],
  'src/cli': ['src/', 'adapters/contract', 'commander', 'kysely', 'pino', 'csv-parse', 'csv-stringify'],
  scripts: ['src/', 'esbuild', 'graphql', '@graphql-tools/utils'],
};

const isOurs = (name) => /^(src|adapters|fixtures)\//.test(name);
/** By its folder, that of its types, or its name where it holds nothing but types. */
const packagePaths = (name) =>
  ['node_modules/', 'node_modules/@types/', ''].map(
    (place) => `^${place}${name}${/[/-]$/.test(name) ? '' : '(/|$)'}`,
  );

const roomRule = ([room, known]) => ({
  name: `room ${room}`,
  severity: 'error',
  from: { path: `^${room}`, ...(room.startsWith('adapters/(') && { pathNot: '^adapters/contract' }) },
  to: {
    dependencyTypesNot: ['core'],
    pathNot: [
      room.startsWith('adapters/(') ? '^adapters/$1/' : `^${room}`,
      ...known.flatMap((name) => (isOurs(name) ? [`^${name}`] : packagePaths(name))),
    ],
  },
});

export default {
  forbidden: [
    ...Object.entries(ROOMS).map(roomRule),
    {
      name: 'every file has a room',
      severity: 'error',
      from: { pathNot: Object.keys(ROOMS).map((room) => `^${room}`) },
      to: {},
    },
    {
      name: 'no cycle of values',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
