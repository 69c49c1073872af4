import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import { requestError } from '../../errors.ts';
import { HOLE_CODES } from '../../states.ts';
import { LIMITS } from '../limits/limits.ts';
import type { GatewayContext } from '../request/context.ts';
import { inDocumentOrder } from '../request/document-order.ts';
import type { Contents } from '../request/ledger.ts';
import type { Operation } from '../request/request.ts';
import { type Hole, holesOf } from '../sections/holes.ts';

export type GatewayResult = ExecutionResult<Record<string, unknown>, { holes: readonly Hole[] }>;

/** Runs one operation against the guarded schema, and names every hole of its answer. `contents`: for the register. */
export async function executeOperation(
  schema: GraphQLSchema,
  operation: Operation,
  context: GatewayContext,
): Promise<{ result: GatewayResult; contents: Contents }> {
  const { document, operationName, variables, holesOnly } = operation;
  const result = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    rootValue: {},
  });
  const contents = context.ledger.contents(result.data);
  // Below a null that an error has made there is no order of data left; that of the query's text stands in for it.
  const byText = [...(result.errors ?? [])].sort((one, other) => textPlace(one) - textPlace(other));
  const ordered = inDocumentOrder(result.data, byText, ({ path }) => path ?? []);
  const errors = ordered.filter((error) => !(holesOnly && isHole(error)));
  return {
    contents,
    result: {
      ...(result.data !== undefined && { data: result.data as Record<string, unknown> }),
      ...(errors.length > 0 && { errors }),
      extensions: { holes: holesOf(context, ordered, contents) },
    },
  };
}

const textPlace = ({ nodes }: GraphQLError): number => nodes?.[0]?.loc?.start ?? 0;

export function isHole(error: GraphQLError): boolean {
  return HOLE_CODES.has(error.extensions.code);
}

/**
 * Throws QUERY_REFUSED for an answer that is larger than one may be: cut short it would say less than it seems to. What
 * is counted is what the caller may see, and nothing else, so that the refusal tells nothing more.
 */
export function checkAnswerSize(
  { data, errors = [], extensions }: GatewayResult,
  most = LIMITS.answerBytes,
): void {
  const errorsSent = errors.map(({ message, path, extensions: more }) => [message, path, more]);
  if (sizeOf([data, errorsSent, extensions], most) <= most) return;
  const megabytes = Math.round(most / 1024 / 1024);
  throw requestError(
    'QUERY_REFUSED',
    `The answer is larger than ${megabytes} MB, which is the limit. Ask for fewer people, fields or rows at once.`,
  );
}

/** About as many bytes as its JSON has; no more is counted once it is more than `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 6;
  let size = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (size > most) break;
      size += sizeOf(item, most - size);
    }
    return size;
  }
  for (const key of Object.keys(value)) {
    if (size > most) break;
    size += key.length + 3 + sizeOf((value as Record<string, unknown>)[key], most - size);
  }
  return size;
}
