import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { requestError } from '../errors.ts';
import { checkCost } from '../gateway/limits/cost.ts';
import { LIMIT_RULES, PARSE_OPTIONS } from '../gateway/limits/validate-operation.ts';
import type { CallerRequest } from '../gateway/request/context.ts';
import { operationVariables } from '../gateway/request/operation-variables.ts';
import { createFormatError } from './format-error.ts';
import type { HttpParts } from './parts.ts';

/** What the headers of a request say. */
export interface RequestHead {
  caller: CallerRequest;
  holesOnly: boolean;
}

/** What one request carries through Apollo, made anew for each. */
export interface RequestContext {
  head: RequestHead;
  /** Filled in when the operation has been executed or refused; Apollo copies the context, not this. */
  result: { noted?: Result };
}

export interface Result {
  /** The request had the text of a query, whatever is wrong with it. */
  hasQuery: boolean;
  hasData: boolean;
  /** Of its errors. */
  codes: readonly string[];
  /** Seconds until a request that a limit refused may be made again: the longest of its errors; null if none says. */
  retryAfter: number | null;
}

/** Apollo parses, validates and answers; our gateway is what executes. Resolves when it is started. */
export async function startApollo(
  parts: Pick<HttpParts, 'gateway' | 'log'>,
): Promise<ApolloServer<RequestContext>> {
  const { log } = parts;
  const apollo = new ApolloServer<RequestContext>({
    gateway: gatewayOf(parts),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    parseOptions: PARSE_OPTIONS,
    validationRules: [...LIMIT_RULES],
    formatError: createFormatError(log),
    stringifyResult: (result) => JSON.stringify(result),
    logger: { debug() {}, info() {}, warn: quiet('warn'), error: quiet('error') },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      notesResult,
    ],
  });
  await apollo.start();
  return apollo;

  /** Apollo's own lines can quote a message of ours, so only that there was one is logged. */
  function quiet(level: 'warn' | 'error'): () => void {
    return () => log[level]({}, 'Apollo Server reports a problem');
  }
}

function gatewayOf(parts: Pick<HttpParts, 'gateway'>): GatewayInterface {
  let onSchema: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate(callback) {
      onSchema = callback;
      return () => {};
    },
    async load() {
      onSchema({ apiSchema: parts.gateway.schema, coreSupergraphSdl: '' });
      return { executor: createExecutor(parts) };
    },
    stop: async () => {},
  };
}

/** Notes what the HTTP layer needs for status, log and metrics. */
const notesResult: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ response: { body }, contextValue, source }) {
      if (body.kind !== 'single') return;
      const { data, errors = [] } = body.singleResult;
      contextValue.result.noted = {
        hasQuery: source !== undefined,
        hasData: Object.values(data ?? {}).some((root) => root !== null),
        codes: errors.map((error) => String(error.extensions?.code)),
        retryAfter: errors.reduce<number | null>((longest, { extensions }) => {
          const seconds = extensions?.retryAfterSeconds;
          return typeof seconds === 'number' ? Math.max(longest ?? 0, seconds) : longest;
        }, null),
      };
    },
  }),
};

/** What Apollo takes a schema and an executor from. */
type GatewayInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;

/** What Apollo runs once an operation is parsed and valid. Throws GraphQLErrors with a code. */
function createExecutor({ gateway }: Pick<HttpParts, 'gateway'>): GatewayExecutor {
  return async ({ document, operation, operationName, request: given, context }) => {
    const { caller: request, holesOnly } = (context as RequestContext).head;
    if (!operation)
      throw requestError('BAD_USER_INPUT', 'Name one of the document’s operations in operationName.');
    if (operation.operation === 'subscription')
      throw requestError('BAD_USER_INPUT', 'Sightline answers queries and mutations only.');
    const read = operationVariables(gateway.schema, document, operation, given.variables ?? {});
    if (read.errors) return { errors: read.errors };
    const { variables } = read;
    checkCost(gateway.schema, document, operation, variables);
    try {
      return await gateway.answer(request, { document, operationName, variables, holesOnly });
    } catch (error) {
      // Nobody reads this answer, but it must not be logged as an internal error.
      if (request.signal.aborted)
        throw requestError('BAD_USER_INPUT', 'The client went away before the answer.');
      throw error;
    }
  };
}
