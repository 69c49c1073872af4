/**
 * An agency that is asked through an API in place of a database. It gives rows by the names of the adapter's own columns,
 * so that every word of the adapter holds of them as of rows from SQL: what a column means, which rows a policy names,
 * which count first, how old they are. Whom and what to ask, and what of the answer is shown, is the gateway's to decide:
 * an executor is asked for released columns of resolved records, and whatever else it gives is dropped.
 */
import type { AnyTables } from './adapter.ts';
import type { RecordId } from './ids.ts';
import type { IndexChanges } from './index-feed.ts';

/** Rows of one table, joined tables' columns included. */
export interface RowsQuestion {
  /** As the adapter's words name it. */
  readonly table: string;
  /** `TABLE.COLUMN`: those that are released, and those by which rows are told apart, chosen and put in order. */
  readonly columns: readonly string[];
  /** One of the columns: rows are wanted whose value there is one of the keys, to the letter. */
  readonly by: string;
  readonly keys: readonly string[];
}

/** What is asked of an agency at once: of each table once for each `by` and set of columns. */
export interface Question {
  readonly tables: readonly RowsQuestion[];
}

/** One row, by the names of its columns; what it does not name is as if it were empty. */
export type Cells = Readonly<Record<string, unknown>>;

/**
 * What came back of one of the question's tables: all rows that there are, or that they could not be had. Rows of which
 * some could not be had are not all rows: they are `failed`, since what is missing must not be taken for "none".
 */
export type Part = { readonly of: RowsQuestion } & (
  | { readonly rows: readonly Cells[] }
  | { readonly failed: unknown }
);

/** What an executor may do for one question, and until when. */
export interface ExecutorAuthority {
  readonly now: Date;
  /** Aborts when whoever asks has gone, or the time is up. `fetch` heeds it. */
  readonly signal: AbortSignal;
  /**
   * HTTP to the agency's own address and nowhere else: redirects, other hosts and answers that are too large are refused,
   * requests wait for their turn, and one that is told to come again later (429, 503 with Retry-After) does, in its time.
   * `path` is taken from the agency's address. Gives the answer whatever its status; rejects with ApiFailure.
   */
  fetch(path: string, init?: ApiRequest): Promise<ApiAnswer>;
  /** What is wrong with the data, without the data. */
  note(problem: string): void;
  /** What is wrong with the answer itself: the operator's log has it as an error. */
  fault(problem: string): void;
}

export interface ApiRequest {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer that has been taken in whole. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export type AgencyExecutor = (question: Question, authority: ExecutorAuthority) => Promise<readonly Part[]>;

/** Which of its columns an agency can say through its API, by table. */
export type ApiColumns<DB> = { readonly [T in keyof DB & string]?: readonly (keyof DB[T] & string)[] };

/** How an agency is asked through its API; everything else of it is as its adapter says. */
export interface AgencyApi<DB> {
  /** What is not among these is not supplied: a field made of another column is left out of what the agency offers. */
  columns: ApiColumns<DB>;
  executor: AgencyExecutor;
  /** The number of every record there is, in any order; rejects where not all of them could be had. */
  records(authority: ExecutorAuthority): Promise<readonly RecordId[]>;
  /**
   * How it tells what has changed. `mark`: where the changes stand now. `since`: records that may have changed after it,
   * and the mark to go on from, the same where there is nothing more; an Error without a code has everything read again.
   */
  changes?: Pick<IndexChanges<DB>, 'by'> & {
    mark(authority: ExecutorAuthority): Promise<string>;
    since(
      mark: string,
      authority: ExecutorAuthority,
    ): Promise<{ records: readonly RecordId[]; mark: string }>;
  };
  /** The column by which it can be asked whether it knows a member of staff, in place of `reference.staffNumbers`. */
  staff: `${keyof DB & string}.${string}`;
  /** Asks for something cheap that says nothing of anybody; rejects where the agency does not answer. */
  probe(authority: ExecutorAuthority): Promise<void>;
}

export type AnyAgencyApi = AgencyApi<AnyTables>;

/** Why an API could not answer, in a word; `status` of HTTP where it has answered. Says nothing of whom it was asked about. */
export class ApiFailure extends Error {
  readonly code: ApiFailureCode;
  readonly status: number | null;
  constructor(
    code: ApiFailureCode,
    { status = null, cause }: { status?: number | null; cause?: unknown } = {},
  ) {
    super(`The agency's API did not answer as it should: ${code}`, { cause });
    this.name = 'ApiFailure';
    this.code = code;
    this.status = status;
  }
}
/** By its name: an adapter from another repository has a contract of its own. */
export const isApiFailure = (error: unknown): error is ApiFailure =>
  error instanceof Error && error.name === 'ApiFailure';
export type ApiFailureCode =
  | 'API_BUSY'
  | 'API_ELSEWHERE'
  | 'API_FAILED'
  | 'API_LOGIN_REFUSED'
  | 'API_NOT_ALLOWED'
  | 'API_NOT_UNDERSTOOD'
  | 'API_PARTLY_READ'
  | 'API_REDIRECTS'
  | 'API_REFUSED'
  | 'API_UNREACHABLE'
  | 'ANSWER_TOO_LARGE';

/**
 * The answer's JSON. Rejects with ApiFailure where the agency refuses, fails, or says something else than JSON: never
 * with "none".
 */
export function jsonOf({ status, text }: ApiAnswer): unknown {
  if (status === 401) throw new ApiFailure('API_LOGIN_REFUSED', { status });
  if (status === 403) throw new ApiFailure('API_NOT_ALLOWED', { status });
  if (status === 429 || status === 503) throw new ApiFailure('API_BUSY', { status });
  if (status >= 500) throw new ApiFailure('API_FAILED', { status });
  if (status < 200 || status > 299) throw new ApiFailure('API_REFUSED', { status });
  try {
    return JSON.parse(text);
  } catch {
    // The error would quote the answer.
    throw new ApiFailure('API_NOT_UNDERSTOOD', { status });
  }
}

/** An executor that answers table by table, side by side: one that fails leaves the others as they are. */
export const tableByTable =
  (
    rowsOf: (asked: RowsQuestion, authority: ExecutorAuthority) => Promise<readonly Cells[]>,
  ): AgencyExecutor =>
  (question, authority) =>
    Promise.all(
      question.tables.map(async (of): Promise<Part> => {
        try {
          return { of, rows: await rowsOf(of, authority) };
        } catch (failed) {
          return { of, failed };
        }
      }),
    );
