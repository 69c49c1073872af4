import type { ExecutionRequest } from '@graphql-tools/utils';
import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  getVariableValues,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { DocumentNotUnderstoodError } from '../run/errors.ts';
import { argumentsMeant } from './arguments.ts';

/** One field as the document asks for it, with aliases, fragments, variables and directives resolved. */
export interface FieldSelection {
  name: string;
  responseKey: string;
  type: GraphQLOutputType;
  args: Readonly<Record<string, unknown>>;
  children: readonly FieldSelection[];
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
export function readSelection(schema: GraphQLSchema, request: ExecutionRequest): FieldSelection[] {
  const before = read.get(request.document);
  const keys = before && request.variables?.[before.keys];
  if (before?.schema === schema && isTexts(keys)) return [{ ...before.root, args: { keys } }];
  const roots = readAnew(schema, request);
  const remembered = rememberable(schema, request.document, roots);
  if (remembered) read.set(request.document, remembered);
  return roots;
}

/** What was read of a document that asks one root and takes nothing but its keys in a variable. */
interface ReadBefore {
  schema: GraphQLSchema;
  root: FieldSelection;
  keys: string;
}
const read = new WeakMap<DocumentNode, ReadBefore>();

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Null for a document in which more than the keys may be another the next time. */
function rememberable(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  roots: readonly FieldSelection[],
): ReadBefore | null {
  const [root, ...others] = roots;
  const [operation] = definitions;
  if (!root || others.length > 0 || operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const [variable, ...more] = operation.variableDefinitions ?? [];
  const [node] = operation.selectionSet.selections;
  const [keys, ...further] = (node?.kind === Kind.FIELD && node.arguments) || [];
  if (!variable || more.length > 0 || !keys || further.length > 0) return null;
  if (keys.name.value !== 'keys' || keys.value.kind !== Kind.VARIABLE) return null;
  const name = variable.variable.name.value;
  if (keys.value.name.value !== name || countVariables(definitions) !== 2) return null;
  return { schema, root, keys: name };
}

/** How often any variable stands in the document, its definition included. */
function countVariables(definitions: DocumentNode['definitions']): number {
  let count = 0;
  for (const definition of definitions)
    visit(definition, {
      Variable() {
        count += 1;
      },
    });
  return count;
}

function readAnew(schema: GraphQLSchema, request: ExecutionRequest): FieldSelection[] {
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
): FieldSelection[] {
  return [...fields].map(([responseKey, nodes]) => readField(reading, parent, responseKey, nodes));
}

function readField(
  reading: Reading,
  parent: GraphQLObjectType,
  responseKey: string,
  nodes: FieldNode[],
): FieldSelection {
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
    args: definition.args.length === 0 ? {} : argumentsMeant(definition, node, reading.variables.coerced),
    children: isObjectType(named) ? readChildren(reading, named, nodes) : [],
  };
}
const TYPE_NAME = new GraphQLNonNull(GraphQLString);

function readChildren(reading: Reading, type: GraphQLObjectType, nodes: FieldNode[]): FieldSelection[] {
  const { fields } = collectSubFields(reading.schema, reading.fragments, reading.variables, type, nodes);
  return readFields(reading, type, fields);
}
