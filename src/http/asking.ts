import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../caller/authenticate.ts';
import { parseReference } from '../caller/reference.ts';
import { wantsHolesOnly } from '../caller/sharing-errors.ts';
import { identifies } from '../gateway/identifies.ts';
import type { Asking } from '../gateway/request.ts';
import type { HttpParts } from './parts.ts';

export interface Asked {
  asking: Asking;
  holesOnly: boolean;
}

/**
 * Who asks, why and under which reference, from the headers of a request.
 * Throws UNAUTHENTICATED or BAD_USER_INPUT.
 */
export async function askedOf(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
): Promise<Asked> {
  const header = (name: string) => textOf(request.headers[name]);
  const { trust, roles, agencies, now } = parts;
  const caller = await authenticate(header('authorization'), header('sharing-role'), {
    ...trust,
    roles,
    identifies,
    now,
  });
  return {
    asking: {
      requestId: request.id,
      caller,
      purpose: header('sharing-purpose'),
      reference: parseReference(header('sharing-reference'), agencies),
      signal: goneSignal(reply),
    },
    holesOnly: wantsHolesOnly(header('sharing-errors')),
  };
}

/** A header that was sent empty says nothing. */
function textOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value.join(', ') : value)?.trim() || null;
}

/** Aborted when the connection closes before the answer is out. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('The client went away'));
  });
  return gone.signal;
}
