import { Command } from 'commander';
import { checkPolicies } from './policy/check.ts';
import { type PolicyCommandDeps, runPolicyCommand } from './policy/deps.ts';
import { type ExplainFlags, explainField } from './policy/explain-field.ts';
import { listWithdrawalsInForce } from './policy/list-withdrawals.ts';
import { type DiffFlags, printDiff } from './policy/print-diff.ts';
import { type MatrixFlags, printMatrix } from './policy/print-matrix.ts';
import { signAgencyFile } from './policy/sign-policy.ts';
import { printPolicyStatus } from './policy/status.ts';
import { type WithdrawFlags, withdrawAgreement } from './policy/withdraw-agreement.ts';

export type { PolicyCommandDeps } from './policy/deps.ts';

const EXIT_CODES =
  '\nExit codes: 0 done, 1 the policy files have a mistake or it was not done, 2 a word on the command line is wrong.';

/** `sightline policy …` */
export function policyCommand(deps: PolicyCommandDeps): Command {
  const policy = new Command('policy').description(
    'Who may see what: check, show, explain, compare, sign and withdraw',
  );
  addCheck(policy, deps);
  addMatrix(policy, deps);
  addExplain(policy, deps);
  addDiff(policy, deps);
  addSign(policy, deps);
  addWithdraw(policy, deps);
  addWithdrawals(policy, deps);
  addStatus(policy, deps);
  for (const command of [policy, ...policy.commands]) command.addHelpText('after', EXIT_CODES);
  return policy;
}

function addCheck(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('check [folder]')
    .description(
      'Read every policy file and name each mistake by file and line; of a folder, as it proposes them',
    )
    .option('--json', 'print what was found as JSON')
    .action((folder: string | undefined, flags: { json?: boolean }) =>
      runPolicyCommand(deps, () => checkPolicies(deps, { ...flags, folder })),
    );
}

function addMatrix(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('matrix')
    .description('What each agency gives to each role at each purpose')
    .option('--role <role>', 'only this role, such as housing-officer')
    .option('--purpose <purpose>', 'only at this purpose, such as early-help')
    .option('--agency <agency>', 'only from this agency')
    .option('--section <section>', 'only this section, such as crisisPlan')
    .option('--markdown', 'print the page docs/sharing-matrix.md, of the files alone')
    .action((flags: MatrixFlags) => runPolicyCommand(deps, () => printMatrix(deps, flags)));
}

function addExplain(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('explain')
    .description('What becomes of one field, and the line of the policy that says so')
    .requiredOption('--role <role>', 'who asks, such as housing-officer')
    .requiredOption('--purpose <purpose>', 'why, such as early-help')
    .requiredOption('--field <field>', 'a field or a section, such as crisisPlan.whatHelps')
    .option('--agency <agency>', 'only this supplier')
    .option('--relationship <relationship>', 'VERIFIED, CLAIMED, UNVERIFIED or NONE', 'VERIFIED')
    .option('--place <place>', 'PUBLIC or DWELLING; both if not said')
    .option('--organisation <agency>', "the caller's; the supplier and another party if not said")
    .option('--consent', "the person's consent is recorded")
    .action((flags: ExplainFlags) => runPolicyCommand(deps, () => explainField(deps, flags)));
}

function addDiff(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('diff <folder>')
    .description('What would be otherwise under proposed sharing files; nothing is changed')
    .option('--replay <days>', 'how many past requests would be given more or less, such as 30d')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nThe folder has files such as adapters/housing/sharing.yaml, housing/sharing.yaml or housing.yaml, and may have\npurposes.yaml. What it does not have stays as it is.',
    )
    .action((folder: string, flags: DiffFlags) =>
      runPolicyCommand(deps, () => printDiff(deps, folder, flags)),
    );
}

function addSign(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('sign <agency>')
    .description('Sign an agency’s file as it stands, with the agency’s own key')
    .option('--yes', 'do it without asking; needed where there is no terminal')
    .action((agency: string, flags: { yes?: boolean }) =>
      runPolicyCommand(deps, () => signAgencyFile(deps, agency, flags)),
    );
}

function addWithdraw(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('withdraw <agreement>')
    .description('Stop everything that rests on an agreement, on every gateway, at once')
    .option('--why <reason>', 'kept with the withdrawal; --undo needs one')
    .option('--by <name>', 'who withdraws it; whoever is logged in, if not said')
    .option('--dry-run', 'show who would lose what, and change nothing')
    .option('--yes', 'do it without asking; needed where there is no terminal')
    .option('--undo', 'take the newest withdrawal of it back, within an hour of it')
    .option('--agreement-version <number>', 'only needed while the policy files do not load')
    .action((agreement: string, flags: WithdrawFlags) =>
      runPolicyCommand(deps, () => withdrawAgreement(deps, agreement, flags)),
    );
}

function addWithdrawals(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('withdrawals')
    .description('Which agreements are withdrawn, since when, by whom and why')
    .option('--json', 'print them as JSON')
    .action((flags: { json?: boolean }) => runPolicyCommand(deps, () => listWithdrawalsInForce(deps, flags)));
}

function addStatus(policy: Command, deps: PolicyCommandDeps): void {
  policy
    .command('status')
    .description(
      'What is in force on which gateway and since when, agreements, withdrawals, and what does not load',
    )
    .option('--json', 'print it as JSON')
    .action((flags: { json?: boolean }) => runPolicyCommand(deps, () => printPolicyStatus(deps, flags)));
}
