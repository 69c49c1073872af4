import { randomUUID } from 'node:crypto';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from '../logger.ts';
import { BODY_LIMIT, bodyAnswer, errorBody, SECURITY_HEADERS, sendError } from './answers.ts';
import { startApollo } from './apollo.ts';
import { serveDemo } from './demo-routes.ts';
import { describeError } from './describe-error.ts';
import { refuseMethod, serveGraphql } from './graphql-route.ts';
import { trackConnections } from './listen.ts';
import type { GatewayStatus, Metrics } from './metrics.ts';
import { clientErrorHandler, refuseExpectations } from './not-a-request.ts';
import { serveGraphiql } from './page-routes.ts';
import type { HttpParts, RequestMetrics } from './parts.ts';

/** Milliseconds in which a request must have arrived. */
const REQUEST_TIMEOUT_MS = 30_000;

const BAD_ADDRESS = errorBody('BAD_USER_INPUT', 'The address cannot be read: its %-signs do not decode.');

/** Logged, never sent: the code by which other servers log a client that closed the connection. */
const CLIENT_GONE = 499;

/** The public listener, not yet listening. */
export async function buildHttp(parts: HttpParts): Promise<FastifyInstance> {
  const server = bareServer(parts.log, parts.metrics, parts.requestTimeoutMs);
  // Behind TLS only: a browser keeps it for the host, and would refuse a plain one ever after.
  if (parts.publicUrl?.protocol === 'https:')
    server.addHook('onRequest', async (_request, reply) =>
      reply.header('strict-transport-security', 'max-age=31536000'),
    );
  const apollo = await startApollo(parts);
  server.addHook('onClose', () => apollo.stop());
  serveGraphql(server, apollo, parts);
  serveGraphiql(server, parts.graphiql, parts.publicUrl);
  serveHealth(server, parts);
  if (parts.demo) serveDemo(server, parts.demo);
  return server;
}

/** A server that speaks JSON, says nothing of itself, and logs one line a request without anything of a person. */
function bareServer(
  log: Logger,
  metrics?: RequestMetrics,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
): FastifyInstance {
  const refused = (status: number, code: string) => {
    metrics?.answered('unknown', status, code, 0);
    log.info({ route: 'unknown', status, code }, 'request');
  };
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 5_000),
    },
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    clientErrorHandler: clientErrorHandler(requestTimeoutMs, refused),
    frameworkErrors: (_error, request, reply) => {
      refused(400, 'BAD_USER_INPUT');
      reply.headers(SECURITY_HEADERS);
      sendError(request as FastifyRequest, reply as FastifyReply, 400, BAD_ADDRESS);
    },
  });
  refuseExpectations(server, refused);
  server.removeContentTypeParser('text/plain');
  const endUnused = trackConnections(server.server);
  server.addHook('preClose', async () => endUnused());
  server.decorateRequest('outcome', 'OK');
  server.decorateRequest('refusal', null);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id });
    const begun = performance.now();
    reply.raw.once('close', () => {
      const seconds = (performance.now() - begun) / 1_000;
      if (reply.raw.writableFinished) report(request, reply.statusCode, request.outcome, seconds);
      else report(request, CLIENT_GONE, 'CLIENT_GONE', seconds);
    });
  });
  const report = (request: FastifyRequest, status: number, code: string, seconds: number) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics?.answered(route, status, code, seconds);
    const fields = {
      ...{ requestId: request.id, method: request.method, route, status, code },
      ...(request.refusal !== null && { reason: request.refusal }),
    };
    log.info({ ...fields, ms: Math.round(seconds * 1_000) }, 'request');
  };
  server.setNotFoundHandler(async (request, reply) => {
    // The operator's listener has no graph, by whatever method.
    const graph = server.hasRoute({ method: 'POST', url: '/graphql' });
    if (graph && request.url.split('?')[0] === '/graphql') return refuseMethod(request, reply);
    return sendError(request, reply, 404, errorBody('BAD_USER_INPUT', 'Nothing is served here.'));
  });
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const answer = bodyAnswer(error);
    if (!answer) log.error({ errorId: request.id, causes: describeError(error) }, 'internal error');
    const { status, body } = answer ?? { status: 500, body: internal(request.id) };
    return sendError(request, reply, status, body);
  });
  return server;
}

function internal(id: string) {
  const message = `Something went wrong on our side. Quote this id to whoever runs Sightline: ${id}`;
  return errorBody('INTERNAL', message, { id });
}

/** Whether the process is alive, and whether it can answer. Agencies that are down do not make it unready. */
function serveHealth(server: FastifyInstance, { notReady }: Pick<HttpParts, 'notReady'>): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const reason = await notReady();
    return reason === null ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
}

export interface OperatorParts {
  metrics: Metrics;
  status(): Promise<GatewayStatus>;
  log: Logger;
}

/** The operator's listener, on a port of its own that the public one knows nothing of. */
export function buildOperator({ metrics, status, log }: OperatorParts): FastifyInstance {
  const server = bareServer(withoutRequests(log));
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  server.get('/health/agencies', async () => ({ agencies: (await status()).agencies }));
  server.get('/health/issuers', async () => ({ issuers: (await status()).issuers }));
  return server;
}

/** Monitoring asks every few seconds: such requests are not logged. */
const withoutRequests = (log: Logger): Logger => ({
  info() {},
  warn: (fields, message) => log.warn(fields, message),
  error: (fields, message) => log.error(fields, message),
});
