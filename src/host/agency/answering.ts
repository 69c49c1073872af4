/** What an agency's own host answers to each kind of question, once its signature stands. */
import type { ExecutionResult, Executor } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type {
  AnyAdapter,
  AnyAgencyDatabase,
  AnyIndexSource,
  IndexRecord,
  RecordId,
  ReferenceFacts,
} from '../../../adapters/contract.ts';
import { readSelection } from '../../compile/plan/field-selection.ts';
import {
  DocumentNotUnderstoodError,
  FieldNotPermittedError,
  KeyNotResolvedError,
} from '../../compile/run/errors.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import { RegisterUnavailableError } from '../../register/errors.ts';
import type { IndexFeature } from '../../sharing/policy/policies.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import type { HostPolicy } from '../../sharing/stricter.ts';
import { UNAVAILABLE_REASONS, type UnavailableReason } from '../../states.ts';
import type { HostAnswer } from '../wire/answers.ts';
import {
  type HostOperation,
  QUESTION_BODIES,
  type QuestionBody,
  type QuestionContext,
} from '../wire/question.ts';
import { HostRefusal, type HostRefusalCode } from '../wire/refusal.ts';
import { parsedJson } from '../wire/signing.ts';
import { questionAuthority } from './authority.ts';
import { answerEntries, fedEntry, lookUpEntry } from './entries.ts';

export interface AnsweringParts {
  adapter: AnyAdapter;
  /** Answers documents, as a gateway would ask the agency without a host. */
  execute: Executor;
  /** What the feed to the person index is read by. */
  feed(limits: { statementMs: number; signal: AbortSignal }): AnyAgencyDatabase;
  /** The agency's SDL with its helper fields. */
  schema: GraphQLSchema;
  catalogue: Catalogue;
  /** The agency's own references, caseloads and staff. Each rejects with an error whose `reason` says why it is unavailable. */
  references: {
    find(reference: string, now: Date, signal: AbortSignal): Promise<ReferenceFacts | null>;
    caseload(
      staff: string,
      records: readonly RecordId[],
      now: Date,
      signal: AbortSignal,
    ): Promise<readonly RecordId[]>;
    knowsStaff(staff: string, signal: AbortSignal): Promise<boolean>;
  };
  /** Resolves when the entries are durably written. Rejects with RegisterUnavailableError. */
  record(entries: readonly RegisterEntry[]): Promise<void>;
  /** Records of people that may be asked about now; throws HostRefusal BUSY. */
  allow(records: number): void;
}

export interface Answering {
  /**
   * The body of the answer. Everything that tells of a person stands in the register by then.
   * @throws HostRefusal
   */
  answer(
    op: Exclude<HostOperation, 'policy'>,
    context: QuestionContext,
    body: string,
    host: HostPolicy,
    signal: AbortSignal,
  ): Promise<unknown>;
}

type Asking<Op extends HostOperation> = {
  context: QuestionContext;
  body: QuestionBody<Op>;
  host: HostPolicy;
  signal: AbortSignal;
};
type Answers = { [Op in Exclude<HostOperation, 'policy'>]: (asking: Asking<Op>) => Promise<HostAnswer<Op>> };

/** Documents are few, and what was worked out of one is remembered by its identity. */
const DOCUMENTS_KEPT = 2_000;

export function createAnswering(parts: AnsweringParts): Answering {
  const { adapter, execute, schema, catalogue, references, record } = parts;
  const agency = adapter.id;
  const documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_KEPT });
  const documentOf = (text: string): DocumentNode => {
    const known = documents.get(text) ?? parse(text, { noLocation: true });
    documents.set(text, known);
    return known;
  };
  const feed = ({ body: { statementMs }, signal }: { body: { statementMs: number }; signal: AbortSignal }) =>
    parts.feed({ statementMs: Math.min(Math.max(statementMs, 1), LONGEST_FEED_MS), signal });

  const changes = (): NonNullable<AnyIndexSource['changes']> => {
    if (!adapter.index.changes) throw new HostRefusal('NOT_UNDERSTOOD');
    return adapter.index.changes;
  };

  const fed = async (
    { context, host }: Pick<Asking<'feed/page'>, 'context' | 'host'>,
    read: (note: (problem: string) => void) => Promise<readonly IndexRecord[]>,
  ): Promise<HostAnswer<'feed/page'>> => {
    const problems: string[] = [];
    const share = host.policy.agencies.get(agency)?.index.share ?? [];
    const records = (await read((problem) => void problems.push(problem))).map((one) => shared(one, share));
    const ids = records.map(({ record: id }) => id);
    if (ids.length > 0) await record([fedEntry(agency, context, host.policy.version, ids, share)]);
    return { records, problems: [...problems].slice(0, MOST_PROBLEMS) } as HostAnswer<'feed/page'>;
  };

  const answers: Answers = {
    async answer({ context, body, host, signal }) {
      parts.allow(context.people.reduce((sum, { keys }) => sum + keys.length, 0));
      const problems = new Set<string>();
      const authority = questionAuthority({ ...host, agency, catalogue }, context, {
        signal,
        note: (problem) => void problems.add(problem),
      });
      const requests = body.requests.map(({ document, variables }) => ({
        ...{ document: documentOf(document), variables, context: { authority } },
      }));
      // All in one tick: the executor answers them by one statement for each table.
      const running = requests.map((request) => execute(request as never) as Promise<ExecutionResult>);
      const results = await Promise.all(running);
      const answered = requests.flatMap((request, at) =>
        readSelection(schema, request as never).map((root) => ({
          root,
          keys: root.args.keys as readonly string[],
          parts: (results[at]?.data?.[root.responseKey] ?? []) as readonly unknown[],
        })),
      );
      await record(answerEntries(agency, context, host.policy.version, answered, authority));
      return {
        results: results.map(({ data, errors = [] }) => ({
          data: (data ?? {}) as Record<string, unknown>,
          unreadable: errors.map(({ path = [] }) => [...path]),
        })),
        problems: [...problems].slice(0, MOST_PROBLEMS),
      };
    },
    async reference({ context, body: { reference }, host, signal }) {
      const facts = await references.find(reference, new Date(context.at), signal);
      await record([lookUpEntry(agency, context, host.policy.version, 'reference', facts !== null)]);
      return facts && { ...facts, staff: [...facts.staff], people: [...facts.people] };
    },
    async caseload({ context, body: { staff, people }, host, signal }) {
      const theirs = await references.caseload(staff, people, new Date(context.at), signal);
      await record([lookUpEntry(agency, context, host.policy.version, 'caseload', theirs.length > 0)]);
      return [...theirs];
    },
    async staff({ context, body: { staff }, host, signal }) {
      const known = await references.knowsStaff(staff, signal);
      await record([lookUpEntry(agency, context, host.policy.version, 'staff', known)]);
      return { known };
    },
    async 'feed/mark'(asking) {
      return { mark: await changes().mark(feed(asking)) };
    },
    async 'feed/since'(asking) {
      const { mark, limit } = asking.body;
      const told = await changes()
        .since(feed(asking), mark, limit)
        .catch((error: unknown) => {
          throw isOfMark(error) ? new HostRefusal('MARK_REJECTED', error) : error;
        });
      return { records: [...told.records], mark: told.mark };
    },
    'feed/page': (asking) => {
      const { after, limit } = asking.body;
      return fed(asking, (note) => adapter.index.page(feed(asking), after as RecordId | null, limit, note));
    },
    'feed/records': (asking) => {
      const told = changes();
      return fed(asking, (note) => told.records(feed(asking), asking.body.ids, note));
    },
  };
  return {
    async answer(op, context, text, host, signal) {
      const body = QUESTION_BODIES[op].safeParse(parsedJson(text));
      if (!body.success) throw new HostRefusal('NOT_UNDERSTOOD', body.error);
      const answer = answers[op] as (asking: object) => Promise<unknown>;
      try {
        return await answer({ context, body: body.data, host, signal });
      } catch (error) {
        throw error instanceof HostRefusal ? error : new HostRefusal(refusalOf(error), error);
      }
    },
  };
}

/** An adapter's own error, which has no code, or a database's for a value that cannot be read (class 22). */
function isOfMark(error: unknown): boolean {
  const { code, reason } = error as { code?: unknown; reason?: unknown };
  return reason === undefined && (code === undefined || (typeof code === 'string' && /^22\w{3}$/.test(code)));
}

/** Notes of one answer that are told on. */
const MOST_PROBLEMS = 500;
/** Milliseconds that no statement of a feed is given. */
const LONGEST_FEED_MS = 480_000;

/** What the agency's policy lets the person index hold, and always what protects the person and keeps others away. */
function shared(record: IndexRecord, share: readonly IndexFeature[]): IndexRecord {
  const has = (feature: IndexFeature) => share.includes(feature);
  return {
    ...record,
    names: has('names') ? record.names : [],
    dateOfBirth: has('dateOfBirth') ? record.dateOfBirth : null,
    sex: has('sex') ? record.sex : null,
    postcode: has('postcode') ? record.postcode : null,
    place: has('place') ? record.place : null,
    identifiers: has('identifiers') ? record.identifiers : [],
  };
}

function refusalOf(error: unknown): HostRefusalCode {
  if (error instanceof KeyNotResolvedError || error instanceof FieldNotPermittedError) return 'NOT_PERMITTED';
  if (error instanceof DocumentNotUnderstoodError) return 'NOT_UNDERSTOOD';
  if (error instanceof RegisterUnavailableError) return 'NOT_RECORDED';
  if (error instanceof Error && error.name === 'GraphQLError') return 'NOT_UNDERSTOOD';
  const { reason, code } = error as { reason?: unknown; code?: unknown };
  const known = UNAVAILABLE_REASONS.find((one) => one === reason);
  if (known) return OF_DATABASE[known];
  // A feed is told the database's own error.
  return typeof code === 'string' ? 'DATABASE_FAILED' : 'INTERNAL';
}

const OF_DATABASE = {
  TIMED_OUT: 'DATABASE_TIMED_OUT',
  STARTING: 'DATABASE_STARTING',
  FAILED: 'DATABASE_FAILED',
  TOO_LARGE: 'TOO_LARGE',
} as const satisfies Record<UnavailableReason, HostRefusalCode>;
