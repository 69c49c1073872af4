import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { ERROR_STATUS } from '../errors.ts';
import { HOLE_CODES } from '../gateway/hole-error.ts';
import { describeError } from './describe-error.ts';

/** Codes of Apollo's for requests that it does not understand. */
const MALFORMED: ReadonlySet<unknown> = new Set(['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE']);
/** To this, clients that save the query's text send it after all. */
const NOT_SUPPORTED = 'PERSISTED_QUERY_NOT_SUPPORTED';
/** What may be said beside the message: nothing that a library or a database adds. */
const SAID = ['code', 'reason', 'agency', 'section', 'contact', 'contacts'] as const;
/** In graphql-js's words, misspelt or not. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * What a client is told of an error. Those that say what they are by a code of ours pass; of every other only
 * INTERNAL and an id are said, and the cause is logged under that id.
 */
export function createFormatError(log: Logger): FormatError {
  return (formatted, error) => {
    const code = formatted.extensions?.code;
    const tokens = TOO_MANY_TOKENS.exec(formatted.message)?.[1];
    if (code === 'GRAPHQL_PARSE_FAILED' && tokens)
      return said(
        formatted,
        'QUERY_REFUSED',
        `The query has more than ${tokens} tokens, which is the limit.`,
      );
    if (isRefusal(error)) return said(formatted, 'QUERY_REFUSED');
    if (MALFORMED.has(code)) return said(formatted, 'BAD_USER_INPUT');
    const known =
      HOLE_CODES.has(code) || code === NOT_SUPPORTED || (typeof code === 'string' && code in ERROR_STATUS);
    return known && code !== 'INTERNAL' ? said(formatted, code as string) : masked(formatted, error, log);
  };
}

/** Apollo gives every error of a validation rule one code of its own; the rule's is in the error behind it. */
function isRefusal(error: unknown): boolean {
  const behind = error instanceof GraphQLError ? error.originalError : undefined;
  return behind instanceof GraphQLError && behind.extensions.code === 'QUERY_REFUSED';
}

function said(
  formatted: GraphQLFormattedError,
  code: string,
  message = formatted.message,
): GraphQLFormattedError {
  const { locations, path, extensions = {} } = formatted;
  const kept = SAID.filter((name) => name in extensions).map((name) => [name, extensions[name]]);
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...Object.fromEntries(kept), code },
  };
}

function masked({ path }: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const id = randomUUID();
  log.error({ errorId: id, causes: describeError(error) }, 'internal error');
  const message = `Something went wrong on our side. Quote this id to whoever runs Sightline: ${id}`;
  return { message, ...(path && { path }), extensions: { code: 'INTERNAL', id } };
}
