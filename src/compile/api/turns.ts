import { QueueFullError } from '../dialects/dialect.ts';

/** So many at once, and so many who wait; the next is refused at once. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Resolves with what ends the turn. Rejects with QueueFullError, or with the signal's reason where that aborts first:
   * who has gone waits for no turn.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running >= this.#atOnce) await this.#wait(signal);
    else this.#running += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#next();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting) throw new QueueFullError();
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', give);
        resolve();
      };
      const give = () => {
        this.#waiting.delete(begin);
        reject(signal.reason);
      };
      this.#waiting.add(begin);
      signal.addEventListener('abort', give, { once: true });
    });
  }

  /** The turn goes to who has waited longest; where nobody waits there is one more. */
  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(first);
    first();
  }
}
