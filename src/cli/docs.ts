import { Command } from 'commander';
import { type AgenciesFlags, type DocsCommandDeps, documentAgencies } from './docs/agencies.ts';
import { documentSchemas } from './docs/schemas.ts';
import { documentSettings } from './docs/settings.ts';
import { runPolicyCommand } from './policy/deps.ts';

export type { DocsCommandDeps } from './docs/agencies.ts';

const EXIT_CODES =
  '\nExit codes: 0 done, 1 a page is out of date or the policy files have a mistake, 2 a word on the command line is wrong.';

/** `sightline docs …` */
export function docsCommand(deps: DocsCommandDeps): Command {
  const docs = new Command('docs').description('Pages made from adapters, policies and settings');
  docs
    .command('agencies')
    .description('Write a page for each agency: who it is, what is read and how, and who sees what')
    .option('--out <folder>', 'where to; docs/agencies if not said')
    .option('--check', 'write nothing; exit 1 if a page is out of date')
    .action((flags: AgenciesFlags) => runPolicyCommand(deps, () => documentAgencies(deps, flags)))
    .addHelpText('after', EXIT_CODES);
  docs
    .command('schemas')
    .description('Write schema/<agency>.graphql of each agency from the fields that its adapter supplies')
    .option('--check', 'write nothing; exit 1 if one is out of date')
    .action((flags: { check?: boolean }) => runPolicyCommand(deps, () => documentSchemas(deps, flags)))
    .addHelpText('after', EXIT_CODES);
  docs
    .command('settings')
    .description('Write the tables of settings into docs/operating.md')
    .option('--check', 'write nothing; exit 1 if they are out of date')
    .action((flags: { check?: boolean }) => runPolicyCommand(deps, async () => documentSettings(deps, flags)))
    .addHelpText('after', EXIT_CODES);
  return docs;
}
