import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { getVariableValues } from 'graphql';
import { requestError } from '../errors.ts';
import { checkCost } from '../gateway/limits/cost.ts';
import type { HttpParts } from './parts.ts';
import type { RequestContext } from './request-context.ts';

/** What Apollo takes a schema and an executor from. */
export type GatewayInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;

/** What Apollo runs once an operation is parsed and valid. Throws GraphQLErrors with a code. */
export function createExecutor({ gateway }: Pick<HttpParts, 'gateway'>): GatewayExecutor {
  return async ({ document, operation, operationName, request, context }) => {
    const { asking, holesOnly } = (context as RequestContext).asked;
    if (!operation)
      throw requestError('BAD_USER_INPUT', 'Name one of the document’s operations in operationName.');
    if (operation.operation === 'subscription')
      throw requestError('BAD_USER_INPUT', 'Sightline answers queries and mutations only.');
    const given = request.variables ?? {};
    const { errors, coerced } = getVariableValues(
      gateway.schema,
      operation.variableDefinitions ?? [],
      given,
      {
        maxErrors: MOST_ERRORS,
      },
    );
    if (errors) return { errors };
    checkCost(gateway.schema, document, operation, coerced);
    try {
      return await gateway.answer(asking, { document, operationName, variables: given, holesOnly });
    } catch (error) {
      // Nobody reads it; but it is no defect of ours, to be logged as one.
      if (asking.signal.aborted)
        throw requestError('BAD_USER_INPUT', 'The client went away before the answer.');
      throw error;
    }
  };
}

const MOST_ERRORS = 10;
