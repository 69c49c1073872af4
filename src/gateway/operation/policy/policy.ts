import type { GraphQLFieldResolver } from 'graphql';
import { type AnyAdapter, columnsOfField } from '../../../../adapters/contract.ts';
import type { SignableText } from '../../../acts/policy-signing.ts';
import { requestError } from '../../../errors.ts';
import {
  accessOf,
  type MatrixCell,
  type MatrixFilter,
  type MatrixTable,
  matrix,
  shownDecision,
} from '../../../sharing/matrix.ts';
import type { Agreement } from '../../../sharing/policy/types.ts';
import { agreementStandingOf, highestWithdrawn, londonDay } from '../../../sharing/rules/agreement.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { withOutageRefusals } from '../acts/acts.ts';

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

/** Of each agency which text is in force, who signed it, its agreement, and what of it is withdrawn. */
export const policyStatus: Resolver = (_root, _args, context, info) =>
  withOutageRefusals(context, async () => {
    const known = await knownOfPolicies(context);
    context.ledger.addActs(info.path);
    return context.agencies.ids.flatMap((agency) => publicStatus(agency, known, context) ?? []);
  });

interface KnownOfPolicies {
  since: ReadonlyMap<string, Date>;
  withdrawals: readonly StoredWithdrawal[];
  signatures: Awaited<ReturnType<GatewayContext['policyActs']['signatures']>>;
}
type StoredWithdrawal = Awaited<ReturnType<GatewayContext['policyActs']['withdrawals']>>[number];

/** What the store keeps of the policies in force. */
export async function knownOfPolicies({ policies, policyActs }: GatewayContext): Promise<KnownOfPolicies> {
  return {
    since: await policyActs.inForceSince(policies.hashes),
    withdrawals: await policyActs.withdrawals(),
    signatures: await policyActs.signatures(),
  };
}

/** `PolicyStatus` of the public schema; null for an agency that has no policy. */
export function publicStatus(agency: string, policyFacts: KnownOfPolicies, context: GatewayContext) {
  const { policies, now } = context;
  const policy = policies.agencies.get(agency);
  if (!policy) return null;
  const { agreement, file, controller } = policy;
  const hash = policies.hashes.get(file) ?? '';
  const signatures = policyFacts.signatures.filter((one) => one.agency === agency && one.hash === hash);
  return {
    agency: publicAgency(agency, context),
    ...{ controller, hash },
    inForceSince: (policyFacts.since.get(file) ?? now).toISOString(),
    signedBy: [...new Set(signatures.map(({ name }) => name))],
    signaturesMissing: async () => {
      const text = { agency, hash, text: policies.texts.get(file) ?? '' };
      return (await context.policyActs.signingOf(text, judgingOf(policyFacts.withdrawals, context))).missing;
    },
    waiting: context
      .policiesWaiting()
      .filter((one) => one.agency === agency)
      .map((text) => publicWaiting(text, policyFacts, context)),
    agreements: [agreement],
    withdrawals: policyFacts.withdrawals
      .filter((one) => one.agreement === agreement.id)
      .map((one) => publicWithdrawal(one, agreement.parties, context)),
  };
}

/** `WaitingPolicy` of the public schema. */
async function publicWaiting(text: SignableText, { withdrawals }: KnownOfPolicies, context: GatewayContext) {
  const signing = await context.policyActs.signingOf(text, judgingOf(withdrawals, context));
  return {
    hash: text.hash,
    signedBy: signing.signatures.map(({ name }) => name),
    signaturesMissing: signing.missing,
    opensMore: signing.opensMore,
  };
}

/** By what texts are judged that somebody signs here: the policy that this gateway has in force. */
export const judgingOf = (
  withdrawals: readonly StoredWithdrawal[],
  { policies, catalogue, now }: GatewayContext,
) => ({
  ...{ policy: policies, catalogue, now, isInForce: true },
  withdrawals: highestWithdrawn(withdrawals),
});

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
export const agreementStanding: GraphQLFieldResolver<Agreement, GatewayContext> = (
  agreement,
  _args,
  context,
) => agreementStandingOf(agreement, londonDay(context.now) ?? '', context.withdrawn);
