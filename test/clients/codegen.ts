import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of a client's own queries. The scalars are strings and JSON on the wire: without these lines they are `any`. */
const config: CodegenConfig = {
  schema: 'schema/sightline.graphql',
  documents: ['test/clients/*.graphql'],
  generates: {
    'test/clients/generated/crisis.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        scalars: { Date: 'string', DateTime: 'string', JSON: 'Record<string, unknown>' },
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
        documentMode: 'documentNode',
      },
    },
  },
};
export default config;
