import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiAnswer, ApiFailure, type ApiRequest, isApiFailure } from '../../../adapters/contract.ts';

/** HTTP to one agency. */
export interface FetchLimits {
  /** The agency's address; a name and password in it are sent as HTTP Basic. */
  url: URL;
  /** Sent as a bearer token; null where there is none. */
  token: string | null;
  /** Resolves when a request may be sent; what comes back is called when it is over. */
  turn(signal: AbortSignal): Promise<() => void>;
  signal: AbortSignal;
  /** `performance.now()` when the time is up. */
  endsAt: number;
  /** Bytes that may still be taken in for this question. */
  budget: { bytes: number };
}

/** More than this of one answer, in bytes, is not taken in: it would cost everybody else memory and time. */
const MOST_BYTES = 16 * 1024 * 1024;
/** How often a request that was told to come again later is sent. */
const ATTEMPTS = 3;

/**
 * Asks the agency's own address. What leads elsewhere is refused before anything is sent, so that neither the keys of a
 * question nor the login go to another host, whatever an answer says.
 */
export async function ownFetch(path: string, init: ApiRequest, limits: FetchLimits): Promise<ApiAnswer> {
  const target = within(limits.url, path);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendOnce(target, init, limits);
    const wait = attempt < ATTEMPTS ? waitBefore(answer) : null;
    // Who would be told to come back when nobody waits any more is told at once.
    if (wait === null || performance.now() + wait >= limits.endsAt) return answer;
    await sleep(wait, undefined, { signal: limits.signal }).catch(() => limits.signal.throwIfAborted());
  }
}

/** The address of a path within the agency's own; throws ApiFailure for any other. */
function within(base: URL, path: string): URL {
  const root = new URL(base);
  Object.assign(root, { username: '', password: '', search: '', hash: '' });
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  if (!URL.canParse(path, root.href)) throw new ApiFailure('API_ELSEWHERE');
  const target = new URL(path, root);
  const inside = `${target.pathname}/`.startsWith(root.pathname);
  if (target.origin !== root.origin || !inside || target.username !== '' || target.password !== '')
    throw new ApiFailure('API_ELSEWHERE');
  target.hash = '';
  return target;
}

async function sendOnce(target: URL, init: ApiRequest, limits: FetchLimits): Promise<ApiAnswer> {
  const { signal, turn } = limits;
  const over = await turn(signal);
  try {
    signal.throwIfAborted();
    const { method = 'GET', headers, body } = init;
    const response = await fetch(target, {
      ...{ method, redirect: 'manual', signal },
      headers: { accept: 'application/json', ...headers, ...login(limits) },
      ...(body !== undefined && { body }),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ApiFailure('API_UNREACHABLE', { cause: (error as Error).cause ?? error });
    });
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel().catch(() => {});
      throw new ApiFailure('API_REDIRECTS', { status });
    }
    return { status, headers: response.headers, text: await textOf(response, limits) };
  } finally {
    over();
  }
}

function login({ url, token }: FetchLimits): Record<string, string> {
  if (token !== null) return { authorization: `Bearer ${token}` };
  if (url.username === '' && url.password === '') return {};
  const pair = [url.username, url.password].map(decodeURIComponent).join(':');
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The body, counted as it comes: what it says of its own length may be wrong, and it may be packed. */
async function textOf(response: Response, { signal, budget }: FetchLimits): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const { length } = chunk as Uint8Array;
      bytes += length;
      budget.bytes -= length;
      if (bytes > MOST_BYTES || budget.bytes < 0) throw new ApiFailure('ANSWER_TOO_LARGE');
      text += decoder.decode(chunk as Uint8Array, { stream: true });
    }
  } catch (error) {
    if (isApiFailure(error)) throw error;
    signal.throwIfAborted();
    throw new ApiFailure('API_UNREACHABLE', { cause: (error as Error).cause ?? error });
  }
  return text + decoder.decode();
}

/** Milliseconds to wait before a busy agency is asked again; null where it does not say, or is not busy. */
function waitBefore({ status, headers }: ApiAnswer): number | null {
  const said = headers.get('retry-after');
  if ((status !== 429 && status !== 503) || said === null) return null;
  const ms = /^\d{1,6}$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
