import { GraphQLError } from 'graphql';

/** Codes on the wire, and the HTTP status of an answer that is nothing but that error. */
export const ERROR_STATUS = {
  UNAUTHENTICATED: 401,
  BAD_USER_INPUT: 400,
  QUERY_REFUSED: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  PURPOSE_REQUIRED: 400,
  PURPOSE_NOT_PERMITTED: 400,
  REFERENCE_REQUIRED: 400,
  ISSUER_UNAVAILABLE: 503,
  /** Told to a probe for one; clients that probe then send the query's text. */
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  /** Its id is registered nowhere, or no longer. */
  PERSISTED_DOCUMENT_NOT_FOUND: 400,
  /** Only registered documents are answered, and this is none. */
  PERSISTED_DOCUMENT_REQUIRED: 400,
  REGISTER_UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;
export type RequestErrorCode = keyof typeof ERROR_STATUS;

/** A request that is not answered at all. `message` says what is wrong and what would be right, and nothing of a person. */
export function requestError(
  code: RequestErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
  cause?: unknown,
): GraphQLError {
  return new GraphQLError(message, {
    extensions: { ...extensions, code, http: { status: ERROR_STATUS[code] } },
    ...(cause instanceof Error && { originalError: cause }),
  });
}
