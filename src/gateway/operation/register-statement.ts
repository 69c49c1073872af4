import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../errors.ts';
import { LongPeriodError } from '../../register/proof/statement.ts';
import type { GatewayContext } from '../request/context.ts';
import { guarded } from './acts.ts';
import { reportEntry } from './register-entries.ts';
import { moment } from './register-report.ts';

interface Arguments {
  from?: string | null;
  to?: string | null;
}

/** That the register is whole in a period. Asking is registered before it is answered. */
export const registerStatement: GraphQLFieldResolver<unknown, GatewayContext, Arguments> = (
  _root,
  { from, to },
  context,
  info,
) =>
  guarded(context, async () => {
    const period = { from: moment('from', from), to: moment('to', to) };
    const statement = await context.registerStatement(period).catch((error) => {
      throw error instanceof LongPeriodError ? tooLong(error) : error;
    });
    const { policyVersion } = await context.decisionsAt('NONE');
    const filters = Object.entries(period).flatMap(([name, at]) => (at === null ? [] : [name]));
    await context.record([reportEntry(context, policyVersion, 'registerStatement', { filters })]);
    context.ledger.addActs(info.path);
    return statement;
  });

function tooLong({ entries, most }: LongPeriodError) {
  return requestError(
    'QUERY_REFUSED',
    `registerStatement checks at most ${most.toLocaleString('en')} entries, and this period has ${entries.toLocaleString('en')}. Ask for a shorter one, or ask the operator for \`sightline register verify --statement\`.`,
  );
}
