import { type Document, sentDocument } from './document.ts';
import { type Hole, holesAt, holesWithin, type Path } from './hole.ts';
import { type GivenError, NotAnswered, refusal } from './not-answered.ts';
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
  // A page's own gateway may be named relative to the page. Throws where it is no address.
  const url = new URL(options.url, (globalThis as { document?: { baseURI: string } }).document?.baseURI);
  return {
    async ask(document, ...[variables = {}, { signal } = {}]) {
      const { id, text } = sentDocument(document);
      const send = (body: object) =>
        post(options.fetch ?? fetch, url, caller, JSON.stringify({ ...body, variables }), signal);

      let caller = await callerOf(options);
      let received = await send(id ? { documentId: id } : { query: text });
      if (received instanceof NotAnswered && received.kind === 'SIGN_IN') {
        // The caller chosen now: one person's token must not go with another's purpose.
        const renewed = await callerOf(options, received);
        if (renewed.token !== null && renewed.token !== caller.token) {
          caller = renewed;
          received = await send(id ? { documentId: id } : { query: text });
        }
      }
      // A gateway that was told of no documents wants their text; one that answers those alone refuses that too.
      if (received instanceof NotAnswered && received.kind === 'NOT_TRUSTED' && id && text)
        received = await send({ query: text });
      if (received instanceof NotAnswered) throw received;
      const { holes } = received;
      const { purpose, reference } = caller;
      return {
        ...{ ...received, data: received.data as Guarded<never>, receivedAt: new Date(), purpose, reference },
        holesAt: (path) => holesAt(holes, path),
        holesWithin: (path) => holesWithin(holes, path),
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
async function callerOf(options: ClientOptions, refused?: NotAnswered): Promise<Caller> {
  const read = async (value: ClientOptions['token'] | undefined) =>
    (typeof value === 'function' ? await value(refused) : value) || null;
  const { token, purpose, reference, role } = options;
  const [who, why, which, as] = await Promise.all([read(token), read(purpose), read(reference), read(role)]);
  return { token: who, purpose: why, reference: which, role: as };
}

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

interface Received {
  data: unknown;
  holes: readonly Hole[];
  requestId: string | null;
}

async function post(
  send: typeof fetch,
  url: URL,
  caller: Caller,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Received | NotAnswered> {
  const init = {
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
    signal: signal ?? null,
  } as const;
  let request: Request | undefined;
  let response: Response;
  let text: string;
  try {
    request = new Request(url, init);
    response = await send(request);
    text = await response.text();
  } catch (cause) {
    const details = { cause };
    // Headers take no letters beyond Latin-1: a dash out of a word processor, say.
    if (!request) return new NotAnswered('INPUT', 'Purpose or reference cannot be sent as written', details);
    return signal?.aborted
      ? new NotAnswered('ABORTED', 'The question was taken back', details)
      : new NotAnswered('NO_CONNECTION', 'No connection to Sightline', details);
  }
  let answer: { data?: unknown; errors?: unknown; extensions?: { holes?: unknown } } | null;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    return refusal(response, [], 'What answered is no gateway', cause);
  }
  const errors: readonly GivenError[] = Array.isArray(answer?.errors) ? answer.errors : [];
  const data = answer?.data;
  if (!isAnswered(data, errors, response.status))
    return refusal(response, errors, errors.length > 0 ? undefined : 'What answered is no gateway');
  const holes = answer?.extensions?.holes;
  // Without them nothing tells a hole from "none".
  if (!Array.isArray(holes)) return refusal(response, [], 'The answer does not say what it leaves out');
  const requestId = response.headers.get('x-request-id');
  return { data, holes: [...holes, ...holesOfErrors(errors, holes)], requestId };
}

/** There is something in the data, or nothing but holes: somebody who is not there is an answer too. */
function isAnswered(data: unknown, errors: readonly GivenError[], status: number): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return Object.values(data).some((root) => root !== null) || (status === 200 && errors.every(isHole));
}

const isHole = ({ extensions }: GivenError): boolean =>
  ['WITHHELD', 'NOT_AVAILABLE', 'SOURCE_UNAVAILABLE'].includes(String(extensions?.code));

/** An error at a place that no hole names is one as well: what is null there is not "none". */
function holesOfErrors(errors: readonly GivenError[], holes: readonly Hole[]): Hole[] {
  return errors
    .map(({ path = [], message, extensions }) => ({
      ...{ section: null, agency: null, reason: null, contact: null, ...extensions },
      ...{ path, state: 'NOT_AVAILABLE', message: String(message) },
    }))
    .filter(({ path }) => holesAt(holes, path).length === 0);
}
