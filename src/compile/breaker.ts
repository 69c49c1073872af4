import type { UnavailableReason } from './errors.ts';
import { failureOf } from './failure.ts';

export type AgencyState = 'UP' | 'DOWN' | 'STARTING';

export interface BreakerOptions {
  /** So many failures one after the other make the agency down for everybody. */
  failures: number;
  /** How long to wait between probes of an agency that is down, in milliseconds. */
  probeEveryMs: number;
  /** Asks the agency for something cheap; rejects if it does not answer. */
  probe(): Promise<unknown>;
  /** Told when the state changes. */
  changed(state: AgencyState): void;
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
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#first = this.#probe();
  }

  get state(): AgencyState {
    return this.#state;
  }

  /** Null if the agency may be asked, else why it cannot be. Waits for the first probe after the start. */
  async refusal(): Promise<UnavailableReason | null> {
    if (this.#state === 'STARTING') await this.#first;
    return this.#state === 'DOWN' ? this.#reason : null;
  }

  answered(): void {
    this.#failures = 0;
    this.#become('UP');
  }

  failed(reason: UnavailableReason): void {
    this.#failures += 1;
    this.#reason = reason;
    if (this.#state === 'UP' && this.#failures >= this.#options.failures) this.#goDown();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #probe(): Promise<void> {
    try {
      await this.#options.probe();
      this.answered();
    } catch (error) {
      this.#reason = failureOf(error).reason;
      this.#goDown();
    }
  }

  #goDown(): void {
    this.#become('DOWN');
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#probe();
    }, this.#options.probeEveryMs);
    this.#timer.unref();
  }

  #become(state: AgencyState): void {
    if (this.#state === state || this.#closed) return;
    this.#state = state;
    this.#options.changed(state);
  }
}
