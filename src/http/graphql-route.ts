import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Reference } from '../caller/types.ts';
import { authenticate } from '../caller/verify-token.ts';
import { requestError } from '../errors.ts';
import { acceptsAnswer, errorBody, sendAnswer, sendError } from './answers.ts';
import type { RequestContext, RequestHead } from './apollo.ts';
import type { HttpParts } from './parts.ts';
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
    return sendAnswer(request, reply, response, result);
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

/**
 * Who asks, why and under which reference, from the headers of a request.
 * Throws UNAUTHENTICATED or BAD_USER_INPUT.
 */
async function requestHead(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
): Promise<RequestHead> {
  const header = (name: string) => textOf(request.headers[name]);
  const { issuers, policy, agencies, now } = parts;
  const caller = await authenticate(header('authorization'), header('sharing-role'), {
    issuers,
    law: policy,
    now,
  });
  return {
    caller: {
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

/** Whether `Sharing-Errors: holes` asks to leave what is not known to `extensions.holes` alone. Throws BAD_USER_INPUT. */
function wantsHolesOnly(text: string | null): boolean {
  if (text === null) return false;
  if (text === 'holes') return true;
  throw requestError('BAD_USER_INPUT', 'Sharing-Errors must be "holes", or left out.');
}

const FORM = /^([a-z][a-z0-9-]{0,63}):([\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?)$/;

/**
 * The case or incident of `Sharing-Reference`, null where there is none. `agencies` are the ids that are known.
 * Throws BAD_USER_INPUT that says the form, never the text itself.
 */
function parseReference(text: string | null, agencies: readonly string[]): Reference | null {
  if (text === null) return null;
  const [, agency = '', value = ''] = FORM.exec(text) ?? [];
  const known = `known agencies: ${agencies.join(', ')}`;
  if (agency === '') {
    const form = '<agency>:<its own case or incident number>, of at most 64 printable characters';
    throw requestError('BAD_USER_INPUT', `Sharing-Reference must be ${form}; ${known}.`);
  }
  if (!agencies.includes(agency))
    throw requestError('BAD_USER_INPUT', `Sharing-Reference names no agency of Sightline; ${known}.`);
  return { agency, value };
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return new HeaderMap(entries);
}

export async function refuseMethod(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendError(
    request,
    reply.header('allow', 'POST'),
    405,
    errorBody('BAD_USER_INPUT', 'Send queries by POST.'),
  );
}
