import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** On every answer; `/graphiql` replaces the first two where its page needs more. */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the first error that the answer has, for the log and metrics. */
    outcome: string;
    /** Why the caller was not let in, in the words they read; null if they were. For the log. */
    refusal: string | null;
  }
}

export function noteOutcome(request: FastifyRequest, codes: readonly string[]): void {
  request.outcome = codes[0] ?? 'OK';
}

/** The body of an answer that is nothing but one error, in the shape of GraphQL's. */
export function errorBody(code: string, message: string, extensions: Record<string, unknown> = {}) {
  return { errors: [{ message, extensions: { code, ...extensions } }] };
}

/** Answers a request by one error, in GraphQL's media type where the client reads it. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  body: ReturnType<typeof errorBody>,
): FastifyReply {
  noteOutcome(
    request,
    body.errors.map(({ extensions }) => extensions.code),
  );
  const graphql = request.headers.accept?.includes('application/graphql-response+json');
  const type = graphql ? 'application/graphql-response+json' : 'application/json';
  return reply.code(status).type(`${type}; charset=utf-8`).serializer(JSON.stringify).send(body);
}

/** Largest body of a request, in bytes: thousands of ids fit. */
export const BODY_LIMIT = 1_048_576;

/** Answer to a request whose body could not be read, or null if the error is none of the body's. */
export function bodyAnswer(
  error: FastifyError,
): { status: number; body: ReturnType<typeof errorBody> } | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const limit = `${BODY_LIMIT.toLocaleString('en-GB')} bytes (1 MB)`;
      return {
        status: 413,
        body: errorBody('QUERY_REFUSED', `The body is larger than ${limit}, which is the limit.`),
      };
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return {
        status: 415,
        body: errorBody('BAD_USER_INPUT', 'Send the request with Content-Type: application/json.'),
      };
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return {
        status: 400,
        body: errorBody('BAD_USER_INPUT', 'The body is empty. Send {"query": "…"} as JSON.'),
      };
    default:
      // Whatever else is wrong before a handler runs: JSON that cannot be read, a length that is not the body's.
      return error.statusCode === 400
        ? { status: 400, body: errorBody('BAD_USER_INPUT', 'The body is not JSON that can be read.') }
        : null;
  }
}
