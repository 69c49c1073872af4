/** An agency that is asked through its own host: all that a gateway asks of an agency, by signed questions. */
import type { Executor } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type {
  AgencyId,
  AnyAdapter,
  AnyAgencyDatabase,
  AnyIndexSource,
  IndexRecord,
  RecordId,
  ReferenceFacts,
} from '../../../adapters/contract.ts';
import type { AgencyState } from '../../compile/run/breaker.ts';
import type { HostPolicy } from '../../sharing/stricter.ts';
import type { HostAnswer } from '../wire/answers.ts';
import type { HostOperation, QuestionBody, QuestionContext } from '../wire/question.ts';
import { HostRefusal } from '../wire/refusal.ts';
import { createHostExecutor } from './executor.ts';
import { contextWithoutCaller, type HostClient, HostUnavailableError } from './host-client.ts';

interface FeedLimits {
  statementMs: number;
  signal: AbortSignal;
}

export interface HostedAgency {
  executor(schema: GraphQLSchema): Executor;
  find(reference: string, now: Date, signal: AbortSignal): Promise<ReferenceFacts | null>;
  caseload(
    staff: string,
    people: readonly RecordId[],
    now: Date,
    signal: AbortSignal,
  ): Promise<readonly RecordId[]>;
  knowsStaff(staff: string, signal: AbortSignal): Promise<boolean>;
  /** Its feed to the person index: `within` gives what stands for a database, each question within its time and until its signal. */
  feed: { source: AnyIndexSource; within(limits: FeedLimits): AnyAgencyDatabase };
  /** What the host decides by; null before it has said. */
  policy(): HostPolicy | null;
  state(): AgencyState;
  why(): string | null;
  close(): void;
}

/** Milliseconds that a question has beyond those of the statement behind it. */
const ON_TOP_MS = 2_000;

export function hostedAgency(
  adapter: AnyAdapter,
  client: HostClient,
  policyVersion: () => string,
  clock: () => Date,
): HostedAgency {
  const asked = (now = clock()): QuestionContext => contextWithoutCaller(policyVersion(), now);
  return {
    executor: (schema) => createHostExecutor({ agency: adapter.id, client, schema }),
    async find(reference, now, signal) {
      const facts = await client.ask('reference', asked(now), { reference }, signal);
      return facts as (ReferenceFacts & { staff: { organisation: AgencyId; staff: string }[] }) | null;
    },
    caseload: async (staff, people, now, signal) => {
      const theirs = await client.ask('caseload', asked(now), { staff, people: [...people] }, signal);
      return theirs.filter((one) => people.includes(one));
    },
    knowsStaff: async (staff, signal) => (await client.ask('staff', asked(), { staff }, signal)).known,
    feed: {
      source: feedOf(adapter, client, asked),
      within: (limits) => limits as unknown as AnyAgencyDatabase,
    },
    policy: () => client.policy(),
    state: () => client.state(),
    why: () => client.why(),
    close: () => client.close(),
  };
}

/** What its maker is given in place of a database are the limits of one pass. */
function feedOf({ index }: AnyAdapter, client: HostClient, asked: () => QuestionContext): AnyIndexSource {
  const ask = <Op extends FeedOperation>(
    db: unknown,
    op: Op,
    body: Omit<QuestionBody<Op>, 'statementMs'>,
  ): Promise<HostAnswer<Op>> => {
    const { statementMs, signal } = db as FeedLimits;
    const whole = { ...body, statementMs } as QuestionBody<Op>;
    return client.ask(op, asked(), whole, signal, { timeoutMs: 2 * statementMs + ON_TOP_MS });
  };
  const records = (fed: { records: unknown[]; problems: string[] }, note: (problem: string) => void) => {
    for (const problem of fed.problems) note(problem);
    return fed.records as IndexRecord[];
  };
  return {
    reads: [],
    page: async (db, after, limit, note) => records(await ask(db, 'feed/page', { after, limit }), note),
    ...(index.changes && {
      changes: {
        by: index.changes.by,
        mark: async (db) => (await ask(db, 'feed/mark', {})).mark,
        since: (db, mark, limit) =>
          ask(db, 'feed/since', { mark, limit }).catch((error: unknown) => {
            throw isOfMark(error) ? new Error('The agency does not go on from its mark') : error;
          }),
        records: async (db, ids, note) => records(await ask(db, 'feed/records', { ids: [...ids] }), note),
      },
    }),
  };
}
type FeedOperation = Extract<HostOperation, `feed/${string}`>;

/** Whoever feeds the index reads everything again then. */
const isOfMark = (error: unknown): boolean =>
  error instanceof HostUnavailableError &&
  error.cause instanceof HostRefusal &&
  error.cause.code === 'MARK_REJECTED';
