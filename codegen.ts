import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = { Date: 'string', DateTime: 'string', JSON: 'Record<string, unknown>' };

/** Types of the public schema for its resolvers, and of the example queries for clients. `npm run codegen` writes them. */
const config: CodegenConfig = {
  schema: 'schema/sightline.graphql',
  documents: ['src/pages/examples.ts', 'src/pages/examples/*.ts'],
  generates: {
    'src/generated/resolvers.ts': {
      plugins: [
        { add: { content: '/* Generated from schema/sightline.graphql by `npm run codegen`. */' } },
        'typescript',
        'typescript-resolvers',
      ],
      config: {
        scalars,
        enumsAsTypes: true,
        useTypeImports: true,
        contextType: '../gateway/request/context.ts#GatewayContext',
      },
    },
    'src/generated/examples.ts': {
      plugins: [
        { add: { content: '/* Generated from src/pages/examples.ts by `npm run codegen`. */' } },
        'typescript-operations',
        'typed-document-node',
      ],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, documentMode: 'documentNode' },
    },
  },
};
export default config;
