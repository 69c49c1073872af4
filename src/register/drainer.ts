import type { Logger } from '../logger.ts';
import { errorCodeOf, RegisterConflictError, RegisterFileError } from './errors.ts';

/** Tries again and again, ever less often, until the spool has been drained. */
export class Drainer {
  readonly #drain: () => Promise<void>;
  readonly #log: Logger;
  readonly #firstWaitMs: number;
  #wait: number;
  #timer: NodeJS.Timeout | null = null;
  #draining: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(drain: () => Promise<void>, { log, firstWaitMs }: { log: Logger; firstWaitMs: number }) {
    this.#drain = drain;
    this.#log = log;
    this.#firstWaitMs = firstWaitMs;
    this.#wait = firstWaitMs;
  }

  start(): void {
    if (this.#timer !== null || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#draining = this.#try();
    }, this.#wait);
  }

  /** Stops trying; resolves when an attempt under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#draining;
  }

  async #try(): Promise<void> {
    const drained = await this.#drain().then(
      () => true,
      (error) => this.#failed(error),
    );
    this.#timer = null;
    this.#wait = drained ? this.#firstWaitMs : Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    if (!drained) this.start();
  }

  #failed(error: unknown): false {
    const isNamed = error instanceof RegisterConflictError || error instanceof RegisterFileError;
    if (isNamed) this.#log.error({ code: error.code }, error.message);
    else this.#log.warn({ code: errorCodeOf(error) }, 'The register’s spool is still waiting');
    return false;
  }
}

const LONGEST_WAIT_MS = 5_000;
