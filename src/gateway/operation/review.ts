import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../errors.ts';
import type { LinkVerdict } from '../../person-index/match/human-decisions.ts';
import type {
  EarlierDecision,
  ReviewRecord,
  ReviewState,
  ReviewTask,
} from '../../person-index/review/types.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { notAvailable } from './finding.ts';
import { decisionEntries } from './register-entries.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
interface TaskArguments {
  first: number;
  after?: string | null;
  state: ReviewState;
  person?: string | null;
}

const MOST_TASKS = 50;
/** Characters of a reason: enough for a note, too little for a file. */
const LONGEST_WHY = 2_000;

function checkFirst(field: string, first: number): void {
  if (first < 1 || first > MOST_TASKS)
    throw requestError('QUERY_REFUSED', `${field} takes first from 1 to ${MOST_TASKS}; ${first} was given`);
}

export const reviewTasks: Resolver<TaskArguments> = async (
  _root,
  { first, after = null, state, person = null },
  context,
  info,
) => {
  checkFirst('reviewTasks', first);
  const { tasks, next, seen } = await context.review.tasks({ first, after, state, person });
  context.ledger.addReview(info.path, tasks, seen);
  return { next, tasks: tasks.map((task) => publicTask(task, context)) };
};

export const linksToConfirm: Resolver<{ first: number; after?: string | null }> = async (
  _root,
  { first, after = null },
  context,
  info,
) => {
  checkFirst('linksToConfirm', first);
  const page = { first, after, officer: !context.mayReview };
  const { tasks, next, seen } = await context.review.toConfirm(page);
  context.ledger.addReview(info.path, tasks, seen);
  return { next, tasks: tasks.map((task) => publicTask(task, context)) };
};

type Decided = Resolver<{ task: string; verdict: LinkVerdict; why: string }>;

export const decideLink: Decided = (_root, args, context, info) =>
  decided(args, { verdict: args.verdict, confirms: false }, context, info.path);

export const confirmLink: Decided = (_root, args, context, info) =>
  decided(args, { verdict: args.verdict, confirms: true }, context, info.path);

export const undoLinkDecision: Resolver<{ task: string; why: string }> = (_root, args, context, info) =>
  decided(args, { verdict: 'UNDO', confirms: false }, context, info.path);

/** Told alike whether it takes effect now or waits for a second person: that it waits could tell of a protection. */
const WHAT_FOLLOWS =
  'Recorded. What links more takes effect once a second person, of an agency that owns one of the records, confirms it; anything else at once, unless such an agency must confirm that too.';

async function decided(
  args: { task: string; why: string },
  wanted: { verdict: LinkVerdict | 'UNDO'; confirms: boolean },
  context: GatewayContext,
  path: Parameters<GatewayContext['ledger']['addReview']>[0],
) {
  const why = args.why.trim();
  if (why === '' || why.length > LONGEST_WHY)
    throw requestError('BAD_USER_INPUT', `why must say why, in at most ${LONGEST_WHY} characters`);
  const { policyVersion } = await context.decisionsAt('NONE');
  const decision = await context.review.decide(
    args.task,
    { ...wanted, why, officer: !context.mayReview },
    (made, relationship) => context.record(decisionEntries(made, relationship, policyVersion, context)),
  );
  if (decision === null) {
    context.ledger.refusals += 1;
    return notAvailable(context);
  }
  context.ledger.addReview(path, [], []);
  return { verdict: decision.verdict, at: context.now.toISOString(), message: WHAT_FOLLOWS };
}

function publicTask(task: ReviewTask, context: GatewayContext) {
  return {
    ...task,
    sides: task.sides.map(({ relationship, records }) => ({
      relationship,
      records: records.map((record) => publicRecord(record, context)),
    })),
    decisions: task.decisions.map((one) => publicDecision(one, context)),
  };
}

function publicRecord({ agency, record, names, dateOfBirth, sex }: ReviewRecord, context: GatewayContext) {
  return {
    // The index may still hold records of an agency that is not enabled any more.
    agency: agency && context.agencies.has(agency) ? publicAgency(agency, context) : null,
    record,
    names: names.map(({ given, family }) => ({ givenName: given, familyName: family })),
    dateOfBirth,
    sex,
  };
}

function publicDecision(one: EarlierDecision, context: GatewayContext) {
  const { organisation } = one;
  const known = organisation !== null && context.agencies.has(organisation);
  return {
    ...one,
    at: one.at.toISOString(),
    organisation: known ? publicAgency(organisation, context) : null,
  };
}
