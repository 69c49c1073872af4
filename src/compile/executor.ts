import type { ExecutionRequest, ExecutionResult, Executor } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { AnyAdapter } from '../../adapters/contract.ts';
import type { AgencyDatabase } from './agency-database.ts';
import { answerSection } from './answer.ts';
import { readAsked } from './asked.ts';
import type { Authority, AuthorityContext } from './authority.ts';
import type { Decoding } from './decode.ts';
import { readRows } from './read-rows.ts';
import { planRequest, type RootPlan } from './request-plan.ts';

export interface ExecutorOptions {
  adapter: AnyAdapter;
  database: Pick<AgencyDatabase, 'query'>;
  /** The agency's SDL with its helper fields. */
  schema: GraphQLSchema;
}

/**
 * Answers an agency's delegated documents from its tables: one statement for each table touched, however many people,
 * roots and aliases. Each root is a list as long as its keys and in their order.
 * Rejects with KeyNotResolvedError, FieldNotPermittedError or DocumentNotUnderstoodError before any SQL, and with
 * AgencyUnavailableError where the agency does not answer.
 */
export function createExecutor({ adapter, database, schema }: ExecutorOptions): Executor {
  const execute = async (request: ExecutionRequest): Promise<ExecutionResult> => {
    const { authority } = request.context as AuthorityContext;
    const asked = readAsked(schema, request);
    const plan = planRequest(adapter, asked, authority);
    const signal = request.signal ? AbortSignal.any([authority.signal, request.signal]) : authority.signal;
    await readRows(plan.rowSets, plan.unshielded, database, signal);
    const answered = new Map(
      plan.roots.map((root) => [root.root.responseKey, answerRoot(adapter.id, root, authority)]),
    );
    const query = schema.getQueryType()?.name ?? 'Query';
    return {
      data: Object.fromEntries(
        asked.map(({ responseKey }) => [responseKey, answered.get(responseKey) ?? query]),
      ),
    };
  };
  return execute as Executor;
}

function answerRoot(
  agency: string,
  { root, keys, granted, plans }: RootPlan,
  authority: Authority,
): unknown[] {
  const note = (path: string, problem: string) => authority.note(agency, `${root.name}.${path}: ${problem}`);
  return keys.map((key) => {
    const record = granted.get(key);
    const plan = record && plans.get(record.decisions);
    if (!plan) return null;
    const decoding: Decoding = { now: authority.now, shielded: record.placeShield, note };
    return answerSection(root, key, plan, decoding);
  });
}
