import { randomUUID } from 'node:crypto';
import { lastDays } from '../../acts/policy-replay.ts';
import {
  agreementInFiles,
  IN_USE_DAYS,
  referencesInUse,
  withdrawAtOnce,
} from '../../acts/policy-withdrawal.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import { PolicyError } from '../../sharing/files/load.ts';
import { lossesOf } from '../../sharing/matrix.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { Store } from '../../store/store.ts';
import { listWithdrawals, TakeBackError, takeBack, type Withdrawal } from '../../store/withdrawals.ts';
import {
  confirmed,
  errorLine,
  type LoadedPolicy,
  loadedPolicy,
  type PolicyCommandDeps,
  requireKnown,
  storedWithdrawals,
  UsageError,
  withdrawalsInForce,
} from './deps.ts';

export interface WithdrawFlags {
  why?: string;
  by?: string;
  dryRun?: boolean;
  /** Needed only while the policy files do not load. */
  agreementVersion?: string;
  /** Do it without asking. */
  yes?: boolean;
  /** Take the newest withdrawal back. */
  undo?: boolean;
}

/** Kept where somebody in a hurry says no more. */
const NO_REASON = 'no reason given';

/**
 * `policy withdraw`: stops everything that rests on the agreement, on every gateway, at once; `--undo` takes that back
 * within an hour. Shows what will follow and asks. 0 done, 1 not done or not recorded.
 * @throws UsageError, among them where nobody can be asked and nobody said `--yes`
 */
export async function withdrawAgreement(
  deps: PolicyCommandDeps,
  agreement: string,
  flags: WithdrawFlags,
): Promise<number> {
  const why = flags.why?.trim() ?? (flags.undo ? '' : NO_REASON);
  if (why === '') throw new UsageError('--why must say why: it is kept with the withdrawal');
  const loaded = await loadedOrNull(deps);
  const act = { agreement, at: deps.now(), by: flags.by ?? deps.user, why };
  return flags.undo ? takeBackNewest(deps, loaded, flags, act) : withdrawNow(deps, loaded, flags, act);
}

type Act = Omit<Withdrawal, 'version'>;

/** Withdraws first, then records: a register that cannot be written must not keep sharing going. */
async function withdrawNow(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy | null,
  flags: WithdrawFlags,
  act: Act,
): Promise<number> {
  const { agreement } = act;
  const version = versionOf(loaded?.policy ?? null, agreement, flags.agreementVersion);
  if (loaded) {
    const known = await withdrawalsInForce(deps, loaded.policy);
    deps.out(lossesText(deps, loaded, known?.withdrawn ?? new Set(), agreement));
    deps.out(await referencesText(deps, loaded, agreement));
  }
  if (flags.dryRun) {
    deps.out(`${agreement} version ${version} would be withdrawn. Nothing has been changed.\n`);
    return 0;
  }
  const question = `Withdraw ${agreement} up to version ${version}, on every gateway, at once?`;
  if (!(await confirmed(deps, flags, question))) return 1;
  const store = await deps.openStore();
  try {
    await withdrawAtOnce(store.db, { ...act, version }, partiesOf(loaded, agreement));
    const entry = entryOf(deps, loaded, act, version, 'WITHDRAWN');
    const problem = await deps.record(store, [entry]).then(
      () => null,
      (error: unknown) => errorLine(error),
    );
    if (problem !== null) {
      deps.err(`${agreement} is withdrawn, but the register could not take it: ${problem}\n`);
      return 1;
    }
  } finally {
    await store.close();
  }
  deps.out(
    `${agreement} is withdrawn up to version ${version}. Within an hour, --undo takes that back; after it, sign a higher version in the file to share again.\n`,
  );
  return 0;
}

/** Records first, then takes back: nothing is shared again without a record. */
async function takeBackNewest(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy | null,
  flags: WithdrawFlags,
  act: Act,
): Promise<number> {
  const { agreement } = act;
  const stored = await storedWithdrawals(deps);
  if (!stored.some((one) => one.agreement === agreement)) {
    if (loaded) requireKnown('agreement', agreement, agreementsOf(loaded.policy));
    return reportRefusal(deps, `${agreement} is not withdrawn`);
  }
  if (loaded) {
    const known = await withdrawalsInForce(deps, loaded.policy);
    const others = new Set([...(known?.withdrawn ?? [])].filter((id) => id !== agreement));
    deps.out(gainsText(deps, loaded, others, agreement));
  }
  if (flags.dryRun) {
    deps.out(`The newest withdrawal of ${agreement} would be taken back. Nothing has been changed.\n`);
    return 0;
  }
  const question = `Take back the newest withdrawal of ${agreement}, on every gateway, at once?`;
  if (!(await confirmed(deps, flags, question))) return 1;
  const store = await deps.openStore();
  try {
    await takeBack(store.db, act, ({ version }) =>
      deps.record(store, [entryOf(deps, loaded, act, version, 'TAKEN_BACK')]),
    );
    deps.out(`${await agreementInWords(store, agreement)}\n`);
    return 0;
  } catch (error) {
    return reportRefusal(deps, error instanceof TakeBackError ? error.message : errorLine(error));
  } finally {
    await store.close();
  }
}

function reportRefusal(deps: PolicyCommandDeps, why: string): number {
  deps.err(`${why}. Nothing has been changed.\n`);
  return 1;
}

async function agreementInWords(store: Store, agreement: string): Promise<string> {
  const before = (await listWithdrawals(store.db)).filter((one) => one.agreement === agreement).at(-1);
  if (before === undefined)
    return `${agreement} is in force again. What was refused meanwhile stays refused.`;
  const { version, at, by, why } = before;
  return `The newest withdrawal is taken back. ${agreement} stays withdrawn up to version ${version}, since ${at.toISOString()}, by ${by}: ${why}`;
}

/** Who did it, to which agreement of which agencies. Why is kept with the withdrawal, outside the register. */
function entryOf(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy | null,
  { agreement, at, by }: Act,
  version: number,
  state: 'WITHDRAWN' | 'TAKEN_BACK',
): RegisterEntry {
  const files = [...(loaded?.policy.agencies.values() ?? [])];
  const agencies = files.filter((file) => file.agreement.id === agreement).map(({ agency }) => agency);
  // Where no file loads, only the agreement is known.
  const concerned = agencies.length > 0 ? agencies : ['unknown'];
  const reason = `${agreement} version ${version}`;
  const outcome = { section: 'agreement', state, level: null, reason, asOf: null };
  return {
    requestId: randomUUID(),
    at: at.toISOString(),
    kind: 'WITHDRAWAL',
    sub: `terminal:${deps.user}`,
    name: by,
    role: 'operator',
    organisation: null,
    site: null,
    purpose: null,
    reference: null,
    regime: null,
    relationship: null,
    person: null,
    policyVersion: loaded?.policy.version ?? 'none loads',
    outcomes: concerned.map((agency) => ({ agency, ...outcome })),
  };
}

/** Every party is told; where no file loads nobody knows who they are. */
const partiesOf = (loaded: LoadedPolicy | null, agreement: string): readonly string[] =>
  (loaded && agreementInFiles(loaded.policy, agreement)?.parties) ?? [];

/** References in use that lose something. Whether each is live its own system says, which is not asked here. */
async function referencesText(
  deps: PolicyCommandDeps,
  { policy }: LoadedPolicy,
  agreement: string,
): Promise<string> {
  const agencies = agreementInFiles(policy, agreement)?.agencies ?? [];
  try {
    const store = await deps.openStore();
    const period = lastDays(IN_USE_DAYS, deps.now());
    const used = await referencesInUse(store.db, agencies, null, period).finally(() => store.close());
    return used.length === 0 ? '' : `References in use that lose something: ${used.join(', ')}\n`;
  } catch (error) {
    return `Which references are in use is not known: ${errorLine(error)}\n`;
  }
}

/** A file that does not load must not keep anyone from stopping what is shared. */
async function loadedOrNull(deps: PolicyCommandDeps): Promise<LoadedPolicy | null> {
  try {
    return await loadedPolicy(deps);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    deps.err(`${error.message}\nThe withdrawal does not need these files.\n`);
    return null;
  }
}

const agreementsOf = (policy: Policies): ReadonlySet<string> =>
  new Set([...policy.agencies.values()].map(({ agreement }) => agreement.id));

function versionOf(policy: Policies | null, agreement: string, given: string | undefined): number {
  if (given !== undefined) {
    if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
    throw new UsageError(`--agreement-version "${given}" is not a whole number from 1 up`);
  }
  if (!policy)
    throw new UsageError('The policy files do not load: say which version with --agreement-version');
  requireKnown('agreement', agreement, agreementsOf(policy));
  return agreementInFiles(policy, agreement)?.version ?? 0;
}

function lossesText(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy,
  withdrawn: ReadonlySet<string>,
  agreement: string,
): string {
  const losses = lossesOf({ ...loaded, withdrawn, now: deps.now() }, agreement);
  if (losses.length === 0) return 'Nobody is given anything under it today.\n';
  const line = ({ role, purpose, agency, sections }: (typeof losses)[number]) =>
    `${role} at ${purpose} loses from ${agency}: ${sections.join(', ')}\n`;
  return losses.map(line).join('');
}

/** @param others agreements that are withdrawn besides this one */
function gainsText(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy,
  others: ReadonlySet<string>,
  agreement: string,
): string {
  const gains = lossesOf({ ...loaded, withdrawn: others, now: deps.now() }, agreement);
  return gains
    .map(
      ({ role, purpose, agency, sections }) =>
        `${role} at ${purpose} is given again by ${agency}: ${sections.join(', ')}\n`,
    )
    .join('');
}
