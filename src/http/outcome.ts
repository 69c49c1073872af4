import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the first error that the answer has, for the log and metrics. */
    outcome: string;
  }
}

export function noteOutcome(request: FastifyRequest, codes: readonly string[]): void {
  request.outcome = codes[0] ?? 'OK';
}
