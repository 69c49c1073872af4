import { Command, InvalidArgumentError } from 'commander';
import { PatternSourceError } from '../patterns/make-pattern.ts';
import { PatternError } from '../patterns/read-pattern.ts';
import { BODY_WORDS } from '../sharing/policy/law.ts';
import { type ExportFlags, exportPattern } from './pattern/export-pattern.ts';
import { type ImportFlags, importPattern } from './pattern/import-pattern.ts';
import { type PolicyCommandDeps, runPolicyCommand } from './policy/deps.ts';

export type PatternCommandDeps = Pick<
  PolicyCommandDeps,
  'root' | 'catalogue' | 'now' | 'out' | 'err' | 'exit'
>;

const EXIT_CODES =
  '\nExit codes: 0 done, 1 a file has a mistake or cannot be passed on, 2 a word on the command line is wrong.';

const EXPORT_HELP = `
A pattern names bodies by their kind (police-force, schools), and cites the law. It holds no name of an agency, place or
person, no telephone number, no comment, no count, and none of the words in which an agency says what it shares.

Examples:
  npx sightline pattern export NS-ISA-014 NS-ISA-021 --purpose mental-health-crisis --name street-triage --out triage.yaml
  npx sightline pattern export NS-ISA-047
${EXIT_CODES}`;

const IMPORT_HELP = `
Writes <folder>/adapters/<agency>/sharing.yaml for each agency that would give something: its file as it stands, and the
grants of the pattern besides. No gateway reads that folder, so nothing is given by it: look at it with policy check
<folder> and policy diff <folder>, and let each controller sign and put in place its own. What does not extend to this place or body is named, and
stays withheld. What an agency's file says already is left as it is.

Examples:
  npx sightline pattern import patterns/street-triage.yaml --dry-run
  npx sightline pattern import triage.yaml --as police-force=police mental-health-trust=mental-health --out proposed/triage
${EXIT_CODES}`;

/** `sightline pattern …` */
export function patternCommand(deps: PatternCommandDeps): Command {
  const pattern = new Command('pattern').description(
    'What agencies of one place agreed, for those of another',
  );
  pattern
    .command('export')
    .description('Write sharing agreements as a pattern for other places')
    .argument('<agreement...>', 'the agreements, such as NS-ISA-021')
    .option('--purpose <purpose...>', 'only what is granted at these purposes; all if not said')
    .option('--name <name>', 'what the pattern is called, such as street-triage; the purpose if not said')
    .option('--out <file>', 'the file to write; it is printed if not said')
    .addHelpText('after', EXPORT_HELP)
    .action((agreements: string[], flags: ExportFlags) =>
      run(deps, () => exportPattern(deps, agreements, flags)),
    );
  pattern
    .command('import')
    .description('Turn a pattern into proposed sharing files, which give nothing until they are signed')
    .argument('<file>', 'the pattern')
    .option(
      '--as <kind=agency...>',
      'which agency here is meant by a kind of body; as purposes.yaml says if not said',
      agencyAs,
    )
    .option(
      '--out <folder>',
      'a new folder for the proposed files; proposed/<name of the pattern> if not said',
    )
    .option('--dry-run', 'say what would be proposed, and write nothing')
    .addHelpText('after', IMPORT_HELP)
    .action((file: string, flags: ImportFlags) => run(deps, () => importPattern(deps, file, flags)));
  return pattern.addHelpText('after', EXIT_CODES);
}

function agencyAs(written: string, before: readonly (readonly [string, string])[] = []) {
  const [kind = '', agency = '', ...rest] = written.split('=');
  if (!BODY_WORDS.some((one) => one === kind) || agency === '' || rest.length > 0)
    throw new InvalidArgumentError(
      `Write it as police-force=police. Kinds of body: ${BODY_WORDS.join(', ')}`,
    );
  return [...before, [kind, agency] as const];
}

/** A pattern, or a sharing file, that says something which cannot be taken is a finding. */
const run = (deps: PatternCommandDeps, action: () => Promise<number>): Promise<void> =>
  runPolicyCommand(deps, async () => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof PatternError || error instanceof PatternSourceError)) throw error;
      deps.err(`${error.message}\n`);
      return 1;
    }
  });
