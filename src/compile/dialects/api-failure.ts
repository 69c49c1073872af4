import type { ApiFailure, ApiFailureCode } from '../../../adapters/contract.ts';
import type { UnavailableReason } from '../../states.ts';

/** Code → what to look at, in words for whoever runs the gateway, and whether the agency itself is in trouble. */
const FAILURES: Readonly<Record<ApiFailureCode, { words: string; server: boolean }>> = {
  API_BUSY: { words: 'its API asks to be left in peace for a while (429 or 503)', server: true },
  API_ELSEWHERE: { words: 'its API points to another address than its own', server: false },
  API_FAILED: { words: 'its API failed (5xx)', server: true },
  API_LOGIN_REFUSED: { words: 'its API refuses the login (401); see <AGENCY>_API_TOKEN', server: true },
  API_NOT_ALLOWED: { words: 'the login may not read what the adapter reads (403)', server: false },
  API_NOT_UNDERSTOOD: { words: 'its API answered what its adapter does not understand', server: false },
  API_PARTLY_READ: {
    words: 'its API gave a part of an answer, or one about others than were asked',
    server: false,
  },
  API_REDIRECTS: { words: 'its API sends to another address (3xx), which is not followed', server: false },
  API_REFUSED: { words: 'its API refuses the question (4xx)', server: false },
  API_UNREACHABLE: { words: 'its API cannot be reached', server: true },
  ANSWER_TOO_LARGE: { words: 'it answered with more than is taken in', server: false },
};

/** What a failed request says about the agency. */
export function apiFailureOf({ code }: ApiFailure): { reason: UnavailableReason; server: boolean } {
  if (code === 'ANSWER_TOO_LARGE') return { reason: 'TOO_LARGE', server: false };
  return { reason: 'FAILED', server: FAILURES[code].server };
}

/** In words; of an API that cannot be reached, why the connection did not come about. */
export function apiFailureWords(
  { code, cause }: ApiFailure,
  connectionWords: (cause: unknown) => string,
): string {
  return code === 'API_UNREACHABLE' ? connectionWords(cause) : FAILURES[code].words;
}
