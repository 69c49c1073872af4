import { HostRefusal } from '../wire/refusal.ts';

const MINUTE_MS = 60_000;

/** How much may be asked of a host in a minute, whoever asks: a gateway that somebody has taken over reads no faster. */
export class Allowance {
  readonly #perMinute: number;
  #used = 0;
  #since = Number.NEGATIVE_INFINITY;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** @throws HostRefusal BUSY */
  take(amount: number, now: Date): void {
    const at = now.getTime();
    if (at - this.#since >= MINUTE_MS || at < this.#since) {
      this.#since = at;
      this.#used = 0;
    }
    if (this.#used + amount > this.#perMinute) throw new HostRefusal('BUSY');
    this.#used += amount;
  }
}
