/** A gateway's side of an agency's own host: signed questions, verified answers, and what is known of the host itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JWTVerifyGetKey } from 'jose';
import { isTimeout } from '../../compile/dialects/failure.ts';
import { type AgencyState, Breaker } from '../../compile/run/breaker.ts';
import { AgencyUnavailableError } from '../../compile/run/errors.ts';
import type { Logger } from '../../logger.ts';
import type { HostPolicy } from '../../sharing/stricter.ts';
import type { UnavailableReason } from '../../states.ts';
import { ANSWER_BODIES, type HostAnswer } from '../wire/answers.ts';
import type { SigningKey } from '../wire/key-files.ts';
import type { HostOperation, QuestionBody, QuestionClaims, QuestionContext } from '../wire/question.ts';
import { HOST_REFUSALS, HostRefusal } from '../wire/refusal.ts';
import { parsedJson, readAnswer, signQuestion, UnverifiedAnswerError } from '../wire/signing.ts';
import { HostUnreachableError, type Transport } from './transport.ts';

export interface HostClientParts {
  agency: string;
  transport: Transport;
  ownKey(): SigningKey;
  hostKeys: JWTVerifyGetKey;
  /** Milliseconds for one question of a request. */
  timeoutMs: number;
  /** The policy of these texts; null where they do not load. */
  loadPolicy(texts: ReadonlyMap<string, string>): HostPolicy['policy'] | null;
  /** Told when the host decides by another policy than it last said. */
  onPolicy(): void;
  /** Version of this gateway's own policy, as each question names it. */
  policyVersion(): string;
  log: Logger;
  now(): Date;
  /** How often the host is asked for its policy; 5,000 if not given. */
  lookEveryMs?: number;
}

/** The host's answer is not used, or it gave none; `told` is what the caller hears of it beside the state, null for nothing. */
export class HostUnavailableError extends AgencyUnavailableError {
  readonly told: string | null;

  constructor(agency: string, reason: UnavailableReason, cause: unknown, told: string | null = null) {
    super(agency, reason, cause);
    this.told = told;
  }
}

export const UNVERIFIED_ANSWER =
  'What came back does not stand under the signature of the agency’s own host, and nothing of it is used. This says nothing of whether there are data.';

export interface HostClient {
  /**
   * The answer, verified and in the form that it must have. `check` throws UnverifiedAnswerError where it cannot be used all the same.
   * @throws HostUnavailableError
   */
  ask<Op extends Exclude<HostOperation, 'policy'>>(
    op: Op,
    context: QuestionContext,
    body: QuestionBody<Op>,
    signal: AbortSignal,
    how?: { timeoutMs?: number; check?(answer: HostAnswer<Op>): void },
  ): Promise<HostAnswer<Op>>;
  /** What the host decides by; null before it has said. */
  policy(): HostPolicy | null;
  state(): AgencyState;
  why(): string | null;
  close(): void;
}

interface KnownHost extends HostPolicy {
  instance: string;
  digest: string;
}

const LOOK_EVERY_MS = 5_000;
const PROBE_EVERY_MS = 2_000;
const FIRST_PROBE_MS = 60_000;
/** A host that has just started, or taken another policy, is asked once more. */
const MOST_ASKED = 3;

export function createHostClient(parts: HostClientParts): HostClient {
  const { agency, transport, log, timeoutMs, now } = parts;
  let known: KnownHost | null = null;
  const closing = new AbortController();

  /** One signed exchange. Throws HostRefusal, UnverifiedAnswerError, HostUnreachableError, a timeout. */
  const exchange = async <Op extends HostOperation>(
    op: Op,
    context: QuestionContext,
    body: QuestionBody<Op>,
    host: QuestionClaims['host'],
    signal: AbortSignal,
  ): Promise<HostAnswer<Op>> => {
    const question = await signQuestion(
      agency,
      { op, host, context },
      JSON.stringify(body),
      parts.ownKey(),
      now(),
    );
    const text = await transport.post(question, signal);
    const answer = parsedJson(await readAnswer(agency, question, text, parts.hostKeys, now()));
    const read = ANSWER_BODIES[op].safeParse(answer);
    if (!read.success)
      throw new UnverifiedAnswerError('it has not the form of an answer', { cause: read.error });
    return read.data as HostAnswer<Op>;
  };

  const learn = async (signal: AbortSignal): Promise<void> => {
    const said = await exchange(
      'policy',
      contextWithoutCaller(parts.policyVersion(), now()),
      {},
      null,
      signal,
    );
    const before = known;
    if (before?.digest === said.policy && before.instance === said.instance) return;
    const policy =
      before?.digest === said.policy ? before.policy : parts.loadPolicy(new Map(Object.entries(said.texts)));
    if (policy === null) throw new UnreadablePolicyError();
    known = { policy, withdrawn: new Set(said.withdrawn), instance: said.instance, digest: said.policy };
    if (before?.digest === said.policy) return;
    log.info({ agency, version: said.version }, 'an agency’s own host decides by this policy');
    parts.onPolicy();
  };
  let learning: Promise<void> | null = null;
  /** Those that find at once that the host is another ask it once. */
  const learnOnce = (): Promise<void> => {
    learning ??= learn(AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)])).finally(() => {
      learning = null;
    });
    return learning;
  };

  const breaker = new Breaker({
    ...{ failures: 3, probeEveryMs: PROBE_EVERY_MS, probeMs: timeoutMs },
    firstProbeMs: Math.max(FIRST_PROBE_MS, timeoutMs),
    probe: (limitMs) => learn(AbortSignal.any([closing.signal, AbortSignal.timeout(limitMs)])),
    changed: (state, cause) => {
      if (state !== 'DOWN') log.info({ agency, state }, 'agency state changed');
      else log.warn({ agency, state, why: hostWords(cause) }, 'agency is down');
    },
  });
  void follow();

  /** Learns of another policy without being asked anything else: who is linked and who is not are then answered alike. */
  async function follow(): Promise<void> {
    const pause = () =>
      sleep(parts.lookEveryMs ?? LOOK_EVERY_MS, undefined, { ref: false, signal: closing.signal });
    for (;;) {
      await pause().catch(() => {});
      if (closing.signal.aborted) return;
      if (breaker.state !== 'UP') continue;
      await learnOnce().then(
        () => breaker.answered(),
        (error) => breaker.failed(reasonOf(error), error),
      );
    }
  }

  const failed = (error: unknown, signal: AbortSignal): HostUnavailableError => {
    if (signal.aborted && !isTimeout(error)) return new HostUnavailableError(agency, 'FAILED', error);
    const reason = reasonOf(error);
    const ofHost = !(error instanceof HostRefusal) || !OF_ONE_QUESTION.has(error.code);
    if (ofHost) breaker.failed(reason, error);
    else breaker.answered();
    const code = (error as { code?: unknown }).code ?? null;
    log.warn({ agency, reason, code, why: hostWords(error) }, 'an agency’s own host gave no answer');
    const told = error instanceof UnverifiedAnswerError ? UNVERIFIED_ANSWER : null;
    return new HostUnavailableError(agency, reason, error, told);
  };

  return {
    async ask(op, context, body, signal, { timeoutMs: limitMs = timeoutMs, check = () => {} } = {}) {
      const refusal = await breaker.refusal();
      if (refusal !== null) throw new HostUnavailableError(agency, refusal, breaker.cause);
      const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
      try {
        for (let asked = 1; ; asked += 1) {
          if (!known) await learnOnce();
          const host = known as KnownHost | null;
          if (!host) throw new HostRefusal('RESTARTED');
          try {
            const of = { instance: host.instance, policy: host.digest };
            const answer = await exchange(op, context, body, of, limit);
            check(answer);
            breaker.answered();
            return answer;
          } catch (error) {
            if (!(error instanceof HostRefusal) || asked === MOST_ASKED) throw error;
            if (error.code !== 'RESTARTED' && error.code !== 'POLICY_CHANGED') throw error;
            await learnOnce();
            // What was decided by the policy before is decided anew, by whoever runs the request.
            if (known?.digest !== host.digest && op === 'answer') throw error;
          }
        }
      } catch (error) {
        throw failed(error, signal);
      }
    },
    policy: () => known,
    state: () => breaker.state,
    why: () => (breaker.state === 'DOWN' ? hostWords(breaker.cause) : null),
    close() {
      closing.abort(new Error('The gateway stops'));
      breaker.close();
      transport.close();
    },
  };
}

/** The texts of the host's policy do not load here: is one of the two of another version? */
class UnreadablePolicyError extends Error {
  override readonly name = 'UnreadablePolicyError';
  readonly code = 'HOST_POLICY_UNREADABLE';

  constructor() {
    super('the policy of its host does not load in this gateway: are both of one version?');
  }
}

/** These say something of one question, and nothing of the host. */
const OF_ONE_QUESTION: ReadonlySet<string> = new Set([
  ...['NOT_PERMITTED', 'OTHER_ORGANISATION', 'NOT_UNDERSTOOD', 'POLICY_CHANGED', 'RESTARTED', 'TOO_LARGE'],
  'MARK_REJECTED',
]);

function reasonOf(error: unknown): UnavailableReason {
  if (error instanceof HostRefusal) return HOST_REFUSALS[error.code].reason;
  if (error instanceof HostUnreachableError && error.code === 'ANSWER_TOO_LARGE') return 'TOO_LARGE';
  return isTimeout(error) ? 'TIMED_OUT' : 'FAILED';
}

/** What to look at, for whoever runs the gateway. */
export function hostWords(error: unknown): string {
  if (error instanceof HostRefusal || error instanceof HostUnreachableError) return error.message;
  if (error instanceof UnverifiedAnswerError)
    return `its host’s answer is not used: ${error.message} (<AGENCY>_ENDPOINT_HOST_KEYS_FILE)`;
  if (error instanceof UnreadablePolicyError) return error.message;
  if (isTimeout(error)) return 'its host did not answer in time';
  return 'its host could not be asked';
}

/** The context of what is asked for no caller. */
export const contextWithoutCaller = (policyVersion: string, now: Date): QuestionContext => ({
  requestId: 'gateway',
  at: now.toISOString(),
  policyVersion,
  caller: null,
  purpose: null,
  reference: null,
  people: [],
  hidden: [],
});
