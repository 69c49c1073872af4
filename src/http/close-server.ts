import type { FastifyInstance } from 'fastify';

/** Stops listening and lets requests finish; after `deadlineMs` milliseconds their connections are cut. */
export async function closeServer(server: FastifyInstance, deadlineMs = 10_000): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), deadlineMs);
  try {
    await server.close();
  } finally {
    clearTimeout(cut);
  }
}
