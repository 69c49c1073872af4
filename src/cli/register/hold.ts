import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { errorCodeOf } from '../../register/errors.ts';
import { catchUp } from '../../register/reading/catch-up.ts';
import { dayAfter, londonDate, startOfLondonDay } from '../../register/reading/london-date.ts';
import {
  agenciesWithRecord,
  HoldError,
  type RetentionHold,
  releaseHold,
  standingHold,
  standingHolds,
  writeHold,
} from '../../register/retention/holds.ts';
import type { Store } from '../../store/store.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { unknownWord } from '../../yaml/finding.ts';
import { errorMessageFor } from '../known-error.ts';
import { type Operator, recordAct } from '../operator-entry.ts';

export interface HoldDeps {
  openStore(): Promise<Store>;
  operator: Operator;
  /** Ids of agencies, for a name that none has. */
  agencies: readonly string[];
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

interface HoldFlags {
  readonly record?: string;
  readonly agency?: string;
  readonly why?: string;
  readonly until?: string;
  readonly release?: string;
  readonly list?: boolean;
}

/** `sightline register hold` */
export function addHold(register: Command, deps: HoldDeps): void {
  register
    .command('hold')
    .description('Keep all that the register and its acts have about a record, for an inquest or a review')
    .option('--record <number>', 'the agency’s own number of the record')
    .option('--agency <agency>', 'the agency, where several have that number')
    .option('--why <text>', 'for which inquest or review')
    .option('--until <day>', 'it ends by itself after this day, YYYY-MM-DD in London')
    .option('--release <id>', 'end the hold of this id')
    .option('--list', 'list the holds that stand')
    .addHelpText('after', HELP)
    .action(async (flags: HoldFlags) => deps.exit(await hold(deps, flags)));
}

const HELP = `
While a record is held, no entry that names it or its person shrinks, and no words about them are taken out. Holding and releasing
are entries of the register, without the reason.

Exit codes: 0 done, 1 a word on the command line is wrong, 2 the store cannot be read, or it cannot be registered.`;

async function hold(deps: HoldDeps, flags: HoldFlags): Promise<number> {
  try {
    const doing = whatToDo(flags, deps);
    const store = await deps.openStore();
    try {
      deps.out(await doing(store));
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof HoldError) {
      deps.err(`${error.message}\n`);
      return 1;
    }
    deps.err(
      `Nothing has been changed: ${errorMessageFor(error) ?? `the store cannot be read (${errorCodeOf(error)})`}\n`,
    );
    return 2;
  }
}

/** @throws HoldError where the words on the command line do not go together */
function whatToDo(flags: HoldFlags, deps: HoldDeps): (store: Store) => Promise<string> {
  const { record, agency, why, until, release, list } = flags;
  const asked = [record !== undefined, release !== undefined, list === true].filter(Boolean);
  if (asked.length !== 1) throw new HoldError('Say one of --record NUMBER, --release ID and --list');
  if (record === undefined && [agency, why, until].some((flag) => flag !== undefined))
    throw new HoldError('--agency, --why and --until are of a --record');
  if (list) return async ({ db }) => holdsText(await standingHolds(db, deps.operator.now()));
  if (release !== undefined) return (store) => end(deps, store, release);
  if ((why ?? '').trim() === '') throw new HoldError('Say for what it is held: --why "inquest 26/104"');
  if (agency !== undefined && !deps.agencies.includes(agency))
    throw new HoldError(unknownWord('agency', agency, deps.agencies));
  const ends = until === undefined ? null : endOf(until, deps.operator.now());
  return (store) => begin(deps, store, { record: record ?? '', agency, why: why?.trim() ?? '', until: ends });
}

function endOf(day: string, now: Date): Date {
  if (startOfLondonDay(day) === null) throw new HoldError('--until takes a day as YYYY-MM-DD');
  const end = startOfLondonDay(dayAfter(day));
  if (end === null || end <= now) throw new HoldError(`--until ${day} is over already`);
  return end;
}

interface Wanted extends Pick<RetentionHold, 'record' | 'why' | 'until'> {
  readonly agency: string | undefined;
}

async function begin({ operator }: HoldDeps, store: Store, wanted: Wanted): Promise<string> {
  const { record, why, until } = wanted;
  await catchUp(store.db);
  const agency = await agencyOf(store.db, wanted);
  const held: RetentionHold = {
    id: randomUUID(),
    agency,
    record,
    why,
    by: operator.user,
    at: operator.now(),
    until,
  };
  await recordAct(operator, store, actOf(held, 'HELD'), (transaction) => writeHold(transaction, held));
  return `Held: ${lineOf(held)}\n`;
}

async function end({ operator }: HoldDeps, store: Store, id: string): Promise<string> {
  const held = await standingHold(store.db, id, operator.now());
  const by = { id, by: operator.user, at: operator.now() };
  await recordAct(operator, store, actOf(held, 'RELEASED'), (transaction) => releaseHold(transaction, by));
  return `Released: ${lineOf(held)}\n`;
}

async function agencyOf(db: StoreDatabase, { record, agency }: Wanted): Promise<string> {
  const agencies = await agenciesWithRecord(db, record);
  if (agency !== undefined) {
    if (agencies.includes(agency)) return agency;
    throw new HoldError(`Nothing here names a record ${record} of ${agency}`);
  }
  const [only, ...others] = agencies;
  if (only === undefined) throw new HoldError(`Nothing here names a record ${record}`);
  if (others.length > 0)
    throw new HoldError(
      `Several agencies have such a number: say which with --agency, of ${agencies.join(', ')}`,
    );
  return only;
}

const actOf = ({ id, agency, record }: RetentionHold, state: 'HELD' | 'RELEASED') => ({
  ...{ kind: 'POLICY' as const, section: 'register', state, reason: id },
  ...{ agencies: [agency], records: [record] },
});

const holdsText = (holds: readonly RetentionHold[]): string =>
  holds.length === 0 ? 'Nothing is held.\n' : holds.map((held) => `${lineOf(held)}\n`).join('');

const lineOf = ({ id, agency, record, why, by, at, until }: RetentionHold): string =>
  `${id}  ${agency} ${record}, since ${londonDate(at)} ${until === null ? 'until it is released' : `until ${lastDay(until)}`}, by ${by}: ${why}`;

/** It ends as the day after begins. */
const lastDay = (until: Date): string => londonDate(new Date(until.getTime() - 1));
