import { Command } from 'commander';
import { type AgenciesFlags, type DocsCommandDeps, documentAgencies } from './docs/agencies.ts';
import { runPolicyCommand } from './policy/deps.ts';

export type { DocsCommandDeps } from './docs/agencies.ts';

/** `sightline docs …` */
export function docsCommand(deps: DocsCommandDeps): Command {
  const docs = new Command('docs').description('Pages made from adapters and policies');
  docs
    .command('agencies')
    .description('Write a page for each agency: who it is, what is read and how, and who sees what')
    .option('--out <folder>', 'where to; docs/agencies if not said')
    .option('--check', 'write nothing; exit 1 if a page is out of date')
    .action((flags: AgenciesFlags) => runPolicyCommand(deps, () => documentAgencies(deps, flags)))
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 a page is out of date or the policy files have a mistake, 2 a word on the command line is wrong.',
    );
  return docs;
}
