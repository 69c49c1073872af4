import { Command, Option } from 'commander';
import type { IndexCommandDeps } from '../index-command.ts';
import { errorMessageFor } from '../known-error.ts';
import { UsageError } from '../policy/deps.ts';
import { decideTask, type ReviewDecisionFlags } from './review-decide.ts';
import { listTasks, type ReviewListFlags, STATES } from './review-list.ts';

const HELP = `
Without --task it lists. The terminal shows agencies, how features agree and what they weigh, and never a name, a date,
a number or anything else of a person: who must see the records to decide does so in a gateway’s review screen.

With --task and one of --same, --different, --unsure and --undo it decides, in the name of the agency in --for. What links
more (--same, or what ends --different) waits until a second login says the same for an agency that owns one of the
records, another than the first where there is one; what touches a protected or place-shielded person, for an agency whose
flag it is.
Each decision is registered before it takes effect, and none is ever erased.

Exit codes: 0 done, 1 nothing was decided (the records are gone, or it cannot be registered), 2 a word on the command
line is wrong, or the store cannot be read.`;

/** `sightline index review` */
export function reviewCommand(deps: IndexCommandDeps): Command {
  return new Command('review')
    .description('Records that may be one person’s: list them, and decide')
    .addOption(new Option('--state <state>', 'which to list').choices(Object.keys(STATES)).default('open'))
    .option('--limit <n>', 'at most so many', '20')
    .option('--after <place>', 'go on where a list ended')
    .option('--json', 'print the list as JSON')
    .option('--task <id>', 'the task to decide')
    .option('--same', 'the two are one person')
    .option('--different', 'the two are two people, whatever the records come to say')
    .option('--unsure', 'somebody looked and could not tell')
    .option('--undo', 'take back the last decision')
    .option('--why <words>', 'why, in words; kept with the decision')
    .option('--by <name>', 'who decided; whoever is at the keyboard if not said')
    .option('--for <agency>', 'the agency in whose name')
    .option('--dry-run', 'say what would follow, and change nothing')
    .addHelpText('after', HELP)
    .action((flags: ReviewListFlags & ReviewDecisionFlags) => run(deps, flags));
}

async function run(deps: IndexCommandDeps, flags: ReviewListFlags & ReviewDecisionFlags): Promise<void> {
  try {
    const opened = await deps.open();
    const work = flags.task === undefined ? listTasks(deps, opened, flags) : decideTask(deps, opened, flags);
    deps.exit((await work.finally(() => opened.close())) ? 0 : 1);
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const usage = error instanceof UsageError ? error.message : null;
    deps.err(
      `${usage ?? errorMessageFor(error) ?? `The review failed${code === undefined ? '' : ` (${String(code)})`}`}\n`,
    );
    deps.exit(usage === null && REGISTER.test(String(code)) ? 1 : 2);
  }
}

/** The register’s own codes: what cannot be recorded is not decided. */
const REGISTER = /^REGISTER_/;
