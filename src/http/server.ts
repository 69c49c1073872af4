import { randomUUID } from 'node:crypto';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { startApollo } from './apollo.ts';
import { BODY_LIMIT, bodyAnswer } from './body-errors.ts';
import { serveDemo } from './demo-routes.ts';
import { describeError } from './describe-error.ts';
import { errorBody } from './error-body.ts';
import { serveGraphiql } from './graphiql-routes.ts';
import { serveGraphql } from './graphql-route.ts';
import { serveHealth } from './health-routes.ts';
import { noteOutcome } from './outcome.ts';
import type { HttpParts, RequestMetrics } from './parts.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { trackConnections } from './unused-connections.ts';

/** Milliseconds in which a request must have arrived. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Nobody is answered with it; as other servers log a client that did not wait. */
const CLIENT_GONE = 499;

/** The public listener, not yet listening. */
export async function buildHttp(parts: HttpParts): Promise<FastifyInstance> {
  const server = bareServer(parts.log, parts.metrics);
  const apollo = await startApollo(parts);
  server.addHook('onClose', () => apollo.stop());
  serveGraphql(server, apollo, parts);
  serveGraphiql(server, parts.graphiql);
  serveHealth(server, parts);
  if (parts.demo) serveDemo(server, parts.demo);
  return server;
}

/** A server that speaks JSON, says nothing of itself, and logs one line a request without anything of a person. */
export function bareServer(log: Logger, metrics?: RequestMetrics): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
  });
  server.removeContentTypeParser('text/plain');
  const endUnused = trackConnections(server.server);
  server.addHook('preClose', async () => endUnused());
  server.decorateRequest('outcome', 'OK');
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
    const fields = { requestId: request.id, method: request.method, route, status, code };
    log.info({ ...fields, ms: Math.round(seconds * 1_000) }, 'request');
  };
  server.setNotFoundHandler(async (request, reply) => {
    noteOutcome(request, ['BAD_USER_INPUT']);
    return reply.code(404).send(errorBody('BAD_USER_INPUT', 'Nothing is served here.'));
  });
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const answer = bodyAnswer(error);
    if (!answer) log.error({ errorId: request.id, causes: describeError(error) }, 'internal error');
    const { status, body } = answer ?? { status: 500, body: internal(request.id) };
    noteOutcome(request, [body.errors[0]?.extensions.code ?? 'INTERNAL']);
    return reply.code(status).send(body);
  });
  return server;
}

function internal(id: string) {
  const message = `Something went wrong on our side. Quote this id to whoever runs Sightline: ${id}`;
  return errorBody('INTERNAL', message, { id });
}
