import { lossesOf } from '../../sharing/losses.ts';
import type { Policies } from '../../sharing/policies.ts';
import { PolicyError } from '../../sharing/policy-error.ts';
import { withdraw } from '../../store/withdrawals.ts';
import { type LoadedPolicy, loadedPolicy, type PolicyCommandDeps, UsageError } from './deps.ts';
import { knownWord } from './known.ts';

export interface WithdrawFlags {
  why: string;
  by?: string;
  dryRun?: boolean;
  /** Needed only while the policy files do not load. */
  agreementVersion?: string;
}

/** `policy withdraw`: stops everything that rests on the agreement, on every gateway, at once. */
export async function withdrawAgreement(
  deps: PolicyCommandDeps,
  agreement: string,
  flags: WithdrawFlags,
): Promise<number> {
  if (flags.why.trim() === '') throw new UsageError('--why must say why: it is kept with the withdrawal');
  const loaded = await loadedOrNull(deps);
  const version = versionOf(loaded?.policy ?? null, agreement, flags.agreementVersion);
  if (loaded) deps.out(losses(deps, loaded, agreement));
  if (flags.dryRun) {
    deps.out(`${agreement} version ${version} would be withdrawn. Nothing has been changed.\n`);
    return 0;
  }
  const store = await deps.openStore();
  try {
    await withdraw(store.db, {
      agreement,
      version,
      at: deps.now(),
      by: flags.by ?? deps.user,
      why: flags.why,
    });
  } finally {
    await store.close();
  }
  deps.out(
    `${agreement} is withdrawn up to version ${version}. To share again, sign a higher version in the file.\n`,
  );
  return 0;
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

function versionOf(policy: Policies | null, agreement: string, given: string | undefined): number {
  if (given !== undefined) {
    if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
    throw new UsageError(`--agreement-version "${given}" is not a whole number from 1 up`);
  }
  if (!policy)
    throw new UsageError('The policy files do not load: say which version with --agreement-version');
  const signed = [...policy.agencies.values()].map((one) => one.agreement);
  knownWord('agreement', agreement, new Set(signed.map(({ id }) => id)));
  return Math.max(...signed.filter(({ id }) => id === agreement).map(({ version }) => version));
}

function losses(deps: PolicyCommandDeps, loaded: LoadedPolicy, agreement: string): string {
  const lost = lossesOf({ ...loaded, withdrawn: new Set(), now: deps.now() }, agreement);
  if (lost.length === 0) return 'Nobody is given anything under it today.\n';
  return `${lost
    .map(
      ({ role, purpose, agency, sections }) =>
        `${role} at ${purpose} loses from ${agency}: ${sections.join(', ')}`,
    )
    .join('\n')}\n`;
}
