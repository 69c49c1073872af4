import type { GraphQLFieldResolver } from 'graphql';
import { type AgencyAnswer, type SectionAnswer, sectionState } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { publicAgency } from './public-agency.ts';

type Resolver = GraphQLFieldResolver<SectionAnswer, GatewayContext>;

export const resolveState: Resolver = (answer) =>
  sectionState([...answer.agencies.values()].map((one) => one.state));

export const resolveSources: Resolver = (answer, _args, context) =>
  [...answer.agencies.values()].map((one) => sourceAnswer(one, context));

/** `SourceAnswer` of the public schema. */
function sourceAnswer(answer: AgencyAnswer, context: GatewayContext) {
  const { agency, state, level, reason, decision, asOf, retrievedAt } = answer;
  return {
    agency: publicAgency(agency, context),
    state,
    level,
    reason,
    scope: decision.scope,
    message: decision.message,
    contact: context.agencies.contact(agency, decision.desk, context.now),
    asOf,
    retrievedAt,
  };
}
