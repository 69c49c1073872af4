/**
 * The layers of the house: what a line of code in each may know, besides its own layer and Node. A name that begins
 * with `src/`, `adapters/` or `fixtures/` is a layer or a file, any other a package. Data goes one way,
 * `http → caller → sharing → person-index → gateway → compile → adapters → register`; a layer that needs more says so
 * here, in review.
 */
const LAYERS = {
  'adapters/contract': ['kysely'],
  // An agency knows the contract, and no package: what it says of its tables is all there is to it.
  'adapters/([^/]+)/(?!fhir/)': ['adapters/contract'],
  // … but where it is asked by a standard for which there is a client.
  'adapters/([^/]+)/fhir/': ['adapters/contract', 'fhir-kit-client', 'fhir'],
  fixtures: ['adapters/', 'pg', 'fhir'],

  'src/http': [
    ...['src/caller', 'src/gateway', 'src/pages', 'src/demo', 'src/config', 'src/errors.ts'],
    ...['src/documents', 'src/states.ts', 'src/logger.ts', 'adapters/contract'],
    ...['fastify', '@apollo/server', 'graphql', 'jose', 'prom-client'],
  ],
  'src/caller': [
    ...['src/errors.ts', 'src/yaml/finding.ts', 'adapters/contract'],
    ...['jose', 'zod', 'graphql', 'lru-cache'],
  ],
  // Policy knows no GraphQL, no SQL and no HTTP; of the contract, how long a duration is.
  'src/sharing': ['adapters/contract/durations.ts', 'src/states.ts', 'src/yaml', 'zod', 'lru-cache'],
  // What one place agreed, for another: policy alone.
  'src/patterns': ['src/sharing', 'src/states.ts', 'src/yaml', 'zod'],
  // An agreement as a document, of policy alone.
  'src/agreement': ['src/sharing', 'src/states.ts'],
  // A model of records and pairs: no GraphQL, no SQL, no adapters, no index, no files; how a number is read, as all read it.
  'src/linkage': ['adapters/contract/identifiers.ts', 'any-ascii'],
  // Sets of people become counts that tell of nobody: no GraphQL, no SQL, no policy, no files.
  'src/counting': [],
  'src/person-index': [
    ...[
      'src/caller/types.ts',
      'src/sharing',
      'src/states.ts',
      'src/linkage',
      'src/logger.ts',
      'src/store/tables.ts',
      'adapters/contract',
    ],
    // Which of its statements are prepared.
    'src/store/prepared.ts',
    ...['kysely', 'dataloader', 'lru-cache'],
  ],
  // What widens what a caller may be shown, each act written down with its entry in the register.
  'src/acts': [
    ...[
      'src/caller/types.ts',
      'src/sharing',
      'src/states.ts',
      'src/register',
      'src/store',
      'adapters/contract',
    ],
    ...['kysely', 'date-holidays'],
  ],
  // Counts people over several agencies: from a filter to one statement for each table, and to counts. No GraphQL, no roles.
  'src/cohort': [
    ...[
      'src/sharing',
      'src/states.ts',
      'src/yaml',
      'src/person-index/records/types.ts',
      'src/store/tables.ts',
    ],
    ...['src/compile', 'src/counting', 'adapters/contract', 'kysely', 'zod'],
  ],
  // GraphQL, and no SQL.
  'src/gateway': [
    ...[
      'src/caller/types.ts',
      'src/sharing',
      'src/states.ts',
      'src/person-index',
      'src/compile',
      'src/cohort',
      'src/register',
      'src/acts',
      'src/errors.ts',
      // What an outage of the own store is; nothing of how it is asked.
      'src/store/outage.ts',
    ],
    ...[
      'adapters/contract',
      'graphql',
      '@graphql-tools/',
      '@escape.tech/',
      'graphql-shield',
      'graphql-middleware',
    ],
    ...['dataloader', 'lru-cache'],
  ],
  // Rows, by SQL or an agency's own API, and no roles: decisions come as words.
  'src/compile': [
    ...[
      'src/sharing/policy/types.ts',
      'src/states.ts',
      'src/session.ts',
      'src/logger.ts',
      'adapters/contract',
    ],
    ...['graphql', '@graphql-tools/utils', 'dataloader', 'kysely', 'pg', 'mysql2', 'lru-cache'],
  ],
  // An agency's own host, and how a gateway asks it: decisions, SQL and the register, and no gateway.
  'src/host': [
    ...['src/sharing', 'src/compile', 'src/register', 'src/states.ts', 'src/logger.ts'],
    ...['src/caller/types.ts', 'adapters/contract'],
    ...[
      'fastify',
      'jose',
      'zod',
      'graphql',
      '@graphql-tools/utils',
      'dataloader',
      'lru-cache',
      'prom-client',
    ],
  ],
  // What every adapter must keep to, asked of a database: by its engineer's command and by the tests.
  'src/conformance': [
    ...['src/compile', 'src/sharing/policy/types.ts', 'adapters/contract'],
    ...['kysely', 'graphql', '@graphql-tools/utils'],
  ],
  // An alert leaves: who it concerns stays behind.
  'src/alerts': [
    ...['src/store', 'src/session.ts', 'src/logger.ts', 'src/register/durable-file.ts'],
    ...['src/register/signing-key.ts', 'src/register/errors.ts'],
    ...['kysely', 'pg-boss', 'http-message-signatures'],
  ],
  // Which documents front ends have registered, and what of them a schema breaks: texts, and nobody's data.
  'src/documents': [...['src/store', 'src/logger.ts'], ...['graphql', '@graphql-inspector/core', 'kysely']],
  'src/register': ['src/store', 'src/logger.ts', 'kysely'],
  'src/store': ['src/session.ts', 'adapters/contract', 'kysely', 'pg'],
  'src/session.ts': ['pg'],

  // A front end's: it goes to other people's programs, and takes nothing along.
  'src/client/(?!codegen)': [],
  // What types a front end's documents runs where graphql-codegen does.
  'src/client/codegen': ['graphql'],
  'src/pages/app': [
    'src/client',
    'src/pages/config.ts',
    'src/states.ts',
    'react',
    'react-dom',
    'graphiql',
    '@graphiql/',
    'monaco-',
    'graphql',
    'csv-stringify',
  ],
  'src/pages/(?!app/)': [],
  'src/generated': ['src/gateway/request/context.ts', 'graphql', '@graphql-typed-document-node/core'],
  // A file that people keep, as values or as mistakes with their lines.
  'src/yaml': ['yaml', 'zod'],
  'src/config': [
    'src/caller/issuers.ts',
    'src/counting/perturbation-table.ts',
    'src/yaml',
    'adapters/contract',
    'zod',
  ],
  'src/states.ts': [],
  'src/logger.ts': [],
  'src/errors.ts': ['graphql'],
  'src/project-root.ts': [],
  'src/adapters-found.ts': ['adapters/contract'],
  // The demo alone knows the fixtures.
  'src/demo': ['src/', 'fixtures/', 'adapters/contract', 'pg', 'zod', 'jose'],
  // What puts the layers together.
  'src/app': ['src/', 'adapters/contract', 'kysely'],
  'src/main': ['src/', 'fastify'],
  'src/cli/': [
    ...['src/', 'adapters/contract', 'commander', 'kysely', 'pino', 'csv-parse', 'csv-stringify'],
    // Looks into an agency's own system, of whichever kind.
    'mysql2',
  ],
  scripts: ['src/', 'esbuild', 'graphql', '@graphql-tools/utils'],
};

/**
 * Inside a layer with folders of its own, each folder may know those before it, and nothing knows what puts them
 * together, which stands beside the folders.
 */
const FOLDERS = {
  'src/sharing': ['policy', 'files', 'rules'],
  'src/person-index': ['records', 'match', 'admit', 'search', 'lookup', 'feed', 'review'],
  'src/gateway': ['limits', 'request', 'sections', 'timeline', 'operation', 'schema'],
  'src/compile': ['dialects', 'run', 'sql', 'api', 'plan', 'answer'],
  // The two sides know what travels between them, and nothing of each other.
  'src/host': ['wire', 'agency', 'gateway'],
};

const isOurs = (name) => /^(src|adapters|fixtures)\//.test(name);
/** By its folder, that of its types, or its name where it holds nothing but types. */
const packagePaths = (name) =>
  ['node_modules/', 'node_modules/@types/', ''].map(
    (place) => `^${place}${name}${/[/-]$/.test(name) ? '' : '(/|$)'}`,
  );

const layerRule = ([layer, known]) => ({
  name: `layer ${layer}`,
  severity: 'error',
  from: { path: `^${layer}`, ...(layer.startsWith('adapters/(') && { pathNot: '^adapters/contract' }) },
  to: {
    dependencyTypesNot: ['core'],
    pathNot: [
      layer.startsWith('adapters/(') ? '^adapters/$1/' : `^${layer}`,
      ...known.flatMap((name) => (isOurs(name) ? [`^${name}`] : packagePaths(name))),
    ],
  },
});

const folderRules = ([layer, folders]) =>
  folders.map((folder, at) => ({
    name: `folder ${layer}/${folder}`,
    severity: 'error',
    from: { path: `^${layer}/${folder}/` },
    to: {
      path: [`^${layer}/[^/]+$`, ...folders.slice(at + 1).map((later) => `^${layer}/${later}/`)],
    },
  }));

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layerRule),
    ...Object.entries(FOLDERS).flatMap(folderRules),
    ...Object.entries(FOLDERS).map(([layer, folders]) => ({
      name: `every file of ${layer} has a folder`,
      severity: 'error',
      from: { path: `^${layer}/[^/]+/`, pathNot: folders.map((folder) => `^${layer}/${folder}/`) },
      to: {},
    })),
    {
      name: 'every file has a layer',
      severity: 'error',
      from: { pathNot: Object.keys(LAYERS).map((layer) => `^${layer}`) },
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
