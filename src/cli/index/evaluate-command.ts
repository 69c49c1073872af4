import { Command } from 'commander';
import { type EvaluateDeps, type EvaluateFlags, evaluate } from './evaluate.ts';
import { EvaluateError } from './evaluate-error.ts';
import { IGNORABLE } from './ignorable.ts';

const HELP = `
The records' header:
  record_id,source,given_name,surname,date_of_birth,sex,street_number,address_1,address_2,
  suburb,postcode,state,phone,identifier_type,identifier_value
Blank is missing. Other columns are left out. Everything is learnt from the records themselves.

With one file every record is held against every other. With two, records are linked across the files only; that a
file has nobody twice is not assumed. record_id must be unique in both together.

links.csv has record_id_a, record_id_b, weight_bits and decision (MATCH or REVIEW): all pairs from 14 bits, and those
that are one person's through a third record, with the weight of the weakest link between. clusters.csv has record_id
and person_id. truth.csv has record_id and entity_id; the best F1 is looked for over all pairs that were scored, also
below 14 bits.

--ignore: ${IGNORABLE.join(', ')}

Exit codes: 0 done; 2 a file cannot be read or written or has a mistake, or a word on the command line is wrong: nothing
is written then.`;

/** `sightline index evaluate`. Needs no store. */
export function evaluateCommand(deps: EvaluateDeps & { exit(code: number): void }): Command {
  return new Command('evaluate')
    .description('Link the records of any place’s own files, and say how well where the truth is known')
    .requiredOption(
      '--records <file>',
      'records to link; given twice, two files to link with each other',
      gathered,
    )
    .requiredOption('--out <file>', 'where to write the links')
    .option('--clusters <file>', 'where to write who is who')
    .option('--truth <file>', 'who is who in truth, to measure against')
    .option('--ignore <field>', 'leave out a field; several with commas or given again', gathered)
    .addHelpText('after', HELP)
    .action(async (flags: EvaluateFlags) => {
      try {
        await evaluate(deps, flags);
        deps.exit(0);
      } catch (error) {
        if (!(error instanceof EvaluateError)) throw error;
        deps.err(`${error.message}\n`);
        deps.exit(2);
      }
    });
}

const gathered = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
