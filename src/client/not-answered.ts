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

/** By the first word of the gateway's code; else by the status alone, whoever answered: the gateway, or a proxy before it. */
const KINDS: Readonly<Record<string, NotAnsweredKind>> = {
  UNAUTHENTICATED: 'SIGN_IN',
  PURPOSE: 'PURPOSE',
  REFERENCE: 'REFERENCE',
  ISSUER: 'UNAVAILABLE',
  REGISTER: 'UNAVAILABLE',
  SOURCE: 'UNAVAILABLE',
  QUERY: 'LIMIT',
  BAD: 'INPUT',
  GRAPHQL: 'DOCUMENT',
  PERSISTED: 'NOT_TRUSTED',
  INTERNAL: 'FAULT',
  401: 'SIGN_IN',
  413: 'LIMIT',
  429: 'WAIT',
  431: 'LIMIT',
};

type Details = Partial<
  Pick<NotAnswered, 'code' | 'status' | 'waitSeconds' | 'contacts' | 'requestId'> & { cause: unknown }
>;

/** Nothing was answered. Never to be shown as an empty answer. `message` says why, in the gateway's words where it spoke. */
export class NotAnswered extends Error {
  /** The gateway's own word, as README lists them; null where it gave none. */
  declare readonly code: string | null;
  /** Of HTTP; null where no answer came. */
  declare readonly status: number | null;
  /** Seconds after which it is worth asking again; null where the gateway named none. */
  declare readonly waitSeconds: number | null;
  /** Whom to call instead, where the gateway says. */
  declare readonly contacts: readonly (Contact & { agency?: string })[];
  /** To quote to whoever runs the gateway. */
  declare readonly requestId: string | null;
  readonly kind: NotAnsweredKind;

  constructor(kind: NotAnsweredKind, message: string, details: Details = {}) {
    super(message);
    const none = { code: null, status: null, waitSeconds: null, contacts: [], requestId: null };
    Object.assign(this, none, details, { name: 'NotAnswered' });
    this.kind = kind;
  }
}

/** One entry of an answer's `errors`. */
export interface GivenError {
  message?: unknown;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/** What a refusal says. `why` of one that is not the gateway's own: a page of a proxy, a wrong address. */
export function refusal(
  { status, headers }: Response,
  errors: readonly GivenError[],
  why?: string,
  cause?: unknown,
): NotAnswered {
  const first = errors.find(({ extensions }) => extensions?.code) ?? errors[0];
  const { code = null, contacts, contact, id } = first?.extensions ?? {};
  const waits = errors.flatMap(({ extensions }) => Number(extensions?.retryAfterSeconds) || []);
  const waitSeconds = waits.length > 0 ? Math.max(...waits) : waitOf(headers.get('retry-after'));
  const kind =
    KINDS[String(code).split('_')[0] as string] ??
    KINDS[status > 501 ? 'SOURCE' : status] ??
    (why ? 'NOT_GRAPHQL' : 'OTHER');
  return new NotAnswered(
    kind === 'LIMIT' && waitSeconds !== null ? 'WAIT' : kind,
    why ? `${why} (${status})` : String(first?.message),
    {
      ...{ code: code as string | null, status, waitSeconds, cause },
      contacts: (contacts ?? (contact ? [contact] : [])) as NotAnswered['contacts'],
      requestId: (id as string | undefined) ?? headers.get('x-request-id'),
    },
  );
}

/** `Retry-After` in seconds, whether it says them or a time (RFC 9110 §10.2.3). */
function waitOf(text: string | null): number | null {
  if (!text) return null;
  const seconds = Number.isNaN(Number(text)) ? (Date.parse(text) - Date.now()) / 1000 : Number(text);
  return seconds >= 0 ? Math.ceil(seconds) : null;
}
