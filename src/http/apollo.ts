import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { LIMIT_RULES, PARSE_OPTIONS } from '../gateway/limits/validate-operation.ts';
import { createExecutor, type GatewayInterface } from './executor.ts';
import { createFormatError } from './format-error.ts';
import type { HttpParts } from './parts.ts';
import type { RequestContext } from './request-context.ts';

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
    logger: { debug() {}, info() {}, warn: quiet(log.warn), error: quiet(log.error) },
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
  function quiet(write: (message: string) => void): () => void {
    return () => write.call(log, 'Apollo Server reports a problem');
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

/** Leaves for the HTTP layer what its status, log and metrics go by. */
const notesResult: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ response: { body }, contextValue, source }) {
      if (body.kind !== 'single') return;
      const { data, errors = [] } = body.singleResult;
      contextValue.result.noted = {
        hasQuery: source !== undefined,
        hasData: Object.values(data ?? {}).some((root) => root !== null),
        codes: errors.map((error) => String(error.extensions?.code)),
      };
    },
  }),
};
