import { pairKey } from '../../person-index/match/human-decisions.ts';
import { currentMatcher } from '../../person-index/match/linkage-matcher.ts';
import { matchRecord } from '../../person-index/records/features.ts';
import { type Explanation, type Matcher, UNEXPLAINED } from '../../person-index/records/matcher.ts';
import { createSealedIds, type SealedIds } from '../../person-index/records/sealed-ids.ts';
import { decidedTasks, type FoundTask, findAllTasks } from '../../person-index/review/found-tasks.ts';
import type { ReviewState } from '../../person-index/review/types.ts';
import type { IndexCommandDeps, OpenedIndex } from '../index-command.ts';
import { UsageError } from '../policy/deps.ts';
import { type TerminalTask, taskText } from './waterfall.ts';

export interface ReviewListFlags {
  state: keyof typeof STATES;
  limit: string;
  after?: string;
  json?: boolean;
}
export const STATES = {
  open: 'OPEN',
  unsure: 'UNSURE',
  'awaiting-confirmation': 'AWAITING_CONFIRMATION',
  decided: 'DECIDED',
} as const satisfies Record<string, ReviewState>;

const MOST = 1_000;

/** Task ids printed at the terminal work only at this gateway's terminals. */
export const terminalIds = ({ keys }: Pick<OpenedIndex, 'keys'>): SealedIds =>
  createSealedIds(keys, 'terminal', null);

/** Prints one page of tasks, without any personal data. Always true: a list is no finding. */
export async function listTasks(
  { out }: IndexCommandDeps,
  opened: OpenedIndex,
  flags: ReviewListFlags,
): Promise<boolean> {
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new UsageError(`--limit "${flags.limit}" is not a whole number from 1 to ${MOST}`);
  const state = STATES[flags.state];
  const ids = terminalIds(opened);
  const { tasks, last } = await pageText(opened, state, limit, placeOf(ids, flags.after));
  const matcher = await currentMatcher(opened.store);
  const shown = tasks.filter((task) => task.state === state).map((task) => terminalTask(task, ids, matcher));
  const next = last === null ? null : ids.seal('task', JSON.stringify({ after: last }));
  if (flags.json) out(`${JSON.stringify({ tasks: shown, next }, null, 2)}\n`);
  else {
    out(shown.length === 0 ? 'Nothing to review here.\n' : shown.map(taskText).join('\n'));
    if (next !== null) out(`\nThere is more: --after ${next}\n`);
  }
  return true;
}

type Place = string | readonly [string, string] | null;

async function pageText(
  { store }: OpenedIndex,
  state: ReviewState,
  limit: number,
  after: Place,
): Promise<{ tasks: FoundTask[]; last: Place }> {
  if (state === 'DECIDED' || state === 'AWAITING_CONFIRMATION')
    return decidedTasks(store, { before: typeof after === 'string' ? after : null, limit });
  return findAllTasks(store, { after: typeof after === 'string' ? null : after, limit });
}

function placeOf(ids: SealedIds, token: string | undefined): Place {
  if (token === undefined) return null;
  const text = ids.open('task', token);
  const place = text === null ? null : (JSON.parse(text) as { after?: Place }).after;
  if (!place) throw new UsageError('--after is no place where a list of this gateway ended');
  return place;
}

function terminalTask(task: FoundTask, ids: SealedIds, matcher: Matcher): TerminalTask {
  const { comparisons, weightBits, heldBack } = explanationOf(task, matcher);
  return {
    task: ids.seal('task', pairKey(task.pair)),
    state: task.state,
    origins: task.origins,
    agencies: task.sides.map((side) => [...new Set(side.map(({ agency }) => agency))]),
    comparisons,
    weightBits,
    heldBack,
    decisions: task.history.map(({ verdict, at, organisation, role, effective, awaits }) => ({
      verdict,
      at: at.toISOString(),
      organisation,
      role,
      effective,
      awaits,
    })),
  };
}

/** What the machine makes of the very two records; for the operator’s eyes words and weights alone. */
export function explanationOf({ pair, sides }: FoundTask, matcher: Matcher): Explanation {
  const [one, other] = pair.map(({ agency, record }) => {
    const row = sides.flat().find((each) => each.agency === agency && each.record === record);
    return row && matchRecord(row);
  });
  return one && other ? matcher.explain(one, other) : UNEXPLAINED;
}
