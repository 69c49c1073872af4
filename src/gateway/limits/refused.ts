import type { ASTNode, GraphQLError } from 'graphql';
import { GraphQLError as RefusedQuery } from 'graphql';
import { ERROR_STATUS } from '../../errors.ts';

/** QUERY_REFUSED as validation rules report it: at its places in the query. */
export function refused(message: string, nodes: ASTNode | readonly ASTNode[] = []): GraphQLError {
  return new RefusedQuery(message, {
    nodes,
    extensions: { code: 'QUERY_REFUSED', http: { status: ERROR_STATUS.QUERY_REFUSED } },
  });
}
