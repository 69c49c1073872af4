import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from './context.ts';
import { HOLE_CODES } from './hole-error.ts';
import { type Hole, holesOf } from './holes.ts';
import type { Operation } from './request.ts';

export type GatewayResult = ExecutionResult<Record<string, unknown>, { holes: readonly Hole[] }>;

/** Runs one operation against the guarded schema, and names every hole of its answer. */
export async function executeOperation(
  schema: GraphQLSchema,
  operation: Operation,
  context: GatewayContext,
): Promise<GatewayResult> {
  const { document, operationName, variables, holesOnly } = operation;
  const result = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    rootValue: {},
  });
  const errors = (result.errors ?? []).filter((error) => !(holesOnly && isHole(error)));
  return {
    ...(result.data !== undefined && { data: result.data as Record<string, unknown> }),
    ...(errors.length > 0 && { errors }),
    extensions: { holes: holesOf(context, result.errors ?? []) },
  };
}

export function isHole(error: GraphQLError): boolean {
  return HOLE_CODES.has(error.extensions.code);
}
