import type { ASTNode, GraphQLError } from 'graphql';
import { GraphQLError as RefusedQuery } from 'graphql';
import { ERROR_STATUS } from '../../errors.ts';

/** How much one query may ask. Every message that refuses names the limit and its number. */
export const LIMITS = {
  /** Words and signs of the query text. */
  tokens: 4_000,
  /** Fields within fields: the deepest of the vocabulary, over two households, is 13. */
  depth: 15,
  aliases: 50,
  directives: 50,
  /** Items of one list that a query may name in `first`. */
  first: 500,
  /** Bytes of one answer. */
  answerBytes: 32 * 1024 * 1024,
  /** Steps from a person to a member of their household, one behind the other. */
  householdSteps: 2,
  /** Named by id or number, all fields of a request together: as many entries the register may have to take. */
  people: 200,
  /** See `costOf`. 200 people with ten sections of lists take about 350,000. */
  cost: 500_000,
  /** Lists of fields, interfaces and types within one another in the schema's own description; graphql-js's own limit. */
  introspectionLists: 2,
  /** Of what is wrong with a query, and with variables, so many are named. The first is graphql-js's own limit. */
  mistakes: 100,
  variableMistakes: 10,
} as const;

/** QUERY_REFUSED as validation rules report it: at its places in the query. */
export function refused(message: string, nodes: ASTNode | readonly ASTNode[] = []): GraphQLError {
  return new RefusedQuery(message, {
    nodes,
    extensions: { code: 'QUERY_REFUSED', http: { status: ERROR_STATUS.QUERY_REFUSED } },
  });
}
