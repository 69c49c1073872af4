import type { ExecutionResult } from 'graphql';
import { requestError } from '../../errors.ts';
import { LIMITS } from './limits.ts';

/**
 * Throws QUERY_REFUSED for an answer that is larger than one may be: cut short it would say less than it seems to. What
 * is counted is what the caller may see, and nothing else, so that the refusal tells nothing more.
 */
export function checkAnswerSize(
  { data, errors = [], extensions }: Pick<ExecutionResult, 'data' | 'errors' | 'extensions'>,
  most = LIMITS.answerBytes,
): void {
  const errorsSent = errors.map(({ message, path, extensions: more }) => [message, path, more]);
  if (sizeOf([data, errorsSent, extensions], most) <= most) return;
  const megabytes = Math.round(most / 1024 / 1024);
  throw requestError(
    'QUERY_REFUSED',
    `The answer is larger than ${megabytes} MB, which is the limit. Ask for fewer people, fields or rows at once.`,
  );
}

/** About as many bytes as its JSON has; no more is counted once it is more than `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 6;
  let size = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (size > most) break;
      size += sizeOf(item, most - size);
    }
    return size;
  }
  for (const key of Object.keys(value)) {
    if (size > most) break;
    size += key.length + 3 + sizeOf((value as Record<string, unknown>)[key], most - size);
  }
  return size;
}
