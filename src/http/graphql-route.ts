import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { ERROR_STATUS, type RequestErrorCode, requestError } from '../errors.ts';
import { errorBody, noteOutcome, sendError } from './answers.ts';
import type { HttpParts } from './parts.ts';
import { type RequestContext, type RequestHead, type Result, requestHead } from './request-head.ts';
import { withDocument } from './requested-document.ts';

/** `POST /graphql`. Anything else there is refused: a GET would put identifiers into other people's logs. */
export function serveGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  parts: HttpParts,
): void {
  server.post('/graphql', async (request, reply) => {
    if (!acceptsAnswer(request.headers.accept)) {
      const types = 'application/graphql-response+json or application/json';
      const body = errorBody('BAD_USER_INPUT', `Answers come as ${types}: accept one of them.`);
      return sendError(request, reply, 406, body);
    }
    const result: RequestContext['result'] = {};
    const asked = { method: 'POST', headers: headersOf(request), body: request.body, search: '' };
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: asked,
      // Apollo reads the body when it has the context.
      async context() {
        const head = await headOrRefused(request, reply, parts);
        asked.body = await withDocument(request.body, head, parts);
        return { head, result };
      },
    });
    return send(request, reply, response, result);
  });
  server.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: refuseMethod,
  });
}

/** Seconds after which it is worth asking again, while nobody's token can be checked. */
const RETRY_AFTER_SECONDS = 30;

/**
 * Logs why a caller was refused, without anything of the token. A caller who cannot be checked now is told whom to
 * call.
 */
async function headOrRefused(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
): Promise<RequestHead> {
  try {
    return await requestHead(request, reply, parts);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { code } = error.extensions;
    if (code === 'UNAUTHENTICATED') request.refusal = error.message;
    if (code !== 'ISSUER_UNAVAILABLE') throw error;
    request.refusal = (error.originalError ?? error).message;
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    const message = `${error.message} Try again in ${RETRY_AFTER_SECONDS} seconds, or call the agencies’ desks.`;
    throw requestError('ISSUER_UNAVAILABLE', message, { contacts: parts.desks() }, error.originalError);
  }
}

export async function refuseMethod(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendError(
    request,
    reply.header('allow', 'POST'),
    405,
    errorBody('BAD_USER_INPUT', 'Send queries by POST.'),
  );
}

async function send(
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

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return new HeaderMap(entries);
}

const ANSWERED_IN = ['application/graphql-response+json', 'application/json', 'application/*', '*/*'];

/** Whether a client that sends this `Accept` could read an answer. Asked before anything is disclosed to it. */
function acceptsAnswer(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return ANSWERED_IN.includes(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
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
