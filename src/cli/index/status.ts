import { Command } from 'commander';
import { tooLargeBlocks } from '../../person-index/match/near-records.ts';
import { type FeedReport, loadFeedReports } from '../../person-index/records/feed-states.ts';
import { rowsUnderOtherKeys } from '../../person-index/records/keys.ts';
import type { IndexCommandDeps, OpenedIndex } from '../index-command.ts';

const HELP = `
Each line says when the agency’s last complete pass began; how its changes are found (TIMESTAMP, ID, or FULL COMPARE
of everything); how many of its records wait to be matched; and how far a first pass is that is not complete. Then, if
there are any: records under another key than the current one, and what over 2,000 records have in common.
`;

/** `sightline index status` */
export function statusCommand(
  run: (action: (deps: IndexCommandDeps, opened: OpenedIndex) => Promise<boolean>) => Promise<void>,
): Command {
  return new Command('status')
    .description('When each agency’s feed was last complete, which are overdue, and what is under way')
    .addHelpText('after', HELP)
    .action(() => run(status));
}

async function status(
  { out, now }: IndexCommandDeps,
  { agencies, store, changesBy, keys }: OpenedIndex,
): Promise<boolean> {
  const reports = await loadFeedReports(store, now());
  for (const agency of agencies) {
    const by = changesBy.get(agency) ?? 'FULL COMPARE';
    out(`${agency}: ${stateOf(reports.get(agency), by)}\n`);
  }
  const others = await rowsUnderOtherKeys(store, keys);
  if (keys.previous || others > 0) out(`index key: ${keyState(others)}\n`);
  const { keys: wide, largest } = await tooLargeBlocks(store);
  if (wide > 0)
    out(
      `blocks: ${wide} shared by too many records to lead to anybody by themselves, the largest by ${largest}\n`,
    );
  return agencies.every((agency) => reports.get(agency)?.overdue === false);
}

const keyState = (others: number): string =>
  others > 0
    ? `${others} records are still under another key than the current one`
    : 'all records are under the current key; the previous one can go';

function stateOf(report: FeedReport | undefined, by: string): string {
  const since = report?.asOf ? `as of ${report.asOf.toISOString()}` : 'never complete';
  const overdue = report?.overdue === false ? '' : ', overdue';
  const waiting = report && report.pending > 0 ? `, ${report.pending} records wait to be matched` : '';
  return `${since}${overdue}, by ${by}${waiting}${whereOf(report)}`;
}

function whereOf(report: FeedReport | undefined): string {
  if (!report?.underWay) return '';
  const { records, read } = report.underWay;
  return read ? `, first pass: all ${records} records read` : `, first pass: ${records} records read so far`;
}
