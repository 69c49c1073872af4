import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** The issuer does not answer, or not as OpenID Connect says, and none of its keys may still be used. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';
  readonly code = 'ISSUER_UNAVAILABLE';

  constructor(why: string, cause?: unknown) {
    super(`The issuer of tokens: ${why}`, { cause });
  }
}

/** How an issuer does, for operators. */
export interface IssuerStatus {
  issuer: string;
  /** STARTING until it was first asked. */
  state: 'UP' | 'DOWN' | 'STARTING';
  /** Why it is DOWN. */
  cause: string | null;
  /** When its keys were last fetched, and until when they may be used without it. */
  keysFrom: Date | null;
  keysUntil: Date | null;
}

export interface IssuerKeys {
  /** The key of a token's header. Rejects with IssuerUnavailableError, or with jose's error where it is the token's fault. */
  find: JWTVerifyGetKey;
  status(): IssuerStatus;
  /** What its discovery document said last; null before it was read. */
  discovered(): Discovery | null;
  /** Fetches the keys now, whatever is known. Never rejects: `status` says how it went. */
  refresh(): Promise<void>;
}

/** What the discovery document says that we use. */
const discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
  token_endpoint: z.url().optional(),
  end_session_endpoint: z.url().optional(),
  userinfo_endpoint: z.url().optional(),
});
export type Discovery = z.infer<typeof discovery>;

const SECOND = 1_000;
const TIMEOUT_MS = 3 * SECOND;
/** A request waits no longer than this for keys, counted from when they were asked for: an issuer that hangs holds nobody up. */
const WAIT_MS = SECOND;
/** Keys are looked up anew when they are older than this … */
const FRESH_MS = 600 * SECOND;
/** … and, when that failed or a token names an unknown key, not more often than this. */
const RETRY_MS = 15 * SECOND;
/** Hours for which keys are used while the issuer is away. */
export const KEYS_KEPT_HOURS = 4;
const KEPT_MS = KEYS_KEPT_HOURS * 3_600 * SECOND;

/**
 * Keys of an OpenID Connect issuer, found by its discovery document. The gateway starts without them, keeps those it has
 * for KEYS_KEPT_HOURS while the issuer is away, and asks for them again in the background.
 * @param now the clock by which keys grow old
 * @param onChange told of every attempt that went otherwise than the one before
 */
export function issuerKeys(
  issuer: string,
  now: () => Date = () => new Date(),
  onChange: (status: IssuerStatus) => void = () => {},
): IssuerKeys {
  let current: { keys: JWTVerifyGetKey; at: number } | null = null;
  let failed: { at: number; error: IssuerUnavailableError } | null = null;
  let document: Discovery | null = null;
  let attempt: { done: Promise<void>; begun: number } | null = null;

  const time = () => now().getTime();
  const status = (): IssuerStatus => ({
    issuer,
    state: failed ? 'DOWN' : current ? 'UP' : 'STARTING',
    cause: failed?.error.message ?? null,
    keysFrom: current && new Date(current.at),
    keysUntil: current && new Date(current.at + KEPT_MS),
  });

  function refresh(): Promise<void> {
    attempt ??= { done: fetchAnew(), begun: performance.now() };
    return attempt.done;
  }

  async function fetchAnew(): Promise<void> {
    const before = failed?.error.message ?? (current ? null : '');
    try {
      document = await discover(issuer);
      current = { keys: keySet(await fetchJson(document.jwks_uri, 'its keys')), at: time() };
      failed = null;
    } catch (error) {
      const why =
        error instanceof IssuerUnavailableError ? error : new IssuerUnavailableError('it failed', error);
      failed = { at: time(), error: why };
    }
    attempt = null;
    if ((failed?.error.message ?? null) !== before) onChange(status());
  }

  /** Asks again unless that has just been tried, and waits for it as long as a request may. */
  async function askAgain(last: number | undefined): Promise<void> {
    if (!attempt && last !== undefined && time() - last < RETRY_MS) return;
    const done = refresh();
    const left = WAIT_MS - (performance.now() - (attempt?.begun ?? 0));
    if (left > 0) await Promise.race([done, new Promise((resolve) => setTimeout(resolve, left).unref())]);
  }

  return {
    async find(header, token) {
      if (!current || time() - current.at >= KEPT_MS) await askAgain(failed?.at);
      else if (time() - current.at >= FRESH_MS && (!failed || time() - failed.at >= RETRY_MS)) void refresh();
      if (!current || time() - current.at >= KEPT_MS)
        throw failed?.error ?? new IssuerUnavailableError('its keys have not come yet');
      try {
        return await current.keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      }
      // The key may be newer than our copy. While the issuer is away we cannot tell.
      await askAgain(failed?.at ?? current.at);
      return current.keys(header, token);
    },
    status,
    discovered: () => document,
    refresh,
  };
}

/**
 * The issuer's discovery document, checked.
 * @throws IssuerUnavailableError that says what is wrong with it
 */
export async function discover(issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = discovery.safeParse(await fetchJson(url, 'its discovery document'));
  if (!document.success)
    throw new IssuerUnavailableError('its discovery document has no issuer and jwks_uri');
  const { issuer: itself } = document.data;
  if (itself === issuer) return document.data;
  if (itself.replace(/\/$/, '') === issuer.replace(/\/$/, ''))
    throw new IssuerUnavailableError(
      `it calls itself ${JSON.stringify(itself)}, the setting says ${JSON.stringify(issuer)}: they differ by the slash at the end alone`,
    );
  throw new IssuerUnavailableError(
    `it calls itself by another name than the setting: ${JSON.stringify(itself.slice(0, 200))}`,
  );
}

/** A JSON document of the issuer. Throws IssuerUnavailableError with the cause in words. */
export async function fetchJson(url: string, what: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new IssuerUnavailableError(`${what} answers ${response.status}`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof IssuerUnavailableError) throw cause;
    throw new IssuerUnavailableError(`${what} cannot be fetched (${reasonOf(cause)})`, cause);
  }
}

/** What the network said, which `fetch` keeps in a cause: `ECONNREFUSED`, `self-signed certificate`, `bad port`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  if (error.name === 'TimeoutError') return `no answer in ${TIMEOUT_MS / SECOND} s`;
  const inner = error.cause instanceof Error ? error.cause : error;
  return (inner as NodeJS.ErrnoException).code ?? inner.message;
}

function keySet(document: unknown): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(document as Parameters<typeof createLocalJWKSet>[0]);
  } catch (cause) {
    throw new IssuerUnavailableError('its keys are no JSON Web Key Set', cause);
  }
}
