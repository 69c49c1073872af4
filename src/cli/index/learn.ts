import { Command } from 'commander';
import { learningState } from '../../person-index/match/learn-model.ts';
import type { IndexCommandDeps, OpenedIndex } from '../index-command.ts';
import { refreshProgress } from './refresh-progress.ts';

const HELP = `
The model that says who is who learns how often names, dates and numbers agree from the agencies' own records. It is
learnt by itself when the first agencies have been read, and again when there are twice the records. Learning by hand is
for a place that has changed otherwise: another agency, other dirt. All records are then matched anew; what humans
decided stands, and people keep their ids as far as their records stay together.

Exit codes: 0 done, 2 the store cannot be read.`;

/** `sightline index learn` */
export function learnCommand(
  run: (action: (deps: IndexCommandDeps, opened: OpenedIndex) => Promise<boolean>) => Promise<void>,
): Command {
  return new Command('learn')
    .description('Learn the model that says who is who from the index’s records, and match them anew')
    .option('--dry-run', 'say what is in force and what there is to learn from, and change nothing')
    .addHelpText('after', HELP)
    .action(({ dryRun }: { dryRun?: boolean }) =>
      run((deps, opened) => (dryRun ? printState(deps, opened) : learn(deps, opened))),
    );
}

async function printState({ out }: IndexCommandDeps, { store }: OpenedIndex): Promise<boolean> {
  const { version, learntAt, learntFrom, records } = await learningState(store);
  out(
    version === null
      ? 'No model has been learnt: priors are in force\n'
      : `In force: model ${version}, learnt from ${learntFrom} records at ${learntAt?.toISOString()}\n`,
  );
  out(`There are ${records} records to learn from; all would be matched anew\n`);
  return true;
}

async function learn(deps: IndexCommandDeps, opened: OpenedIndex): Promise<boolean> {
  const progress = refreshProgress({ write: deps.err, columns: deps.columns }, () => performance.now());
  const version = await opened.learn(progress.tell).finally(progress.end);
  deps.out(`Model ${version} is in force, and every record has been matched by it\n`);
  return true;
}
