import type { FastifyError } from 'fastify';
import { errorBody } from './error-body.ts';

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
