import { NONCES_KEPT } from '../wire/limits.ts';
import { HostRefusal } from '../wire/refusal.ts';

/**
 * Questions that were asked, until their signature is over: none is answered twice. It knows so many and no more; the
 * next is refused, for to forget one would let it be asked again. What was asked before this process began names another
 * instance of it, and is refused by that.
 */
export class Nonces {
  readonly #until = new Map<string, number>();
  readonly #most: number;

  constructor(most = NONCES_KEPT) {
    this.#most = most;
  }

  /** @throws HostRefusal REPLAYED, BUSY */
  take(nonce: string, until: number, now: Date): void {
    const seconds = now.getTime() / 1_000;
    if (this.#until.has(nonce)) throw new HostRefusal('REPLAYED');
    if (this.#until.size >= this.#most) this.#forget(seconds);
    if (this.#until.size >= this.#most) throw new HostRefusal('BUSY');
    this.#until.set(nonce, until);
  }

  get known(): number {
    return this.#until.size;
  }

  #forget(seconds: number): void {
    for (const [nonce, until] of this.#until) if (until < seconds) this.#until.delete(nonce);
  }
}
