import { Command } from 'commander';
import { loadFeedStates } from '../person-index/feed-states.ts';
import type { Refreshed } from '../person-index/refresh-index.ts';
import type { Store } from '../person-index/tables.ts';

export interface IndexCommandDeps {
  /** Opens what the index stands on. `refresh` makes one pass of every agency's feed; null where an agency failed. */
  open(): Promise<{
    store: Store;
    /** Agency ids, in the order to print. */
    agencies: readonly string[];
    refresh(): Promise<ReadonlyMap<string, Refreshed | null>>;
    close(): Promise<void>;
  }>;
  now(): Date;
  out(text: string): void;
  err(text: string): void;
  /** Called once with 0 (all fresh), 1 (an agency failed or is overdue) or 2 (the store cannot be read). */
  exit(code: number): void;
}
type Opened = Awaited<ReturnType<IndexCommandDeps['open']>>;

/** `sightline index …` */
export function indexCommand(deps: IndexCommandDeps): Command {
  const index = new Command('index').description('The person index: how it is fed by the agencies');
  index
    .command('refresh')
    .description('Make one pass of every agency’s feed now')
    .action(() => run(deps, refresh));
  index
    .command('status')
    .description('When each agency’s feed was last complete, and which are overdue')
    .action(() => run(deps, status));
  const codes = '\nExit codes: 0 all fresh, 1 an agency failed or is overdue, 2 the store cannot be read.';
  for (const command of [index, ...index.commands]) command.addHelpText('after', codes);
  return index;
}

async function run(
  deps: IndexCommandDeps,
  action: (deps: IndexCommandDeps, opened: Opened) => Promise<boolean>,
) {
  try {
    const opened = await deps.open();
    const fresh = await action(deps, opened).finally(() => opened.close());
    deps.exit(fresh ? 0 : 1);
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    deps.err(`The person index cannot be read${code === undefined ? '' : ` (${String(code)})`}\n`);
    deps.exit(2);
  }
}

async function refresh({ out }: IndexCommandDeps, { agencies, refresh }: Opened): Promise<boolean> {
  const passes = await refresh();
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

async function status({ out, now }: IndexCommandDeps, { agencies, store }: Opened): Promise<boolean> {
  const feeds = await loadFeedStates(store, now());
  for (const agency of agencies) {
    const feed = feeds.get(agency);
    const since = feed?.asOf ? `as of ${feed.asOf.toISOString()}` : 'never complete';
    out(`${agency}: ${since}${feed?.overdue === false ? '' : ', overdue'}\n`);
  }
  return agencies.every((agency) => feeds.get(agency)?.overdue === false);
}
