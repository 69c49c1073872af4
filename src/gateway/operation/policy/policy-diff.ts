import type { GraphQLFieldResolver } from 'graphql';
import { lastDays, MOST_REPLAYED_DAYS, type ReplayCount } from '../../../acts/policy-replay.ts';
import { requestError } from '../../../errors.ts';
import { comparePolicies, type PolicyPair, type SectionChange } from '../../../sharing/diff.ts';
import { loadWith, sharingFile } from '../../../sharing/files/load.ts';
import { ofOwnController, type Policies } from '../../../sharing/policy/policies.ts';
import { highestWithdrawn, withdrawnNow } from '../../../sharing/rules/agreement.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { withOutageRefusals } from '../acts/acts.ts';
import { policyEntry } from '../register-entries.ts';
import { columnsBehind } from './policy.ts';

interface DiffArguments {
  files: readonly { agency: string; yaml: string }[];
  replayDays?: number | null;
}

/** Far more than the longest of them has. */
const LONGEST_FILE = 200_000;

/**
 * What would be otherwise under proposed texts of one's own controller's files. Texts that do not load are told with file and
 * line, and change nothing; nor does anything else here.
 */
export const policyDiff: GraphQLFieldResolver<unknown, GatewayContext, DiffArguments> = (
  _root,
  { files, replayDays = null },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const { policies, catalogue } = context;
    const agencies = await checkFiles(files, context);
    if (replayDays !== null && (replayDays < 1 || replayDays > MOST_REPLAYED_DAYS))
      throw requestError(
        'BAD_USER_INPUT',
        `replayDays must be from 1 to ${MOST_REPLAYED_DAYS}; ${replayDays} was given`,
      );
    context.ledger.addActs(info.path);
    const texts = new Map(files.map(({ agency, yaml }) => [sharingFile(agency), yaml]));
    const after = loadWith(policies, catalogue, texts);
    if (!after.ok) {
      const findings = after.findings.map(({ file, line, message }) => `${file}:${line}: ${message}`);
      return { findings, changes: [], otherChanges: [], opensMore: false };
    }
    const comparison = await comparisonOf(after.policies, context);
    const { sections, others } = comparePolicies(comparison, agencies);
    const counts = replayDays === null ? null : await replayed(comparison, agencies, replayDays, context);
    return {
      findings: [],
      changes: sections.map((change) => publicChange(change, counts, context)),
      otherChanges: others.map(({ words }) => words),
      opensMore: [...sections, ...others].some((one) => one.opensMore),
    };
  });

/** Throws BAD_USER_INPUT, one for all others' files: unknown, another controller's, named twice, too long. */
async function checkFiles(
  files: DiffArguments['files'],
  { policies, caller, record, ...context }: GatewayContext,
): Promise<readonly string[]> {
  const ownAgencies = ofOwnController(policies, caller.organisation);
  const agencies = files.map(({ agency }) => agency);
  if (agencies.length === 0) throw requestError('BAD_USER_INPUT', 'files names no file to compare');
  if (agencies.some((agency) => !ownAgencies.includes(agency))) {
    const outcomes = [{ ...REPLAYED, agency: caller.organisation, state: 'WITHHELD', reason: 'NOT_LISTED' }];
    await record([policyEntry({ ...context, caller }, 'REFUSAL', policies.version, outcomes)]);
    throw requestError(
      'BAD_USER_INPUT',
      `You may compare files of your own controller alone: ${ownAgencies.join(', ') || 'none'}.`,
    );
  }
  if (new Set(agencies).size < agencies.length)
    throw requestError('BAD_USER_INPUT', 'files names an agency twice');
  if (files.some(({ yaml }) => yaml.length > LONGEST_FILE))
    throw requestError(
      'BAD_USER_INPUT',
      `A file has at most ${LONGEST_FILE.toLocaleString('en')} characters`,
    );
  return agencies;
}

/** Withdrawals count for both: a higher version opens again what was withdrawn. */
async function comparisonOf(
  proposed: Policies,
  { policies, policyActs, catalogue, withdrawn, now }: GatewayContext,
): Promise<PolicyPair> {
  const highest = highestWithdrawn(await policyActs.withdrawals());
  return {
    before: { policy: policies, withdrawn },
    after: { policy: proposed, withdrawn: withdrawnNow(proposed, highest) },
    ...{ catalogue, now },
  };
}

const REPLAYED = { section: 'policy', state: 'REPLAYED', level: null, reason: null, asOf: null };

/** Reading the register is registered, before anything of it is told. */
async function replayed(
  comparison: PolicyPair,
  agencies: readonly string[],
  days: number,
  context: GatewayContext,
): Promise<readonly ReplayCount[]> {
  const outcomes = agencies.map((agency) => ({ ...REPLAYED, agency, reason: `${days} days` }));
  await context.record([policyEntry(context, 'REPORT', context.policies.version, outcomes)]);
  return context.policyActs.replay(comparison, agencies, lastDays(days, context.now));
}

/** `PolicyChange` of the public schema. Counts are exact: they are of one's own agency, of requests, and of no people. */
function publicChange(change: SectionChange, counts: readonly ReplayCount[] | null, context: GatewayContext) {
  const { agency, section, fieldsOpened, fieldsClosed } = change;
  const { adapter } = context.agencies.get(agency);
  const ownCounts = counts?.filter((one) =>
    (['agency', 'role', 'purpose', 'section'] as const).every((key) => one[key] === change[key]),
  );
  const sum = (mark: ReplayCount['mark'], of = ownCounts) =>
    of && {
      value: of.reduce((total, one) => total + (one.mark === mark ? one.requests : 0), 0),
      suppressed: false,
    };
  const organisations = [...new Set(ownCounts?.map(({ organisation }) => organisation))];
  return {
    ...change,
    agency: publicAgency(agency, context),
    columnsOpened: columnsBehind(adapter, section, fieldsOpened),
    columnsClosed: columnsBehind(adapter, section, fieldsClosed),
    requestsGiven: sum('GIVEN') ?? null,
    requestsWithheld: sum('WITHHELD') ?? null,
    byOrganisation: organisations.map((organisation) => {
      const theirs = ownCounts?.filter((one) => one.organisation === organisation) ?? [];
      return {
        organisation,
        requestsGiven: sum('GIVEN', theirs),
        requestsWithheld: sum('WITHHELD', theirs),
      };
    }),
  };
}
