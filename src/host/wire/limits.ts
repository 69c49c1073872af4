/** Limits that a gateway and an agency's own host keep to each other. All are told in docs/agency-host.md. */

/** So many seconds the two clocks may differ. */
export const CLOCK_SKEW_S = 10;
/** So long a signed question, or its answer, is good for. */
export const SIGNATURE_LIFE_S = 30;
/** A question may be part of a request that began so many seconds ago, and not more. */
export const REQUEST_AGE_S = 900;
/** Signed questions that a host remembers until they are over; the next is refused. */
export const NONCES_KEPT = 50_000;
/** Bytes of a question, and of an answer. */
export const QUESTION_BYTES = 4_000_000;
export const ANSWER_BYTES = 32_000_000;
