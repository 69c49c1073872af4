import type { CodegenConfig } from '@graphql-codegen/cli';
import { scalars } from './src/client/codegen.ts';

/** Types of the public schema for its resolvers, and of the example queries for clients, and of what the practitioner's page asks. `npm run codegen` writes them. */
const config: CodegenConfig = {
  schema: 'schema/sightline.graphql',
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
    'src/client/generated/schema.ts': {
      plugins: [
        { add: { content: '/* Generated from schema/sightline.graphql by `npm run codegen`. */' } },
        'typescript',
      ],
      config: { scalars, strictScalars: true, enumsAsTypes: true },
    },
    'src/generated/examples.ts': {
      documents: ['src/pages/examples.ts', 'src/pages/examples/*.ts'],
      plugins: [
        { add: { content: '/* Generated from src/pages/examples.ts by `npm run codegen`. */' } },
        'typescript-operations',
        'typed-document-node',
      ],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, documentMode: 'documentNode' },
    },
    'src/pages/app/person/generated/answers.ts': {
      documents: ['src/pages/app/person/documents.ts'],
      plugins: [
        { add: { content: '/* Generated from src/pages/app/person/documents.ts by `npm run codegen`. */' } },
        'typescript-operations',
      ],
      config: { scalars, enumsAsTypes: true, useTypeImports: true },
    },
  },
};
export default config;
