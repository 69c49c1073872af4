import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas, ValidationLevel } from '@graphql-tools/stitch';
import type { Executor } from '@graphql-tools/utils';
import { filterSchema } from '@graphql-tools/utils';
import {
  buildASTSchema,
  GraphQLError,
  type GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  Kind,
} from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { withHelperFields } from '../../compile/plan/helper-fields.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import { attachResolvers } from './resolvers.ts';
import type { SchemaFiles } from './vocabulary.ts';
import { AgencySchemaMissingError, implementsInterface, objectTypes } from './vocabulary.ts';

/** An agency's SDL with the fields that only the gateway sees. Throws where the agency has none. */
export function agencySchema(files: SchemaFiles, adapter: AnyAdapter): GraphQLSchema {
  const document = files.agencies.get(adapter.id);
  if (!document) throw new AgencySchemaMissingError(adapter.id);
  const sourced = [...objectTypes([files.own]).values()].filter((type) =>
    implementsInterface(type, 'Sourced'),
  );
  const names = sourced.map((type) => type.name.value);
  return buildASTSchema(withHelperFields(document, adapter, names), { assumeValidSDL: true });
}

/** An agency as stitching delegates to it; what is asked in one tick its executor answers together. */
export function subschemaOf(agency: string, schema: GraphQLSchema, executor: Executor): SubschemaConfig {
  return { name: agency, schema, executor };
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
  const helpers = new Set(['key', 'present', 'asOf', 'capped', 'ranks']);
  const isSection = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Section');
  };
  return filterSchema({
    schema,
    rootFieldFilter: (_operation, field) => roots.has(field ?? ''),
    objectFieldFilter: (type, field) => !(isSection(type) && helpers.has(field)),
    typeFilter: (name) => name !== 'AgencySource' && name !== 'AgencyRank',
  });
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Scalar → whether a text is one, and how one is written. */
const FORMS: Readonly<Record<string, { is(text: string): boolean; form: string }>> = {
  Date: { is: isDay, form: 'a day that exists, as YYYY-MM-DD' },
  DateTime: { is: (text) => isDay(TIME.exec(text)?.[1] ?? ''), form: 'ISO 8601 with an offset' },
};

/**
 * Has the schema refuse days and times that are none, before anybody is asked: an agency that is asked for rows since
 * the 45th would truthfully have none, and the answer would reassure falsely.
 */
function refuseImpossibleDates(schema: GraphQLSchema): void {
  for (const [name, { is, form }] of Object.entries(FORMS)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`The public schema has no scalar ${name}`);
    const parse = (value: unknown): string => {
      if (typeof value === 'string' && is(value)) return value;
      throw new GraphQLError(`A ${name} is ${form}.`);
    };
    parseBy(type, parse);
  }
}

function parseBy(type: GraphQLScalarType, parse: (value: unknown) => unknown): void {
  type.parseValue = parse;
  type.parseLiteral = (node) => parse(node.kind === Kind.STRING ? node.value : null);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
