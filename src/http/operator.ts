import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { GatewayStatus, Metrics } from './metrics.ts';
import { bareServer } from './server.ts';

export interface OperatorParts {
  metrics: Metrics;
  status(): GatewayStatus;
  log: Logger;
}

/** The operator's listener, on a port of its own that the public one knows nothing of. */
export function buildOperator({ metrics, status, log }: OperatorParts): FastifyInstance {
  const server = bareServer(log.child({}, { level: 'warn' }));
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  server.get('/health/agencies', async () => ({ agencies: status().agencies }));
  return server;
}
