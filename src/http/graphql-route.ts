import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptsAnswer } from './accepts.ts';
import { askedOf } from './asking.ts';
import { errorBody } from './error-body.ts';
import { noteOutcome } from './outcome.ts';
import type { HttpParts } from './parts.ts';
import type { RequestContext } from './request-context.ts';
import { statusOf } from './status.ts';

/** `POST /graphql`. Anything else there is refused: a GET would put identifiers into other people's logs. */
export function serveGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  parts: HttpParts,
): void {
  server.post('/graphql', async (request, reply) => {
    if (!acceptsAnswer(request.headers.accept)) {
      noteOutcome(request, ['BAD_USER_INPUT']);
      const types = 'application/graphql-response+json or application/json';
      return reply
        .code(406)
        .send(errorBody('BAD_USER_INPUT', `Answers come as ${types}: accept one of them.`));
    }
    const result: RequestContext['result'] = {};
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers: headersOf(request), body: request.body, search: '' },
      context: async () => ({ asked: await askedOf(request, reply, parts), result }),
    });
    return send(request, reply, response, result);
  });
  server.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (request, reply) => {
      noteOutcome(request, ['BAD_USER_INPUT']);
      return reply
        .code(405)
        .header('allow', 'POST')
        .send(errorBody('BAD_USER_INPUT', 'Send queries by POST.'));
    },
  });
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
