import { randomUUID } from 'node:crypto';
import { columnsOfField } from '../../../adapters/contract.ts';
import { lastDays, MOST_REPLAYED_DAYS, type ReplayCount, replayRequests } from '../../acts/policy-replay.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import {
  comparePolicies,
  type OtherChange,
  type PolicyPair,
  type SectionChange,
} from '../../sharing/diff.ts';
import { loadWith } from '../../sharing/files/load.ts';
import { highestWithdrawn, withdrawnNow } from '../../sharing/rules/agreement.ts';
import { findingText } from '../../yaml/finding.ts';
import {
  errorLine,
  type LoadedPolicy,
  loadedPolicy,
  type PolicyCommandDeps,
  UsageError,
  withdrawalsInForce,
} from './deps.ts';
import { type ProposedFile, proposedFiles } from './proposed-folder.ts';

export interface DiffFlags {
  /** `30d`: over the register's requests of so many days. */
  replay?: string;
  json?: boolean;
}

/** A change with the columns behind its fields, and what it would have meant for past requests; null where none were asked. */
interface ToldChange extends SectionChange {
  columnsOpened: readonly string[];
  columnsClosed: readonly string[];
  requests: readonly Pick<ReplayCount, 'organisation' | 'mark' | 'requests'>[] | null;
}

/**
 * `policy diff`: what would be otherwise under the proposed files of a folder, in words, and with `--replay` how many of the
 * register's past requests would be given more or less. Changes nothing. 1 where they do not load, or the register cannot
 * be asked.
 */
export async function printDiff(deps: PolicyCommandDeps, folder: string, flags: DiffFlags): Promise<number> {
  const days = daysOf(flags.replay);
  const loaded = await loadedPolicy(deps);
  const proposed = proposedFiles(folder, loaded.catalogue);
  const after = loadWith(
    loaded.policy,
    loaded.catalogue,
    new Map(proposed.map(({ file, text }) => [file, text])),
  );
  if (!after.ok) {
    const placed = after.findings.map((one) => ({ ...one, file: pathOf(proposed, one.file) }));
    if (flags.json) deps.out(`${JSON.stringify({ findings: placed, changes: [], others: [] }, null, 2)}\n`);
    else deps.err(`The proposed policy does not load:\n${placed.map(findingText).join('\n')}\n`);
    return 1;
  }
  const comparison = await comparisonOf(deps, loaded, after.policies);
  const agencies = changedAgencies(loaded, proposed);
  const { sections, others } = comparePolicies(comparison, agencies);
  const counts = days === null ? null : await replayed(deps, comparison, agencies, days);
  if (counts === 'UNKNOWN') return 1;
  const changes = await told(deps, sections, counts);
  if (flags.json) deps.out(`${JSON.stringify({ findings: [], changes, others }, null, 2)}\n`);
  else deps.out(diffText(changes, others, days));
  return 0;
}

function daysOf(written: string | undefined): number | null {
  if (written === undefined) return null;
  const days = /^(\d{1,3})d$/.exec(written)?.[1];
  if (days !== undefined && Number(days) >= 1 && Number(days) <= MOST_REPLAYED_DAYS) return Number(days);
  throw new UsageError(`--replay "${written}" is no number of days from 1d to ${MOST_REPLAYED_DAYS}d`);
}

const pathOf = (proposed: readonly ProposedFile[], file: string): string =>
  proposed.find((one) => one.file === file)?.path ?? file;

/** Withdrawals count for both: signing a higher version opens again what was withdrawn. */
async function comparisonOf(
  deps: PolicyCommandDeps,
  { policy, catalogue }: LoadedPolicy,
  proposed: LoadedPolicy['policy'],
): Promise<PolicyPair> {
  const known = await withdrawalsInForce(deps, policy);
  const highest = highestWithdrawn(known?.all ?? []);
  return {
    before: { policy, withdrawn: withdrawnNow(policy, highest) },
    after: { policy: proposed, withdrawn: withdrawnNow(proposed, highest) },
    ...{ catalogue, now: deps.now() },
  };
}

/** Of a change to purposes.yaml, every agency's policy is looked at. */
function changedAgencies({ policy }: LoadedPolicy, proposed: readonly ProposedFile[]): readonly string[] {
  const files = new Set(proposed.map(({ file }) => file));
  const own = [...policy.agencies.values()].filter(({ file }) => files.has(file));
  const all = proposed.some(({ file }) => ![...policy.agencies.values()].some((one) => one.file === file));
  return (all ? [...policy.agencies.values()] : own).map(({ agency }) => agency);
}

/** Reading the register is registered, before anything of it is told. */
async function replayed(
  deps: PolicyCommandDeps,
  comparison: PolicyPair,
  agencies: readonly string[],
  days: number,
): Promise<readonly ReplayCount[] | 'UNKNOWN'> {
  try {
    const store = await deps.openStore();
    try {
      await deps.record(store, [entryOf(deps, comparison, agencies, days)]);
      return await replayRequests(store.db, comparison, agencies, lastDays(days, deps.now()));
    } finally {
      await store.close();
    }
  } catch (error) {
    deps.err(`Past requests cannot be looked at: ${errorLine(error)}\n`);
    return 'UNKNOWN';
  }
}

function entryOf(
  deps: PolicyCommandDeps,
  { before }: PolicyPair,
  agencies: readonly string[],
  days: number,
): RegisterEntry {
  const outcome = { section: 'policy', state: 'REPLAYED', level: null, asOf: null };
  return {
    ...{ requestId: randomUUID(), at: deps.now().toISOString(), kind: 'REPORT' },
    ...{ sub: `terminal:${deps.user}`, name: deps.user, role: 'operator', organisation: null, site: null },
    ...{ purpose: null, reference: null, regime: null, relationship: null, person: null },
    policyVersion: before.policy.version,
    outcomes: agencies.map((agency) => ({ ...outcome, agency, reason: `${days} days` })),
  };
}

async function told(
  deps: PolicyCommandDeps,
  sections: readonly SectionChange[],
  counts: readonly ReplayCount[] | null,
): Promise<readonly ToldChange[]> {
  const adapters = new Map((await deps.adapters()).map((adapter) => [adapter.id as string, adapter]));
  return sections.map((change) => {
    const columns = (fields: readonly string[]) => {
      const adapter = adapters.get(change.agency);
      return adapter
        ? [...new Set(fields.flatMap((field) => columnsOfField(adapter, change.section, field)))]
        : [];
    };
    const ofChange = (one: ReplayCount) =>
      (['agency', 'role', 'purpose', 'section'] as const).every((key) => one[key] === change[key]);
    return {
      ...change,
      columnsOpened: columns(change.fieldsOpened),
      columnsClosed: columns(change.fieldsClosed),
      requests:
        counts
          ?.filter(ofChange)
          .map(({ organisation, mark, requests }) => ({ organisation, mark, requests })) ?? null,
    };
  });
}

function diffText(
  changes: readonly ToldChange[],
  others: readonly OtherChange[],
  days: number | null,
): string {
  if (changes.length + others.length === 0) return 'Nothing would be otherwise.\n';
  const agencies = [...new Set([...changes, ...others].map(({ agency }) => agency))];
  const lines = agencies.flatMap((agency) => [
    agency,
    ...others
      .filter((one) => one.agency === agency)
      .map(({ words, opensMore }) => `  ${words}${opensMore ? ' (opens more)' : ''}`),
    ...changes.filter((one) => one.agency === agency).flatMap((one) => changeLines(one, days)),
  ]);
  const opens = [...changes, ...others].some(({ opensMore }) => opensMore);
  const signing = opens
    ? 'It opens more: two people sign it.'
    : 'It opens nothing more: one signature is enough.';
  return `${[...lines, signing].join('\n')}\n`;
}

function changeLines(change: ToldChange, days: number | null): readonly string[] {
  const { role, purpose, section, before, after, gateways } = change;
  const fields = (what: string, names: readonly string[], columns: readonly string[]) =>
    names.length === 0 ? [] : [`    ${what}  ${names.join(', ')}${columnWords(columns)}`];
  return [
    `  ${role} at ${purpose}, ${section}:`,
    `    before  ${before}`,
    `    after   ${after}`,
    ...fields('opened', change.fieldsOpened, change.columnsOpened),
    ...fields('closed', change.fieldsClosed, change.columnsClosed),
    ...(change.opensMore && change.fieldsOpened.length === 0 ? ['    opened  more rows'] : []),
    `    law     ${gateways.join('; ')}`,
    ...(change.requests === null ? [] : [`    asked   ${requestWords(change.requests, days)}`]),
  ];
}

const columnWords = (columns: readonly string[]): string =>
  columns.length === 0 ? '' : ` (columns ${columns.join(', ')})`;

/** Requests are counted, and no people. */
function requestWords(requests: NonNullable<ToldChange['requests']>, days: number | null): string {
  if (requests.length === 0) return `nothing that the register holds of the last ${days} days`;
  const words = requests.map(
    ({ organisation, mark, requests: count }) =>
      `${count} of ${organisation} would be given ${mark === 'GIVEN' ? 'more' : 'less'}`,
  );
  return `in the last ${days} days: ${words.join('; ')}`;
}
