import type { HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS, type RequestErrorCode } from '../errors.ts';
import type { RequestContext, Result } from './apollo.ts';

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

function noteOutcome(request: FastifyRequest, codes: readonly string[]): void {
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

const ANSWERED_IN = ['application/graphql-response+json', 'application/json', 'application/*', '*/*'];

/** Whether a client that sends this `Accept` could read an answer. Asked before anything is disclosed to it. */
export function acceptsAnswer(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return ANSWERED_IN.includes(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}

/** Sends what Apollo answered, with the status of its gravest error. */
export async function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { status = 200, headers, body }: HTTPGraphQLResponse,
  { noted }: RequestContext['result'],
): Promise<FastifyReply> {
  if (body.kind !== 'complete') throw new Error('Sightline sends answers whole');
  for (const [name, value] of headers) reply.header(name, value);
  const codes = noted?.codes ?? codesIn(body.string);
  noteOutcome(request, codes);
  const contentType = headers.get('content-type') ?? '';
  reply.code(noted ? statusOf(noted, contentType) : status);
  if (noted && noted.retryAfter !== null) reply.header('retry-after', String(noted.retryAfter));
  if (reply.statusCode === 401) reply.header('www-authenticate', challengeFor(request));
  return reply.send(body.string);
}

/** Of a request that was refused before Apollo looked at its operation. */
function codesIn(body: string): string[] {
  const { errors = [] } = JSON.parse(body) as { errors?: { extensions?: { code?: string } }[] };
  return errors.map(({ extensions }) => String(extensions?.code));
}

/** RFC 6750: no error is named to a client that has not tried a token. */
function challengeFor({ headers }: FastifyRequest): string {
  return headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
}

/**
 * Codes for a wrong document or wrong variables: `application/json` answers them with 200, as GraphQL over HTTP says.
 */
const IN_THE_DOCUMENT: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * Status of a request that Apollo took: 200 with data, else that of its gravest error. `contentType` is that of
 * the answer.
 */
function statusOf({ hasQuery, hasData, codes }: Result, contentType: string): number {
  if (hasData || codes.length === 0) return 200;
  const plainJson = contentType.startsWith('application/json');
  if (plainJson && hasQuery && codes.every((code) => IN_THE_DOCUMENT.has(code))) return 200;
  return Math.max(...codes.map((code) => ERROR_STATUS[code as RequestErrorCode] ?? 200));
}
