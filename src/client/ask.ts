import { type Document, type SentDocument, sentDocument } from './document.ts';
import { type Hole, holesAt, holesWithin, type Path } from './hole.ts';
import { type GivenError, NotAnswered, notGraphql, refusal } from './not-answered.ts';
import type { Guarded } from './section.ts';

/** A value, or what gives it at the moment of each question. */
export type Read<T> = T | (() => T | Promise<T>);

export interface ClientOptions {
  /** Of the gateway's `/graphql`. In a browser it may be relative to the page. */
  url: string | URL;
  /**
   * The token of whoever asks. A function is called for each question; once more with the refusal where the gateway took the
   * token for none, and what it then gives is tried once.
   */
  token: string | null | ((refused?: NotAnswered) => string | null | Promise<string | null>);
  /** Why it is asked: `mental-health-crisis`. */
  purpose?: Read<string | null>;
  /** The case or incident it is for: `police:26/000123`. */
  reference?: Read<string | null>;
  /** Only where the token gives several. */
  role?: Read<string | null>;
  /** In the place of the platform's own. */
  fetch?: typeof fetch;
}

export interface AskOptions {
  /** Takes the question back. */
  signal?: AbortSignal;
}

/** What came, and what did not. */
export interface Answer<Data> {
  readonly data: Guarded<Data>;
  /** All that was asked and is not in the data: what could not be asked first, what policy withholds from everybody last. */
  readonly holes: readonly Hole[];
  /** The holes at a place of the data or around it. Only where there is none does null there mean "none". */
  holesAt(path: Path): readonly Hole[];
  /** The same, and those further in: of a section as a whole. */
  holesWithin(path: Path): readonly Hole[];
  /** By this device's clock. An answer is of its moment: show how old it is. */
  readonly receivedAt: Date;
  /** For what it was asked, and on what: an answer is good for these alone. */
  readonly purpose: string | null;
  readonly reference: string | null;
  /** To quote to whoever runs the gateway. */
  readonly requestId: string | null;
}

/** Variables may be left out where none is needed. */
type Variables<Needed> =
  Record<string, never> extends Needed
    ? [variables?: Needed, options?: AskOptions]
    : [variables: Needed, options?: AskOptions];

export interface SightlineClient {
  /**
   * Asks the gateway, by POST; nothing is kept. Gives data and holes.
   * Throws `NotAnswered` where there is no answer at all, with its `kind`.
   */
  ask<Data = Record<string, unknown>, Needed = Record<string, unknown>>(
    document: Document<Data, Needed>,
    ...rest: Variables<Needed>
  ): Promise<Answer<Data>>;
}

/** A client for one caller. Make one for each reference, or give functions that read what the page shows. */
export function createClient(options: ClientOptions): SightlineClient {
  const url = addressOf(options.url);
  return {
    async ask(document, ...[variables, { signal } = {}]) {
      const asked = sentDocument(document);
      const send = async (caller: Caller, sent: SentDocument): Promise<Received> =>
        post(options.fetch ?? fetch, url, caller, bodyOf(sent, variables ?? {}), signal);

      let caller = await callerOf(options);
      let received = await send(caller, asked);
      if (received.refused?.kind === 'SIGN_IN' && typeof options.token === 'function') {
        const token = await options.token(received.refused);
        if (token !== null && token !== caller.token) {
          // The caller chosen now: one person's token must not go with another's purpose.
          caller = { ...(await sharingOf(options)), token };
          received = await send(caller, asked);
        }
      }
      // A gateway that was told of no documents wants their text; one that answers them alone refuses that too.
      if (received.refused?.kind === 'NOT_TRUSTED' && asked.id !== null && asked.text !== null)
        received = await send(caller, { id: null, text: asked.text });
      if (received.refused) throw received.refused;
      const { data, holes, requestId } = received;
      return {
        data: data as Guarded<never>,
        holes,
        holesAt: (path) => holesAt(holes, path),
        holesWithin: (path) => holesWithin(holes, path),
        receivedAt: new Date(),
        purpose: caller.purpose,
        reference: caller.reference,
        requestId,
      };
    },
  };
}

interface Caller {
  token: string | null;
  purpose: string | null;
  reference: string | null;
  role: string | null;
}

/** Whatever a page can change while it is asked is read in one go. */
async function callerOf(options: ClientOptions): Promise<Caller> {
  const token = typeof options.token === 'function' ? options.token() : options.token;
  const sharing = sharingOf(options);
  return { ...(await sharing), token: await token };
}

async function sharingOf({ purpose, reference, role }: ClientOptions): Promise<Omit<Caller, 'token'>> {
  const [one, two, three] = await Promise.all([purpose, reference, role].map(read));
  return { purpose: one ?? null, reference: two ?? null, role: three ?? null };
}

const read = async (value: Read<string | null> | undefined): Promise<string | null> =>
  (typeof value === 'function' ? await value() : value)?.trim() || null;

/** The headers by which a question says who asks, why and on which reference; what is not given is left out. */
export function sharingHeaders(caller: Partial<Caller>): Record<string, string> {
  const headers: Record<string, string | null | undefined> = {
    authorization: caller.token ? `Bearer ${caller.token}` : null,
    'sharing-purpose': caller.purpose,
    'sharing-reference': caller.reference,
    'sharing-role': caller.role,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function bodyOf({ id, text }: SentDocument, variables: object): string {
  if (id !== null) return JSON.stringify({ documentId: id, variables });
  if (text !== null) return JSON.stringify({ query: text, variables });
  throw new TypeError('This document has neither a text nor an id');
}

interface Received {
  data: unknown;
  holes: readonly Hole[];
  requestId: string | null;
  refused: NotAnswered | null;
}

async function post(
  send: typeof fetch,
  url: string | URL,
  caller: Caller,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Received> {
  let response: Response;
  let text: string;
  try {
    const request = {
      method: 'POST',
      // Nothing is kept, and a name or a date of birth is not sent on to wherever a redirect points.
      cache: 'no-store',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        // The holes have it all; a field's error would say the same once more.
        'sharing-errors': 'holes',
        ...sharingHeaders(caller),
      },
      body,
      ...(signal && { signal }),
    } as const;
    response = await send(url, request);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw new NotAnswered('ABORTED', 'The question was taken back', { cause });
    throw new NotAnswered('NO_CONNECTION', 'The gateway could not be reached', { cause });
  }
  const { status, headers } = response;
  const requestId = headers.get('x-request-id');
  const none = (refused: NotAnswered): Received => ({ data: null, holes: [], requestId, refused });
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400))
    return none(notGraphql(status, headers, 'The address leads elsewhere'));
  let answer: { data?: unknown; errors?: unknown; extensions?: { holes?: unknown } } | null;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    return none(notGraphql(status, headers, 'What answered is no gateway', cause));
  }
  const errors: readonly GivenError[] = Array.isArray(answer?.errors) ? answer.errors : [];
  const { data } = answer ?? {};
  if (isAnswered(data, errors, status)) {
    const holes = answer?.extensions?.holes;
    // Without it nothing tells a hole from "none".
    if (!Array.isArray(holes))
      return none(notGraphql(status, headers, 'The answer does not say what it leaves out'));
    return { data, holes: [...holes, ...holesOfErrors(errors, holes)], requestId, refused: null };
  }
  if (errors.length === 0) return none(notGraphql(status, headers, 'What answered is no gateway'));
  return none(refusal(errors, status, headers));
}

/** There is something in the data, or nothing but holes: somebody who is not there is an answer too. */
function isAnswered(data: unknown, errors: readonly GivenError[], status: number): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  return Object.values(data).some((root) => root !== null) || (status === 200 && errors.every(isHole));
}

const isHole = ({ extensions }: GivenError): boolean =>
  ['WITHHELD', 'NOT_AVAILABLE', 'SOURCE_UNAVAILABLE'].includes(String(extensions?.code));

/** An error at a place that no hole names is one as well: nothing there is "none". */
function holesOfErrors(errors: readonly GivenError[], holes: readonly Hole[]): Hole[] {
  return errors
    .map(({ path = [], message, extensions }): Hole => {
      const { section, agency, reason, contact } = (extensions ?? {}) as Partial<Hole>;
      return {
        ...{ path, section: section ?? null, agency: agency ?? null, state: 'NOT_AVAILABLE' },
        ...{ reason: reason ?? null, contact: contact ?? null, message: String(message ?? '') },
      };
    })
    .filter(({ path }) => holesAt(holes, path).length === 0);
}

/** Throws where it is no address. A page's own may be relative. */
function addressOf(url: string | URL): string | URL {
  const base = (globalThis as { document?: { baseURI?: string } }).document?.baseURI;
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new TypeError(`This is no address of a gateway: ${url}`, { cause });
  }
}
