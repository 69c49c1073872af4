import type { GraphQLFieldResolver } from 'graphql';
import { type AnyAdapter, columnsOfField } from '../../../adapters/contract.ts';
import { requestError } from '../../errors.ts';
import {
  accessOf,
  type MatrixCell,
  type MatrixFilter,
  type MatrixTable,
  matrix,
  shownDecision,
} from '../../sharing/matrix.ts';
import type { Agreement } from '../../sharing/policy/types.ts';
import { londonDay, standingOf } from '../../sharing/rules/agreement.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { failureOf } from './store-guard.ts';

type Resolver<Args = unknown> = GraphQLFieldResolver<unknown, GatewayContext, Args>;

/** Who is given what by whom now, from policy alone: with the relationship proven and consent recorded. */
export const policyMatrix: Resolver<MatrixFilter> = (_root, wanted, context, info) => {
  const { policies, catalogue, withdrawn, now } = context;
  refuseUnknown('role', wanted.role, policies.roles.keys());
  refuseUnknown('purpose', wanted.purpose, policies.purposes.keys());
  refuseUnknown('agency', wanted.agency, policies.agencies.keys());
  refuseUnknown('section', wanted.section, catalogue.sections.keys());
  context.ledger.addActs(info.path);
  const tables = matrix({ policy: policies, catalogue, withdrawn, now }, wanted);
  return tables.flatMap((table) => table.cells.map((cell) => publicCell(table, cell, context)));
};

/** Words of policies are no secret: whoever mistypes one is told which there are. */
function refuseUnknown(what: string, word: string | null | undefined, known: Iterable<string>): void {
  if (typeof word !== 'string') return;
  const words = [...known];
  if (words.includes(word)) return;
  throw requestError(
    'BAD_USER_INPUT',
    `There is no ${what} ${word.slice(0, 100)}. Known: ${words.join(', ')}.`,
  );
}

/** `MatrixCell` of the public schema. */
function publicCell({ role, purpose }: MatrixTable, cell: MatrixCell, context: GatewayContext) {
  const { section, agency } = cell;
  const { scope, reason, rule, breakGlass } = shownDecision(cell);
  const { adapter } = context.agencies.get(agency);
  return {
    ...{ role, purpose, section, scope, reason, rule },
    agency: publicAgency(agency, context),
    level: accessOf(cell),
    grounds: breakGlass?.grounds ?? null,
    fields: () => cell.fields(),
    columns: () => columnsBehind(adapter, section, cell.fields()),
  };
}

/** Columns of the agency's own tables from which these fields are answered, each once. A list is answered from those of its fields that are given. */
export function columnsBehind(
  adapter: AnyAdapter,
  section: string,
  fields: readonly string[],
): readonly string[] {
  const leaves = fields.filter((path) => !fields.some((other) => other.startsWith(`${path}.`)));
  return [...new Set(leaves.flatMap((path) => columnsOfField(adapter, section, path)))];
}

/** Of each agency which text is in force, its agreement, and what of it is withdrawn. */
export const policyStatus: Resolver = async (_root, _args, context, info) => {
  const { policies, policyActs, agencies, now } = context;
  try {
    const since = await policyActs.inForceSince(policies.hashes);
    const withdrawals = await policyActs.withdrawals();
    context.ledger.addActs(info.path);
    return agencies.ids.flatMap((id) => {
      const policy = policies.agencies.get(id);
      if (!policy) return [];
      const { agreement, file, controller } = policy;
      return {
        agency: publicAgency(id, context),
        controller,
        hash: policies.hashes.get(file) ?? '',
        inForceSince: (since.get(file) ?? now).toISOString(),
        signedBy: [],
        agreements: [agreement],
        withdrawals: withdrawals
          .filter((one) => one.agreement === agreement.id)
          .map((one) => publicWithdrawal(one, agreement.parties, context)),
      };
    });
  } catch (error) {
    throw failureOf(error, agencies, now);
  }
};

const NOT_FOR_YOU = 'Why is kept for the governance officers of the parties to the agreement.';

/** `Withdrawal` of the public schema: by whom and why for officers of a party alone. */
function publicWithdrawal(
  {
    agreement,
    version,
    at,
    by,
    why,
  }: Awaited<ReturnType<GatewayContext['policyActs']['withdrawals']>>[number],
  parties: readonly string[],
  { mayGovern, caller }: GatewayContext,
) {
  const concerned = mayGovern && parties.includes(caller.organisation);
  return {
    ...{ agreement, version, at: at.toISOString() },
    by: concerned ? by : null,
    why: concerned ? why : NOT_FOR_YOU,
    references: [],
  };
}

/** `Agreement.standing`, wherever an agreement is shown. */
export const standing: GraphQLFieldResolver<Agreement, GatewayContext> = (agreement, _args, context) =>
  standingOf(agreement, londonDay(context.now) ?? '', context.withdrawn);
