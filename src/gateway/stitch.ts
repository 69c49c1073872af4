import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas, ValidationLevel } from '@graphql-tools/stitch';
import type { Executor } from '@graphql-tools/utils';
import { filterSchema } from '@graphql-tools/utils';
import { buildASTSchema, type GraphQLSchema, isObjectType, Kind } from 'graphql';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { withHelperFields } from '../compile/helper-fields.ts';
import type { Catalogue } from '../sharing/types.ts';
import { refuseImpossibleDates } from './date-scalars.ts';
import { attachResolvers } from './resolvers.ts';
import type { SchemaFiles } from './schema-files.ts';
import { implementsInterface, objectTypes } from './vocabulary.ts';

/** An agency's SDL with the fields that only the gateway sees. Throws where the agency has none. */
export function agencySchema(files: SchemaFiles, adapter: AnyAdapter): GraphQLSchema {
  const document = files.agencies.get(adapter.id);
  if (!document) throw new Error(`There is no schema/${adapter.id}.graphql`);
  const sourced = [...objectTypes([files.own]).values()].filter((type) =>
    implementsInterface(type, 'Sourced'),
  );
  const names = sourced.map((type) => type.name.value);
  return buildASTSchema(withHelperFields(document, adapter, names), { assumeValidSDL: true });
}

/** An agency as stitching delegates to it; what is asked in one tick is folded into one document. */
export function subschemaOf(agency: string, schema: GraphQLSchema, executor: Executor): SubschemaConfig {
  return { name: agency, schema, executor, batch: true };
}

/**
 * The public graph, composed: the gateway's own SDL and vocabulary with every agency's, resolved by delegation.
 * Agencies' batch roots, keys and helper fields stay inside.
 */
export function stitchGateway(
  files: SchemaFiles,
  subschemas: ReadonlyMap<string, SubschemaConfig>,
  catalogue: Catalogue,
): GraphQLSchema {
  const stitched = stitchSchemas({
    subschemas: [...subschemas.values()],
    typeDefs: files.own,
    typeMergingOptions: {
      // The vocabulary's definition of a field stands: agencies' own differ in helpers (`source`) and have no description.
      fieldConfigMerger: (candidates) =>
        (candidates.find((one) => !one.transformedSubschema) ?? candidates[0])?.fieldConfig as never,
      validationSettings: { validationLevel: ValidationLevel.Off },
    },
  });
  const schema = withoutHelpers(stitched, files);
  attachResolvers(schema, catalogue);
  refuseImpossibleDates(schema);
  return schema;
}

/** Leaves what the SDL files define, and nothing that was added for the gateway's own use. */
function withoutHelpers(schema: GraphQLSchema, files: SchemaFiles): GraphQLSchema {
  const roots = new Set(
    files.own.definitions
      .flatMap((one) =>
        one.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(one.name.value)
          ? (one.fields ?? [])
          : [],
      )
      .map((field) => field.name.value),
  );
  const helpers = new Set(['key', 'present', 'asOf']);
  const isSection = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Section');
  };
  return filterSchema({
    schema,
    rootFieldFilter: (_operation, field) => roots.has(field ?? ''),
    objectFieldFilter: (type, field) => !(isSection(type) && helpers.has(field)),
    typeFilter: (name) => name !== 'AgencySource',
  });
}
