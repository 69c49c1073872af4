import { setTimeout as sleep } from 'node:timers/promises';
import type { UnavailableReason } from '../../states.ts';
import { failureOf, failureWords } from '../dialects/failure.ts';

export type AgencyState = 'UP' | 'DOWN' | 'STARTING';

export interface BreakerOptions {
  /** So many failures one after the other make the agency down for everybody. */
  failures: number;
  /** How long to wait between probes of an agency that is down, in milliseconds. */
  probeEveryMs: number;
  /** Milliseconds for a probe, and for a caller to wait for the first. */
  probeMs: number;
  /** The same for the first: an agency that is only slow while everything starts is not down. */
  firstProbeMs: number;
  /** Asks the agency for something cheap; rejects if it does not answer in so many milliseconds. */
  probe(limitMs: number): Promise<unknown>;
  /** Told when the state changes, and when an agency stays down for another cause; the cause is that of DOWN. */
  changed(state: AgencyState, cause: unknown): void;
}

/**
 * Knows whether an agency answers. While it is down everybody is told so at once, and only probes in the background
 * are sent, until one of them is answered.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #first: Promise<void>;
  #state: AgencyState = 'STARTING';
  #reason: UnavailableReason = 'STARTING';
  #cause: unknown = null;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#first = this.#probe(options.firstProbeMs);
  }

  get state(): AgencyState {
    return this.#state;
  }

  /** What the last failure was, while the agency is down; else null. */
  get cause(): unknown {
    return this.#state === 'DOWN' ? this.#cause : null;
  }

  /** Null if the agency may be asked, else why it cannot be. Waits for the first probe after the start, within a limit. */
  async refusal(): Promise<UnavailableReason | null> {
    if (this.#state === 'STARTING')
      await Promise.race([this.#first, sleep(this.#options.probeMs, undefined, { ref: false })]);
    return this.#state === 'UP' ? null : this.#reason;
  }

  answered(): void {
    this.#failures = 0;
    this.#become('UP');
  }

  failed(reason: UnavailableReason, cause: unknown): void {
    this.#failures += 1;
    this.#reason = reason;
    if (this.#state === 'UP' && this.#failures >= this.#options.failures) this.#goDown(cause);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #probe(limitMs: number): Promise<void> {
    try {
      await this.#options.probe(limitMs);
      this.answered();
    } catch (error) {
      this.#reason = failureOf(error).reason;
      this.#goDown(error);
    }
  }

  #goDown(cause: unknown): void {
    const another = this.#state === 'DOWN' && failureWords(cause) !== failureWords(this.#cause);
    this.#cause = cause;
    if (another && !this.#closed) this.#options.changed('DOWN', cause);
    this.#become('DOWN');
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#probe(this.#options.probeMs);
    }, this.#options.probeEveryMs);
    this.#timer.unref();
  }

  #become(state: AgencyState): void {
    if (this.#state === state || this.#closed) return;
    this.#state = state;
    this.#options.changed(state, this.cause);
  }
}
