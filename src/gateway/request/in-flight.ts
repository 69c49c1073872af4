/** Why a request's work was stopped: what it was answered under no longer holds. */
export class Superseded extends Error {
  readonly code = 'SUPERSEDED';
}

/** More changes than this in the time of one request, and it fails rather than run for ever. */
const MOST_RESTARTS = 5;

/**
 * Requests under way, so that a withdrawal, or a human's word on who is who, can stop their work, down to the SQL, and
 * have it done anew. What changes something is never in here: it must not be done twice.
 */
export class InFlight {
  readonly #running = new Set<AbortController>();

  restartAll(why: string): void {
    for (const controller of this.#running) controller.abort(new Superseded(why));
  }

  /** Runs `work`, again if it was superseded. Rejects with the caller's own abort reason when `outer` is aborted. */
  async run<T>(outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const controller = new AbortController();
      const stop = () => controller.abort(outer.reason);
      if (outer.aborted) stop();
      else outer.addEventListener('abort', stop, { once: true });
      this.#running.add(controller);
      try {
        return await work(controller.signal);
      } catch (error) {
        const superseded = controller.signal.aborted || error instanceof Superseded;
        if (!superseded || outer.aborted || attempt >= MOST_RESTARTS) throw error;
      } finally {
        this.#running.delete(controller);
        outer.removeEventListener('abort', stop);
      }
    }
  }
}
