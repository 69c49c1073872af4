import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { AgencyAnswer } from './answers.ts';
import type { GatewayContext } from './context.ts';

/** Codes of fields that are null without being known to be empty. The response is 200, and says so at each path. */
export const HOLE_CODES: ReadonlySet<unknown> = new Set(['WITHHELD', 'SOURCE_UNAVAILABLE', 'NOT_AVAILABLE']);

const CODE: Partial<Record<AgencyAnswer['state'], string>> = {
  WITHHELD: 'WITHHELD',
  UNAVAILABLE: 'SOURCE_UNAVAILABLE',
};
const MESSAGE: Partial<Record<AgencyAnswer['state'], string>> = {
  WITHHELD: 'Withheld by the policy of the agency. This says nothing of whether there are data.',
  UNAVAILABLE: 'The agency could not be asked. This says nothing of whether there are data.',
  NOT_HELD: 'The agency has nobody linked to this person. That is no proof that it has no record.',
  NOT_COVERED: 'The agency does not supply this.',
  POSSIBLE_MATCH_ONLY: 'There may be a record, too weakly linked to disclose. Call the desk.',
};

/** The error at a null data field, from the answer of the agency that leaves it open. */
export function holeError(answer: AgencyAnswer, section: string, context: GatewayContext): GraphQLError {
  const { agency, state, reason, decision } = answer;
  return untraced(decision.message ?? MESSAGE[state] ?? 'Not available.', {
    extensions: {
      code: CODE[state] ?? 'NOT_AVAILABLE',
      reason,
      agency,
      section,
      contact: context.agencies.contact(agency, decision.desk, context.now),
    },
  });
}

/** The error at a field of a section that no agency supplies. */
export function notCoveredError(section: string): GraphQLError {
  return untraced('No agency supplies this.', {
    extensions: { code: 'NOT_AVAILABLE', reason: null, agency: null, section, contact: null },
  });
}

/** A hole is an answer, not a fault: tracing where each was made would cost more than making it. */
function untraced(message: string, options: GraphQLErrorOptions): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, options);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
