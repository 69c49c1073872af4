import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { ANSWER_REASONS, ANSWER_STATES, type AnswerReason } from '../../states.ts';
import type { AgencyAnswer, SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { pathKeys } from '../request/ledger.ts';
import { mayBePassedOn } from '../request/who-may-know.ts';

/** The error at a null data field, from the answer of the agency that leaves it open. */
export function holeError(
  answer: AgencyAnswer,
  section: string,
  context: GatewayContext,
  place: Place,
): GraphQLError {
  const { agency, state, reason, decision } = answer;
  const facts = ANSWER_STATES[state];
  const message = wordsOf(reason) ?? decision.message ?? facts.message ?? 'Not available.';
  // Of a field that is kept back for good, nobody is to be asked to pass it on.
  const first = mayBePassedOn(reason) ? answer.beside : null;
  return untraced(first === null ? message : `${first} ${message}`, place, {
    extensions: {
      code: facts.code ?? 'NOT_AVAILABLE',
      reason,
      agency,
      section,
      contact: context.agencies.contact(agency, decision.desk, context.now),
    },
  });
}

const wordsOf = (reason: AnswerReason | null): string | null =>
  reason !== null && reason in ANSWER_REASONS ? ANSWER_REASONS[reason as keyof typeof ANSWER_REASONS] : null;

/** The error at a field of a section that no agency supplies. */
export function notCoveredError(section: string, place: Place): GraphQLError {
  return untraced('No agency supplies this.', place, {
    extensions: { code: 'NOT_AVAILABLE', reason: null, agency: null, section, contact: null },
  });
}

/** Where in the query and in the response an error stands. */
type Place = Pick<GraphQLResolveInfo, 'fieldNodes' | 'path'>;

/**
 * A hole is an answer, not a fault: tracing where each was made would cost more than making it. It says itself where it
 * stands, so that graphql-js need not wrap it in another error that does.
 */
function untraced(
  message: string,
  { fieldNodes, path }: Place,
  { extensions }: Pick<GraphQLErrorOptions, 'extensions'>,
): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, {
      nodes: fieldNodes,
      path: pathKeys(path),
      extensions: extensions ?? {},
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Nobody stands where a person was asked for, for whatever cause. Its extensions are those of a hole. */
export class MissingPerson extends GraphQLError {
  constructor(
    message: string,
    hole: { reason: string | null; agency: string | null; section: string | null; contact: unknown },
  ) {
    super(message, { extensions: { code: 'NOT_AVAILABLE', ...hole } });
  }
}

/** Whether this stands in an agency's answer in place of a value that it has, and that could not be read. */
export function isUnreadable(value: unknown): value is Error {
  return (
    value instanceof Error &&
    (value as { extensions?: { reason?: unknown } }).extensions?.reason === 'UNREADABLE'
  );
}

/** The agency's answer as it stands for a field that could not be read. */
function unreadableAt(answer: AgencyAnswer): AgencyAnswer {
  return { ...answer, state: 'UNAVAILABLE', reason: 'UNREADABLE', parts: [] };
}

/**
 * A field within an item or an object of a section: what could not be read is null with a hole at its own place. It
 * passes the shield first, so nobody is told of it to whom the field is not released.
 */
export function orHole(
  resolve: GraphQLFieldResolver<unknown, GatewayContext>,
): GraphQLFieldResolver<unknown, GatewayContext> {
  return (item, args, context, info) => {
    const value = resolve(item, args, context, info);
    if (!isUnreadable(value)) return value;
    const located = context.ledger.locate(info.path);
    const ofAgency = located?.agency && located.answer.agencies.get(located.agency);
    if (!located || !ofAgency)
      throw new Error('A value that could not be read stands in no answer of this request');
    return unreadableError(ofAgency, located.answer, context, info);
  };
}

/** Names the hole for `extensions.holes`, and gives the error for its place. */
export function unreadableError(
  ofAgency: AgencyAnswer,
  answer: SectionAnswer,
  context: GatewayContext,
  place: Place,
): Error {
  const open = unreadableAt(ofAgency);
  context.ledger.addUnreadable(place.path, { section: answer, answer: open });
  return holeError(open, answer.section.name, context, place);
}
