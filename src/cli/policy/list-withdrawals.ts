import { errorLine, type PolicyCommandDeps, storedWithdrawals } from './deps.ts';

/** `policy withdrawals`: what was withdrawn and not taken back, since when, by whom and why. 1 where nobody can say. */
export async function listWithdrawalsInForce(
  deps: PolicyCommandDeps,
  flags: { json?: boolean },
): Promise<number> {
  try {
    const all = await storedWithdrawals(deps);
    if (flags.json) deps.out(`${JSON.stringify(all, null, 2)}\n`);
    else if (all.length === 0) deps.out('Nothing is withdrawn.\n');
    else
      for (const { agreement, version, at, by, why } of all)
        deps.out(`${agreement} up to version ${version}, since ${at.toISOString()}, by ${by}: ${why}\n`);
    return 0;
  } catch (error) {
    deps.err(`Withdrawals are not known: ${errorLine(error)}.\n`);
    return 1;
  }
}
