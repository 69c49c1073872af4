import type { Command } from 'commander';
import { hiddenInRegister } from '../../person-index/lookup/register-people.ts';
import { errorCodeOf } from '../../register/errors.ts';
import { countBarriers } from '../../register/reading/barriers.ts';
import { catchUp } from '../../register/reading/catch-up.ts';
import {
  ANY_ENTRY,
  type EntryFilter,
  type EntryScope,
  findEntries,
} from '../../register/reading/find-entries.ts';
import { dayAfter, londonDate, startOfLondonDay } from '../../register/reading/london-date.ts';
import { agenciesOfRecord } from '../../register/reading/looks.ts';
import type { EntryCursor } from '../../register/reading/stored-entry.ts';
import type { Store } from '../../store/store.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { errorMessageFor } from '../known-error.ts';
import { type Operator, type OperatorsAct, recordAct } from '../operator-entry.ts';
import { barriersCsv, barriersText } from './barriers-text.ts';
import { csvText, reportLines, type ShownEntry, shownEntry } from './report-text.ts';

export interface ReportDeps {
  openStore(): Promise<Store>;
  /** Writes that the register was read, before anything of it is shown. */
  operator: Operator;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

interface ReportFlags {
  readonly record?: string;
  readonly by?: string;
  readonly refused?: boolean;
  readonly breakGlass?: boolean;
  readonly barriers?: boolean;
  readonly agency?: string;
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
}

/** States of an outcome by which somebody was told what a record says: by the gateway, or by a colleague. */
const TELLING: ReadonlySet<string | null> = new Set(['DISCLOSED', 'RELAYED']);

/** Entries that a page at the terminal shows; a file of CSV has them all. */
const ON_A_PAGE = 200;
const AT_ONCE = 500;

/** `sightline register report` and `recipients` */
export function addReports(register: Command, deps: ReportDeps): void {
  register
    .command('report')
    .description(
      'Who saw what of whom, and why: by record, by login, what was refused, what was opened by break-glass',
    )
    .option('--record <number>', 'an agency’s own number of a record, as it was linked then')
    .option('--by <sub>', 'a login, as its token names it')
    .option('--refused', 'only what some policy withheld, or what was refused as a whole')
    .option('--break-glass', 'only what was opened by break-glass, or given through it')
    .option('--barriers', 'how often what was asked was refused, by section, reason and line of policy')
    .option(
      '--agency <agency>',
      'as this agency’s officer reads it; of a record, the agency whose number it is',
    )
    .option('--from <day>', 'from this day on, YYYY-MM-DD in London')
    .option('--to <day>', 'until the end of this day')
    .option('--csv', 'a line for each outcome, all of them')
    .addHelpText('after', HELP)
    .action(async (flags: ReportFlags) => deps.exit(await report(deps, flags, false)));
  register
    .command('recipients')
    .description('Who was told what a record says: for whoever corrects a mistake in it')
    .requiredOption('--record <number>', 'the agency’s own number of the record')
    .option('--agency <agency>', 'the agency, where several have that number')
    .option('--from <day>', 'from this day on, YYYY-MM-DD in London')
    .option('--to <day>', 'until the end of this day')
    .option('--csv', 'a line for each outcome, all of them')
    .addHelpText('after', HELP)
    .action(async (flags: ReportFlags) => deps.exit(await report(deps, flags, true)));
}

const HELP = `
How a section stood is told of the agency whose number or register it is; of any other whether its policy gave it. Reading is
itself registered. Entries that wait in a gateway’s spool are not found until they are drained.

Exit codes: 0 done, 1 a word on the command line is wrong, 2 the register cannot be read or the reading cannot be registered.`;

class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly code = 'REPORT';
}

async function report(deps: ReportDeps, flags: ReportFlags, given: boolean): Promise<number> {
  try {
    const filter = filterOf(flags);
    const period = flags.barriers ? periodOf(flags, deps.operator.now()) : null;
    const store = await deps.openStore();
    try {
      await catchUp(store.db);
      const agency = await agencyOf(store.db, flags);
      const hidden = agency === null ? [] : await hiddenInRegister(store.db, agency, []);
      if (period !== null) {
        const question = { ...period, by: BARRIERS_BY, agency: null, ofAgency: agency, hidden };
        const counts = await countBarriers(store.db, question);
        await recordAct(deps.operator, store, { ...act(flags, agency, []), section: 'barriers' });
        deps.out(flags.csv ? barriersCsv(counts, BARRIERS_BY) : barriersText(counts, question));
        return 0;
      }
      const found = await read(store.db, { agency, hidden }, filter, flags, given);
      await recordAct(deps.operator, store, act(flags, agency, found.entries));
      deps.out(flags.csv ? csvText(found.entries) : reportLines(titleOf(flags, agency), found));
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof ReportError) {
      deps.err(`${error.message}\n`);
      return 1;
    }
    deps.err(
      `The register cannot be read: ${errorMessageFor(error) ?? `the store cannot be read (${errorCodeOf(error)})`}\n`,
    );
    return 2;
  }
}

function filterOf({ record, by, refused, breakGlass, barriers, from, to }: ReportFlags): EntryFilter {
  if (record === undefined && by === undefined && !refused && !breakGlass && !barriers)
    throw new ReportError('Say what to report: --record, --by, --refused, --break-glass or --barriers');
  return {
    ...ANY_ENTRY,
    ownRecord: record ?? null,
    sub: by ?? null,
    refused: refused ? true : null,
    breakGlass: breakGlass ? true : null,
    from: from === undefined ? null : startOf('--from', from),
    to: to === undefined ? null : startOf('--to', dayAfterOf(to)),
  };
}

const BARRIERS_BY = ['SECTION', 'REASON', 'RULE'] as const;

/** Barriers are counted over days: a year until today, where no others are said. */
function periodOf({ from, to }: ReportFlags, now: Date): { from: string; to: string } {
  const last = to ?? londonDate(now);
  return { from: from ?? dayAfter(`${Number(last.slice(0, 4)) - 1}${last.slice(4)}`), to: last };
}

const dayAfterOf = (day: string): string => (startOfLondonDay(day) === null ? day : dayAfter(day));

function startOf(option: string, day: string): Date {
  const at = startOfLondonDay(day);
  if (at === null) throw new ReportError(`${option} takes a day as YYYY-MM-DD`);
  return at;
}

/** Whose register is read; of a record, the agency whose number it is. */
async function agencyOf(db: StoreDatabase, { record, agency }: ReportFlags): Promise<string | null> {
  if (agency !== undefined) return agency;
  if (record === undefined) return null;
  const agencies = await agenciesOfRecord(db, record);
  if (agencies.length > 1)
    throw new ReportError(
      `Several agencies have such a number: say which with --agency, of ${agencies.join(', ')}`,
    );
  return agencies[0] ?? null;
}

async function read(
  db: StoreDatabase,
  scope: EntryScope,
  filter: EntryFilter,
  { csv }: ReportFlags,
  given: boolean,
): Promise<{ entries: readonly ShownEntry[]; more: boolean }> {
  const entries: ShownEntry[] = [];
  let after: EntryCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof findEntries>> = await findEntries(db, scope, filter, {
      first: csv ? AT_ONCE : ON_A_PAGE,
      after,
    });
    for (const one of page.entries) {
      const shown = shownEntry(one, scope.agency, filter.ownRecord);
      const told = given ? shown.outcomes.filter(({ state }) => TELLING.has(state)) : shown.outcomes;
      if (!given || told.length > 0) entries.push({ ...shown, outcomes: told });
    }
    after = page.next;
  } while (after !== null && (csv || entries.length < ON_A_PAGE));
  return { entries: csv ? entries : entries.slice(0, ON_A_PAGE), more: after !== null };
}

function titleOf({ record, by, refused, breakGlass, from, to }: ReportFlags, agency: string | null): string {
  const what = [
    record && `record ${record}`,
    by && `asked by ${by}`,
    refused && 'refused',
    breakGlass && 'by break-glass',
    agency && `as ${agency} reads it`,
    from && `from ${from}`,
    to && `to ${to}`,
  ];
  return `Register: ${what.filter(Boolean).join(', ')}`;
}

/** Nothing that was typed but a record’s number by which something was found. */
function act(flags: ReportFlags, agency: string | null, found: readonly ShownEntry[]): OperatorsAct {
  const shown = [...new Set(found.flatMap(({ outcomes }) => outcomes.map((one) => one.agency)))];
  return {
    ...{ kind: 'REPORT', section: 'register', state: 'READ' },
    agencies: agency === null ? shown : [agency],
    reason: Object.keys(flags).toSorted().join(', '),
    records: flags.record !== undefined && found.length > 0 ? [flags.record] : [],
  };
}
