import type { FastifyInstance } from 'fastify';
import type { HttpParts } from './parts.ts';

/** For whoever restarts and routes: alive, and able to answer. Agencies that are down do not make it unready. */
export function serveHealth(server: FastifyInstance, { notReady }: Pick<HttpParts, 'notReady'>): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const reason = await notReady();
    return reason === null ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
}
