import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reference } from '../caller/types.ts';
import { authenticate } from '../caller/verify-token.ts';
import { requestError } from '../errors.ts';
import type { CallerRequest } from '../gateway/request/request.ts';
import type { HttpParts } from './parts.ts';

export interface RequestHead {
  caller: CallerRequest;
  holesOnly: boolean;
}

/**
 * Who asks, why and under which reference, from the headers of a request.
 * Throws UNAUTHENTICATED or BAD_USER_INPUT.
 */
export async function requestHead(
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

/** What one request carries through Apollo, made anew for each. */
export interface RequestContext {
  head: RequestHead;
  /** Filled in when the operation has been executed or refused; Apollo copies the context, not this. */
  result: { noted?: Result };
}

export interface Result {
  /** The request had the text of a query, whatever is wrong with it. */
  hasQuery: boolean;
  hasData: boolean;
  /** Of its errors. */
  codes: readonly string[];
  /** Seconds until a request that a limit refused may be made again: the longest of its errors; null if none says. */
  retryAfter: number | null;
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
