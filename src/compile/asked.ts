import type { ExecutionRequest } from '@graphql-tools/utils';
import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { DocumentNotUnderstoodError } from './errors.ts';

/** One field as the document asks for it, with aliases, fragments, variables and directives resolved. */
export interface AskedField {
  name: string;
  responseKey: string;
  type: GraphQLOutputType;
  args: Readonly<Record<string, unknown>>;
  children: readonly AskedField[];
}

interface Reading {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: { coerced: Record<string, unknown>; sources: Record<string, never> };
}

/**
 * The root fields that a delegated query operation asks for, in order. Throws DocumentNotUnderstoodError where the
 * document does not fit the schema.
 */
export function readAsked(schema: GraphQLSchema, request: ExecutionRequest): AskedField[] {
  const definitions = request.document.definitions;
  const operation = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const query = schema.getQueryType();
  if (operation?.operation !== 'query' || !query)
    throw new DocumentNotUnderstoodError('Agencies answer queries only');
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (!coerced.coerced)
    throw new DocumentNotUnderstoodError('A variable does not fit its type', coerced.errors[0]);
  const fragments = Object.fromEntries(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );
  const reading: Reading = { schema, fragments, variables: { coerced: coerced.coerced, sources: {} } };
  const { fields } = collectFields(schema, fragments, reading.variables, query, operation.selectionSet);
  return readFields(reading, query, fields);
}

function readFields(
  reading: Reading,
  parent: GraphQLObjectType,
  fields: Map<string, FieldNode[]>,
): AskedField[] {
  return [...fields].map(([responseKey, nodes]) => readField(reading, parent, responseKey, nodes));
}

function readField(
  reading: Reading,
  parent: GraphQLObjectType,
  responseKey: string,
  nodes: FieldNode[],
): AskedField {
  const node = nodes[0] as FieldNode;
  const name = node.name.value;
  if (name === '__typename') return { name, responseKey, type: TYPE_NAME, args: {}, children: [] };
  const definition = parent.getFields()[name];
  if (!definition) throw new DocumentNotUnderstoodError(`${parent.name} has no field ${name}`);
  const named = getNamedType(definition.type);
  return {
    name,
    responseKey,
    type: definition.type,
    args: definition.args.length === 0 ? {} : getArgumentValues(definition, node, reading.variables.coerced),
    children: isObjectType(named) ? readChildren(reading, named, nodes) : [],
  };
}
const TYPE_NAME = new GraphQLNonNull(GraphQLString);

function readChildren(reading: Reading, type: GraphQLObjectType, nodes: FieldNode[]): AskedField[] {
  const { fields } = collectSubFields(reading.schema, reading.fragments, reading.variables, type, nodes);
  return readFields(reading, type, fields);
}
