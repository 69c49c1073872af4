import { setImmediate } from 'node:timers/promises';
import type { ExecutionRequest, ExecutionResult, Executor } from '@graphql-tools/utils';
import DataLoader from 'dataloader';
import type { GraphQLSchema } from 'graphql';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { answerSection } from './answer/answer.ts';
import type { Decoding } from './answer/decode.ts';
import type { Authority, AuthorityContext } from './plan/authority.ts';
import { type FieldSelection, readSelection } from './plan/field-selection.ts';
import { planRequest, type RootPlan } from './plan/request-plan.ts';
import { isOfSite } from './plan/section-plan.ts';
import type { AgencyDatabase } from './run/agency-database.ts';
import { unreadableAt } from './run/errors.ts';
import { readRows } from './sql/read-rows.ts';

export interface ExecutorOptions {
  adapter: AnyAdapter;
  database: Pick<AgencyDatabase, 'query'>;
  /** The agency's SDL with its helper fields. */
  schema: GraphQLSchema;
}

/**
 * Answers an agency's delegated documents from its tables: one statement for each table touched, however many people,
 * roots and aliases. Each root is a list as long as its keys and in their order; null stands for somebody of whom nothing
 * was looked at: who is of another site than the caller's, or only stood in for.
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
): Promise<ExecutionResult[]> {
  const selections = requests.map((request) => readSelection(schema, request));
  const plan = planRequest(adapter, selections.flat(), authority);
  const signals = requests.flatMap(({ signal }) => signal ?? []);
  const signal = signals.length > 0 ? AbortSignal.any([authority.signal, ...signals]) : authority.signal;
  const note = (problem: string) => authority.note(adapter.id, problem);
  await readRows(plan.rowSets, plan.unshielded, database, signal, { now: authority.now, note });
  const unreadable = new Map<FieldSelection, (string | number)[][]>();
  const answered = new Map<FieldSelection, unknown[]>();
  for (const root of plan.roots) {
    const paths: (string | number)[][] = [];
    answered.set(root.root, await answerRoot(adapter.id, root, authority, paths));
    unreadable.set(root.root, paths);
  }
  const query = schema.getQueryType()?.name ?? 'Query';
  return selections.map((roots) => {
    const errors = roots.flatMap((root) => unreadable.get(root) ?? []);
    return {
      data: Object.fromEntries(roots.map((root) => [root.responseKey, answered.get(root) ?? query])),
      ...(errors.length > 0 && { errors: errors.map(unreadableAt) }),
    };
  });
}

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
