import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_STATUS } from '../errors.ts';
import { LIMITS } from '../gateway/limits/limits.ts';
import type { Logger } from '../logger.ts';
import { HOLE_CODES } from '../states.ts';
import { describeError } from './describe-error.ts';

/** Codes of Apollo's for requests that it does not understand. */
const MALFORMED: ReadonlySet<unknown> = new Set(['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE']);
/** What may be said beside the message: nothing that a library or a database adds. */
const SHOWN_EXTENSIONS = [
  ...(['code', 'reason', 'agency', 'section', 'contact', 'contacts'] as const),
  ...(['limit', 'perMinute', 'perHour', 'retryAfterSeconds', 'roles'] as const),
];
/** What graphql-js says where it stops at a limit without naming it. */
const UNNAMED: Readonly<Record<string, string>> = {
  'Too many validation errors, error limit reached. Validation aborted.': `The query has more than ${LIMITS.mistakes} mistakes, which is the limit of those that are named.`,
  'Maximum introspection depth exceeded': `The query nests lists of the schema’s own description deeper than ${LIMITS.introspectionLists}, which is the limit.`,
};
/** In graphql-js's words, misspelt or not. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * What a client is told of an error. An error with one of our codes passes. For any other the client gets INTERNAL and
 * an id, and the cause is logged with that id.
 */
export function createFormatError(log: Logger): FormatError {
  return (formatted, error) => {
    const code = formatted.extensions?.code;
    const tokens = TOO_MANY_TOKENS.exec(formatted.message)?.[1];
    if (code === 'GRAPHQL_PARSE_FAILED' && tokens)
      return shownError(
        formatted,
        'QUERY_REFUSED',
        `The query has more than ${tokens} tokens, which is the limit.`,
      );
    const unnamed = code === 'GRAPHQL_VALIDATION_FAILED' && UNNAMED[formatted.message];
    if (unnamed) return shownError(formatted, 'QUERY_REFUSED', unnamed);
    if (isRefusal(error)) return shownError(formatted, 'QUERY_REFUSED');
    if (MALFORMED.has(code)) return shownError(formatted, 'BAD_USER_INPUT');
    const known = HOLE_CODES.has(code) || (typeof code === 'string' && code in ERROR_STATUS);
    return known && code !== 'INTERNAL'
      ? shownError(formatted, code as string)
      : maskedError(formatted, error, log);
  };
}

/** Apollo gives every error of a validation rule one code of its own; the rule's is in the error behind it. */
function isRefusal(error: unknown): boolean {
  const behind = error instanceof GraphQLError ? error.originalError : undefined;
  return behind instanceof GraphQLError && behind.extensions.code === 'QUERY_REFUSED';
}

function shownError(
  formatted: GraphQLFormattedError,
  code: string,
  message = formatted.message,
): GraphQLFormattedError {
  const { locations, path, extensions = {} } = formatted;
  const kept = SHOWN_EXTENSIONS.filter((name) => name in extensions).map((name) => [name, extensions[name]]);
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...Object.fromEntries(kept), code },
  };
}

function maskedError({ path }: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const id = randomUUID();
  log.error({ errorId: id, causes: describeError(error) }, 'internal error');
  const message = `Something went wrong on our side. Quote this id to whoever runs Sightline: ${id}`;
  return { message, ...(path && { path }), extensions: { code: 'INTERNAL', id } };
}
