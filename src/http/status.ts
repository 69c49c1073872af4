import { ERROR_STATUS, type RequestErrorCode } from '../errors.ts';
import type { Result } from './request-context.ts';

/** What is wrong with the document or its variables; `application/json` answers it with 200, as GraphQL over HTTP has it. */
const IN_THE_DOCUMENT: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * Status of a request that Apollo took: 200 with data, else that of its gravest error. `contentType` is that of
 * the answer.
 */
export function statusOf({ hasQuery, hasData, codes }: Result, contentType: string): number {
  if (hasData || codes.length === 0) return 200;
  const plainJson = contentType.startsWith('application/json');
  if (plainJson && hasQuery && codes.every((code) => IN_THE_DOCUMENT.has(code))) return 200;
  return Math.max(...codes.map((code) => ERROR_STATUS[code as RequestErrorCode] ?? 200));
}
