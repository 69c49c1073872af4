import { randomUUID } from 'node:crypto';
import { decisionEntries } from '../../gateway/operation/register-entries.ts';
import { type LinkVerdict, type Pair, pairOf } from '../../person-index/match/human-decisions.ts';
import { currentMatcher } from '../../person-index/match/linkage-matcher.ts';
import { UNEXPLAINED } from '../../person-index/records/matcher.ts';
import { pairTask } from '../../person-index/review/found-tasks.ts';
import { type Decision, makeDecision } from '../../person-index/review/make-decision.ts';
import type { IndexCommandDeps, OpenedIndex } from '../index-command.ts';
import { requireKnown, UsageError } from '../policy/deps.ts';
import { explanationOf, terminalIds } from './review-list.ts';

export interface ReviewDecisionFlags {
  task?: string;
  same?: boolean;
  different?: boolean;
  unsure?: boolean;
  undo?: boolean;
  why?: string;
  by?: string;
  for?: string;
  dryRun?: boolean;
}

/** The role in which decisions are made at the terminal. */
const OPERATOR = 'operator';

/** Decides one task. False where nothing was decided. Throws UsageError, and the register’s errors. */
export async function decideTask(
  deps: IndexCommandDeps,
  opened: OpenedIndex,
  flags: ReviewDecisionFlags,
): Promise<boolean> {
  const verdict = verdictOf(flags);
  const why = flags.why?.trim() ?? '';
  if (why === '') throw new UsageError('--why must say why: it is kept with the decision');
  if (flags.for === undefined) throw new UsageError('--for must name the agency in whose name it is decided');
  requireKnown('agency', flags.for, new Set(opened.agencies));
  const pair = pairOfTask(opened, flags.task ?? '');
  const now = deps.now();
  // By login and not by name, so that one person at the keyboard never counts as two.
  const caller = {
    sub: `terminal:${deps.user}`,
    name: flags.by ?? deps.user,
    organisation: flags.for,
    role: OPERATOR,
    site: null,
  };
  const asker = { requestId: randomUUID(), now, purpose: null, reference: null };
  const task = await pairTask(opened.store, pair);
  const decision = await makeDecision({
    store: opened.store,
    now,
    wanted: {
      pair,
      verdict,
      why,
      by: { ...caller, purpose: null, reference: null },
      shown: task ? explanationOf(task, await currentMatcher(opened.store)) : UNEXPLAINED,
    },
    register: (made) =>
      opened.record(
        decisionEntries(made, 'NONE', opened.policyVersion(), {
          ...asker,
          caller: {
            ...caller,
            ...{
              staff: caller.sub,
              roles: [OPERATOR],
              person: null,
              issuer: null,
              client: null,
              actor: null,
            },
          },
        }),
      ),
    dryRun: flags.dryRun === true,
  });
  deps.out(`${decisionInWords(decision, flags.dryRun === true)}\n`);
  return decision !== null;
}

function verdictOf({ same, different, unsure, undo }: ReviewDecisionFlags): LinkVerdict | 'UNDO' {
  const said = [
    ...(same ? (['SAME'] as const) : []),
    ...(different ? (['DIFFERENT'] as const) : []),
    ...(unsure ? (['UNSURE'] as const) : []),
    ...(undo ? (['UNDO'] as const) : []),
  ];
  const [verdict] = said;
  if (verdict === undefined || said.length > 1)
    throw new UsageError('Say one of --same, --different, --unsure and --undo');
  return verdict;
}

function pairOfTask(opened: OpenedIndex, token: string): Pair {
  const text = terminalIds(opened).open('task', token);
  const parts: unknown = text === null ? null : JSON.parse(text);
  const [agency, record, otherAgency, otherRecord] = Array.isArray(parts) ? (parts as string[]) : [];
  if (!agency || !record || !otherAgency || !otherRecord)
    throw new UsageError('--task is no task that this gateway’s terminal has listed');
  const pair = pairOf({ agency, record }, { agency: otherAgency, record: otherRecord });
  if (pair === null) throw new UsageError('--task is of one record alone');
  return pair;
}

function decisionInWords(decision: Decision | null, dryRun: boolean): string {
  if (decision === null) return 'Nothing was decided: a record is gone, or nothing is there to undo.';
  const { verdict, effective, awaits } = decision;
  if (dryRun)
    return `${verdict} would ${effective ? 'take effect at once' : `wait for a second person of ${awaits.join(' or ')}`}. Nothing has been changed.`;
  return effective
    ? `${verdict} stands, and the two are matched anew.`
    : `${verdict} is recorded and waits: a second login, for ${awaits.join(' or ')}, must say the same.`;
}
