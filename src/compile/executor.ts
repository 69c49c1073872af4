import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { ExecutionRequest, ExecutionResult, Executor } from '@graphql-tools/utils';
import DataLoader from 'dataloader';
import type { GraphQLSchema } from 'graphql';
import type { AnyAdapter, DecodeContext } from '../../adapters/contract.ts';
import type { Decisions } from '../sharing/policy/types.ts';
import { answerSection } from './answer/answer.ts';
import type { Decoding } from './answer/decode.ts';
import type { AgencyApiAccess } from './api/agency-api.ts';
import { readParts } from './api/read-parts.ts';
import type { Authority, AuthorityContext, RecordAuthority } from './plan/authority.ts';
import { type FieldSelection, readSelection } from './plan/field-selection.ts';
import { authorise } from './plan/lock.ts';
import { isOfSite, planSection, type SectionPlan } from './plan/section-plan.ts';
import type { AgencyDatabase } from './run/agency-database.ts';
import { unreadableAt } from './run/errors.ts';
import { tableKey } from './sql/any-table.ts';
import { giveRows } from './sql/row-result.ts';
import { type RowSet, shapeOf } from './sql/row-set.ts';
import { makeStatement } from './sql/statement.ts';

export interface ExecutorOptions {
  adapter: AnyAdapter;
  /** Where its rows are: a database, or what asks its API. */
  database: Pick<AgencyDatabase, 'query' | 'dialect'> | Pick<AgencyApiAccess, 'asking'>;
  /** The agency's SDL with its helper fields. */
  schema: GraphQLSchema;
}

/**
 * Answers an agency's delegated documents from its tables: one statement for each table touched, however many people,
 * roots and aliases. Each root is a list as long as its keys and in their order; null stands for somebody of whom nothing
 * was looked at: who is of another site than the caller's, or only stood in for.
 * Of an API that could say some tables and not others, what is made of those others alone rejects.
 * Rejects with KeyNotResolvedError, FieldNotPermittedError or DocumentNotUnderstoodError before any SQL, and with
 * AgencyUnavailableError where the agency does not answer. A value that could not be read is null with an error at its path.
 */
export function createExecutor(options: ExecutorOptions): Executor {
  const loaders = new WeakMap<Authority, DataLoader<ExecutionRequest, ExecutionResult>>();
  const execute = (request: ExecutionRequest): Promise<ExecutionResult> => {
    const { authority } = request.context as AuthorityContext;
    const loader =
      loaders.get(authority) ??
      new DataLoader((requests: readonly ExecutionRequest[]) => answerAll(options, requests, authority), {
        cache: false,
      });
    loaders.set(authority, loader);
    return loader.load(request);
  };
  return execute as Executor;
}

/** Answers what one request asks in one tick: planned as a whole, and nothing is read where any of it is refused. */
async function answerAll(
  { adapter, database, schema }: ExecutorOptions,
  requests: readonly ExecutionRequest[],
  authority: Authority,
): Promise<(ExecutionResult | Error)[]> {
  const selections = requests.map((request) => readSelection(schema, request));
  const plan = planRequest(adapter, selections.flat(), authority);
  const signals = requests.flatMap(({ signal }) => signal ?? []);
  const signal = signals.length > 0 ? AbortSignal.any([authority.signal, ...signals]) : authority.signal;
  const note = (problem: string) => authority.note(adapter.id, problem);
  const context = { now: authority.now, note };
  if ('asking' in database)
    await readParts(
      plan.rowSets,
      plan.unshielded,
      database.asking({ ...context, signal, requestId: authority.requestId }),
      context,
    );
  else await readRows(plan.rowSets, plan.unshielded, database, signal, context);
  const unreadable = new Map<FieldSelection, (string | number)[][]>();
  const answered = new Map<FieldSelection, unknown[]>();
  const failed = new Map<FieldSelection, Error>();
  for (const root of plan.roots) {
    const failure = failureIn(root);
    if (failure) failed.set(root.root, failure);
    const paths: (string | number)[][] = [];
    answered.set(root.root, await answerRoot(adapter.id, root, authority, paths));
    unreadable.set(root.root, paths);
  }
  const query = schema.getQueryType()?.name ?? 'Query';
  return selections.map((roots) => {
    const failure = roots.map((root) => failed.get(root)).find((one) => one !== undefined);
    if (failure) return failure;
    const errors = roots.flatMap((root) => unreadable.get(root) ?? []);
    return {
      data: Object.fromEntries(roots.map((root) => [root.responseKey, answered.get(root) ?? query])),
      ...(errors.length > 0 && { errors: errors.map(unreadableAt) }),
    };
  });
}

/** One asked root with what may be read of each of its people. */
interface RootPlan {
  root: FieldSelection;
  keys: readonly string[];
  granted: ReadonlyMap<string, RecordAuthority>;
  /** People of one decision share a plan. */
  plans: ReadonlyMap<Decisions, SectionPlan>;
}

interface RequestPlan {
  roots: readonly RootPlan[];
  rowSets: readonly RowSet[];
  /** Keys of the people whose places may be read. */
  unshielded: readonly string[];
}

/**
 * What one delegated operation reads. Throws KeyNotResolvedError or FieldNotPermittedError for the first key or field
 * that the request may not have: every root is checked before anything is read.
 */
function planRequest(
  adapter: AnyAdapter,
  asked: readonly FieldSelection[],
  authority: Authority,
): RequestPlan {
  const roots = asked
    .filter((root) => root.name !== '__typename')
    .map((root) => planRoot(adapter, root, authority));
  const unshielded = new Set<string>();
  for (const { granted } of roots)
    for (const [key, { placeShield, standIn }] of granted) if (!placeShield && !standIn) unshielded.add(key);
  return { roots, rowSets: shareRowSets(roots), unshielded: [...unshielded] };
}

function planRoot(adapter: AnyAdapter, root: FieldSelection, authority: Authority): RootPlan {
  const keys = root.args.keys as readonly string[];
  const granted = authorise(adapter.id, root, keys, authority);
  const plans = new Map<Decisions, SectionPlan>();
  const { now } = authority;
  const hidden = authority.hidden(adapter.id);
  for (const [key, { decisions, standIn }] of granted) {
    const plan = plans.get(decisions) ?? planSection({ adapter, root, decisions, now, hidden });
    plans.set(decisions, plan);
    if (!standIn) for (const rows of plan.rowSets) rows.keys.add(key);
  }
  return { root, keys, granted, plans };
}

/** Row sets that differ in their keys alone become one: aliased roots and people with like decisions cost nothing more. */
function shareRowSets(roots: readonly RootPlan[]): RowSet[] {
  const shared = new Map<string, RowSet>();
  for (const { plans } of roots) {
    for (const rows of [...plans.values()].flatMap((plan) => plan.rowSets)) {
      const signature = rows.signature();
      const first = shared.get(signature);
      if (!first) {
        shared.set(signature, rows);
        continue;
      }
      rows.result = first.result;
      for (const key of rows.keys) first.keys.add(key);
    }
  }
  return [...shared.values()];
}

/**
 * Reads all row sets by one statement for each table, side by side, and gives each its rows: those that SQL chose and
 * that its decoded conditions keep, newest first, cut to its limit. Where one statement fails the others are stopped.
 * Throws AgencyUnavailableError and KeysNotDistinctError.
 */
async function readRows(
  rowSets: readonly RowSet[],
  unshielded: readonly string[],
  database: Pick<AgencyDatabase, 'query' | 'dialect'>,
  signal: AbortSignal,
  context: DecodeContext,
): Promise<void> {
  const byTable = new Map<string, RowSet[]>();
  for (const rows of rowSets)
    byTable.set(tableKey(rows.source), [...(byTable.get(tableKey(rows.source)) ?? []), rows]);
  const statements = [...byTable.values()].map((sharing) =>
    makeStatement(shapeOf(sharing, database.dialect), unshielded, database.dialect),
  );
  const stop = new AbortController();
  const stopToo = () => stop.abort(signal.reason);
  setMaxListeners(0, signal);
  if (signal.aborted) stopToo();
  else signal.addEventListener('abort', stopToo, { once: true });
  try {
    await Promise.all(
      statements.map(async (one) =>
        giveRows(one.shape, await database.query(one.compiled, { signal: stop.signal }), context),
      ),
    );
  } catch (error) {
    stop.abort();
    throw error;
  } finally {
    signal.removeEventListener('abort', stopToo);
  }
}

/** Why rows of it could not be had; a section of which some are missing is not answered by the others. */
const failureIn = ({ plans }: RootPlan): Error | null =>
  [...plans.values()]
    .flatMap(({ rowSets }) => rowSets.map(({ result }) => result.failure))
    .find((failure) => failure !== null) ?? null;

/** Longer than this, in milliseconds, no decoding keeps everybody else waiting. */
const TURN_MS = 10;

async function answerRoot(
  agency: string,
  { root, keys, granted, plans }: RootPlan,
  authority: Authority,
  unreadable: (string | number)[][],
): Promise<unknown[]> {
  const note = (path: string, problem: string) => authority.note(agency, `${root.name}.${path}: ${problem}`);
  const answerOf = (key: string, at: number): unknown => {
    const record = granted.get(key);
    const plan = record && plans.get(record.decisions);
    if (!plan || record.standIn || !isOfSite(plan, key)) return null;
    const decoding: Decoding = { now: authority.now, shielded: record.placeShield, note };
    return answerSection(root, key, plan, decoding, (path) => {
      unreadable.push([root.responseKey, at, ...path]);
    });
  };
  const answers: unknown[] = [];
  let since = performance.now();
  for (const [at, key] of keys.entries()) {
    answers.push(answerOf(key, at));
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return answers;
}
