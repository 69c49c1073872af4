import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  type OperationDefinitionNode,
  TypeInfo,
  ValidationContext,
  type VariableDefinitionNode,
} from 'graphql';
import { ERROR_STATUS, type RequestErrorCode } from '../../errors.ts';
import { LIMITS } from '../limits/limits.ts';

/**
 * The variables of an operation as everything reads them: checked against their types, with defaults filled in. Given
 * to execution they are coerced once more, to the same. Else what is wrong with them, as errors with a code.
 * @param definitions those of the operation that have to be given or have a default
 */
export function operationVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  definitions: readonly VariableDefinitionNode[] = operation.variableDefinitions ?? [],
): { errors: readonly GraphQLError[] } | { errors: null; variables: Record<string, unknown> } {
  const options = { maxErrors: LIMITS.variableMistakes };
  const { errors, coerced } = getVariableValues(schema, definitions, given, options);
  if (errors) return { errors: errors.map(withCode) };
  const misplaced = nullsThatMayNotBe(schema, document, operation, coerced);
  return misplaced.length > 0 ? { errors: misplaced } : { errors: null, variables: coerced };
}

function withCode({ message, nodes = [] }: GraphQLError): GraphQLError {
  if (!/error limit reached/.test(message)) return coded('BAD_USER_INPUT', message, nodes);
  const limit = `more than ${LIMITS.variableMistakes} mistakes, which is the limit of those that are named`;
  return coded('QUERY_REFUSED', `The variables have ${limit}.`, []);
}

/** A default lets a variable that may be null stand where null may not: GraphQL leaves it to execution to find it there. */
function nullsThatMayNotBe(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  if (!Object.values(variables).includes(null)) return [];
  const context = new ValidationContext(schema, document, new TypeInfo(schema), () => {});
  return context.getRecursiveVariableUsages(operation).flatMap(({ node, type }) => {
    if (variables[node.name.value] !== null || !isNonNullType(type)) return [];
    const message = `Variable "$${node.name.value}" is null where a value of type "${type}" must stand.`;
    return [coded('BAD_USER_INPUT', message, [node])];
  });
}

function coded(code: RequestErrorCode, message: string, nodes: GraphQLError['nodes']): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? [],
    extensions: { code, http: { status: ERROR_STATUS[code] } },
  });
}
