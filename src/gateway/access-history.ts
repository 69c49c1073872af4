import type { GraphQLFieldResolver } from 'graphql';
import type { GatewayContext } from './context.ts';

const NOT_OPEN =
  'This part of the register is not open yet. Every disclosure is recorded; until it opens, each agency answers a request in writing.';
const NOT_YOURS = 'Only the person themselves, or who represents them, may read who was told what of them.';

/** `AccessHistory`: the same for every person, whoever asked about them or did not. */
export const accessHistory: GraphQLFieldResolver<unknown, GatewayContext> = (_root, _args, context) => {
  const { purpose, agencies, now } = context;
  const subject = purpose === 'subject-access';
  return {
    state: subject ? 'NOT_COVERED' : 'WITHHELD',
    reason: subject ? null : 'PURPOSE',
    message: subject ? NOT_OPEN : NOT_YOURS,
    contacts: agencies.ids.map((agency) => agencies.contact(agency, null, now)),
  };
};
