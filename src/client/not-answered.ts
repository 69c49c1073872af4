import type { Contact } from './hole.ts';

/**
 * Why a question was not answered at all. Each asks for something else of the reader:
 * SIGN_IN: sign in again. PURPOSE, REFERENCE: choose another, or name one. WAIT: too much was asked in a while; ask again
 * after `waitSeconds`. UNAVAILABLE: the gateway, or what it needs to answer, is away; call, or ask again. LIMIT: ask for less.
 * INPUT: a variable or a header is wrong. DOCUMENT: the question is no valid one. NOT_TRUSTED: the gateway answers
 * registered documents alone, and this is none. FAULT: the gateway's own fault; quote `requestId`. NO_CONNECTION: nothing
 * came back. ABORTED: the page took the question back, or its own time limit did. NOT_GRAPHQL: what answered is no gateway;
 * most often the address is wrong. OTHER: a refusal that this client does not know.
 */
export type NotAnsweredKind =
  | 'SIGN_IN'
  | 'PURPOSE'
  | 'REFERENCE'
  | 'WAIT'
  | 'UNAVAILABLE'
  | 'LIMIT'
  | 'INPUT'
  | 'DOCUMENT'
  | 'NOT_TRUSTED'
  | 'FAULT'
  | 'NO_CONNECTION'
  | 'ABORTED'
  | 'NOT_GRAPHQL'
  | 'OTHER';

const KINDS: Readonly<Record<string, NotAnsweredKind>> = {
  UNAUTHENTICATED: 'SIGN_IN',
  PURPOSE_REQUIRED: 'PURPOSE',
  PURPOSE_NOT_PERMITTED: 'PURPOSE',
  REFERENCE_REQUIRED: 'REFERENCE',
  ISSUER_UNAVAILABLE: 'UNAVAILABLE',
  REGISTER_UNAVAILABLE: 'UNAVAILABLE',
  SOURCE_UNAVAILABLE: 'UNAVAILABLE',
  QUERY_REFUSED: 'LIMIT',
  BAD_USER_INPUT: 'INPUT',
  GRAPHQL_PARSE_FAILED: 'DOCUMENT',
  GRAPHQL_VALIDATION_FAILED: 'DOCUMENT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'NOT_TRUSTED',
  PERSISTED_QUERY_NOT_FOUND: 'NOT_TRUSTED',
  INTERNAL: 'FAULT',
};

interface Details {
  /** The gateway's own word, as README lists them; null where it gave none. */
  code?: string | null;
  status?: number | null;
  waitSeconds?: number | null;
  contacts?: NotAnswered['contacts'];
  requestId?: string | null;
  cause?: unknown;
}

/** Nothing was answered. Never to be shown as an empty answer. `message` says why, in the gateway's words where it spoke. */
export class NotAnswered extends Error {
  override name = 'NotAnswered';
  readonly kind: NotAnsweredKind;
  readonly code: string | null;
  /** Of HTTP; null where no answer came. */
  readonly status: number | null;
  /** Seconds after which it is worth asking again; null where the gateway named none. */
  readonly waitSeconds: number | null;
  /** Whom to call instead, where the gateway says. */
  readonly contacts: readonly (Contact & { agency?: string })[];
  /** To quote to whoever runs the gateway. */
  readonly requestId: string | null;

  constructor(kind: NotAnsweredKind, message: string, details: Details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.kind = kind;
    this.code = details.code ?? null;
    this.status = details.status ?? null;
    this.waitSeconds = details.waitSeconds ?? null;
    this.contacts = details.contacts ?? [];
    this.requestId = details.requestId ?? null;
  }
}

/** One entry of an answer's `errors`. */
export interface GivenError {
  message?: unknown;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
}

/** What a refusal says, by the code and status that came with it. */
export function refusal(errors: readonly GivenError[], status: number, headers: Headers): NotAnswered {
  const first = errors.find(({ extensions }) => typeof extensions?.code === 'string') ?? errors[0];
  const { code = null, contacts, contact, id } = first?.extensions ?? {};
  const waits = errors
    .map(({ extensions }) => extensions?.retryAfterSeconds)
    .filter((each) => typeof each === 'number');
  const waitSeconds = waits.length > 0 ? Math.max(...waits) : waitOf(headers);
  const kind = KINDS[String(code)] ?? byStatus(status) ?? 'OTHER';
  return new NotAnswered(
    kind === 'LIMIT' && waitSeconds !== null ? 'WAIT' : kind,
    typeof first?.message === 'string' ? first.message : `The gateway answered ${status}`,
    {
      code: typeof code === 'string' ? code : null,
      ...{ status, waitSeconds },
      contacts: (Array.isArray(contacts) ? contacts : contact ? [contact] : []) as NotAnswered['contacts'],
      requestId: typeof id === 'string' ? id : headers.get('x-request-id'),
    },
  );
}

/** An answer that is not the gateway's own: a page of a proxy, a wrong address. */
export function notGraphql(status: number, headers: Headers, why: string, cause?: unknown): NotAnswered {
  const type = headers.get('content-type')?.split(';')[0] ?? 'nothing';
  return new NotAnswered(byStatus(status) ?? 'NOT_GRAPHQL', `${why} (status ${status}, ${type})`, {
    ...{ status, waitSeconds: waitOf(headers), requestId: headers.get('x-request-id') },
    ...(cause !== undefined && { cause }),
  });
}

/** What a status alone says, whoever answered: the gateway or a proxy before it. */
function byStatus(status: number): NotAnsweredKind | null {
  if (status === 401) return 'SIGN_IN';
  if (status === 429) return 'WAIT';
  if (status === 413 || status === 431) return 'LIMIT';
  return status === 502 || status === 503 || status === 504 ? 'UNAVAILABLE' : null;
}

/** `Retry-After` in seconds, whether it says them or a time (RFC 9110 §10.2.3). */
function waitOf(headers: Headers): number | null {
  const text = headers.get('retry-after')?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
