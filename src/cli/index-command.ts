import { Command } from 'commander';
import type { FeedProgress, Refreshed } from '../person-index/feed/feed-types.ts';
import type { Keys } from '../person-index/records/keys.ts';
import type { RegisterEntry } from '../register/entry.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { evaluateCommand } from './index/evaluate.ts';
import { learnCommand } from './index/learn.ts';
import { refreshProgress } from './index/refresh-progress.ts';
import { reviewCommand } from './index/review-command.ts';
import { statusCommand } from './index/status.ts';
import { errorMessageFor } from './known-error.ts';

export interface IndexCommandDeps {
  /** Opens what the index stands on. `refresh` makes one pass of every agency's feed; null where an agency failed. */
  open(): Promise<{
    store: StoreDatabase;
    /** Agency ids, in the order to print. */
    agencies: readonly string[];
    refresh(onProgress: (progress: FeedProgress) => void): Promise<ReadonlyMap<string, Refreshed | null>>;
    /** Learns a model and matches every record by it; gives the model's version. */
    learn(onProgress: (progress: FeedProgress) => void): Promise<string>;
    /** How each agency that reports its changes does so. All records of any other agency are compared. */
    changesBy: ReadonlyMap<string, 'TIMESTAMP' | 'ID'>;
    /** Seal the ids of review tasks. */
    keys: Keys;
    policyVersion(): string;
    /** Writes what is decided here into the disclosure register. */
    record(entries: readonly RegisterEntry[]): Promise<void>;
    close(): Promise<void>;
  }>;
  now(): Date;
  /** The login at the keyboard. */
  user: string;
  out(text: string): void;
  err(text: string): void;
  /** Columns of the terminal that `err` goes to; null where it is none. */
  columns: number | null;
  /** Called once with 0 (all fresh), 1 (an agency failed or is overdue) or 2 (the store cannot be read). */
  exit(code: number): void;
}
export type OpenedIndex = Awaited<ReturnType<IndexCommandDeps['open']>>;

/** `sightline index …` */
export function indexCommand(deps: IndexCommandDeps): Command {
  const index = new Command('index').description('The person index: how it is fed by the agencies');
  index.addCommand(refreshCommand((action) => run(deps, action)));
  index.addCommand(statusCommand((action) => run(deps, action)));
  const codes = '\nExit codes: 0 all fresh, 1 an agency failed or is overdue, 2 the store cannot be read.';
  for (const command of [index, ...index.commands]) command.addHelpText('after', codes);
  index.addCommand(learnCommand((action) => run(deps, action)));
  index.addCommand(reviewCommand(deps));
  index.addCommand(evaluateCommand(deps));
  return index;
}

async function run(
  deps: IndexCommandDeps,
  action: (deps: IndexCommandDeps, opened: OpenedIndex) => Promise<boolean>,
) {
  try {
    const opened = await deps.open();
    const fresh = await action(deps, opened).finally(() => opened.close());
    deps.exit(fresh ? 0 : 1);
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const why = code === 'SETTING' ? errorMessageFor(error) : null;
    deps.err(
      `${why ?? `The person index cannot be read${code === undefined ? '' : ` (${String(code)})`}`}\n`,
    );
    deps.exit(2);
  }
}

const HELP = `
An agency that tells what has changed is asked for that; now and then, and where it tells nothing, all its
records are read and compared. Progress goes to the error output: one line on a terminal, else a line a second.
It may be ended at any time: the next refresh, or the gateway, goes on where it was.
`;

/** `sightline index refresh` */
function refreshCommand(
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
