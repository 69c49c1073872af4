import { Command } from 'commander';
import type { IndexCommandDeps, OpenedIndex } from '../index-command.ts';
import { refreshProgress } from './refresh-progress.ts';

const HELP = `
An agency that tells what has changed is asked for that; now and then, and where it tells nothing, all its
records are read and compared. Progress goes to the error output: one line on a terminal, else a line a second.
It may be ended at any time: the next refresh, or the gateway, goes on where it was.
`;

/** `sightline index refresh` */
export function refreshCommand(
  run: (action: (deps: IndexCommandDeps, opened: OpenedIndex) => Promise<boolean>) => Promise<void>,
): Command {
  return new Command('refresh')
    .description('Make one pass of every agency’s feed now, and match what is new')
    .addHelpText('after', HELP)
    .action(() => run(refresh));
}

async function refresh(
  { out, err, columns }: IndexCommandDeps,
  { agencies, refresh }: OpenedIndex,
): Promise<boolean> {
  const progress = refreshProgress({ write: err, columns }, () => performance.now());
  const passes = await refresh(progress.tell).finally(progress.end);
  for (const agency of agencies) {
    const pass = passes.get(agency);
    out(
      pass
        ? `${agency}: ${pass.records} records, ${pass.changed} changed, ${pass.removed} removed\n`
        : `${agency}: failed, and keeps what it gave before\n`,
    );
  }
  return agencies.every((agency) => passes.get(agency));
}
