import type { Logger } from '../logger.ts';
import type { ChainHead } from './chain.ts';
import { errorCodeOf } from './errors.ts';
import type { HeadLog } from './heads.ts';
import type { Trees } from './tree/trees.ts';

/** Where a chain stands. */
export interface ChainStanding {
  /** The last place durably written; null while that is not known. */
  readonly durable: ChainHead | null;
  /** Whether nothing else may turn up in the store behind it. */
  readonly settled: boolean;
  /** Where entries go: to the store, which then has all of them, or to the spool. */
  readonly mode: 'STORE' | 'SPOOL';
}

/**
 * Has a head signed after so many entries, or after some time if anything was written, and at the end; and the chain's tree
 * grown after it.
 */
export class HeadKeeper {
  readonly #heads: HeadLog;
  readonly #trees: Trees;
  readonly #chain: ChainStanding;
  readonly #log: Logger;
  readonly #entries: number;
  readonly #timer: NodeJS.Timeout;
  #signing = false;

  constructor(
    { headLog, trees }: { headLog: HeadLog; trees: Trees },
    chain: ChainStanding,
    { log, entries, everyMs }: { log: Logger; entries: number; everyMs: number },
  ) {
    this.#heads = headLog;
    this.#trees = trees;
    this.#chain = chain;
    this.#log = log;
    this.#entries = entries;
    this.#timer = setInterval(() => void this.#sign(), everyMs);
    this.#timer.unref();
  }

  /** Something was written. */
  written(): void {
    const written = this.#chain.durable?.seq ?? 0;
    if (!this.#signing && written - this.#heads.signed >= this.#entries) void this.#sign();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { durable, settled } = this.#chain;
    if (durable !== null && settled) await this.#told(this.#heads.addClosed(durable));
    else await this.#sign();
    await this.#trees.close(this.#inStore());
    await this.#heads.close();
  }

  async #sign(): Promise<void> {
    const { durable } = this.#chain;
    if (durable !== null) await this.#told(this.#heads.add(durable));
    const inStore = this.#inStore();
    if (inStore !== null) void this.#trees.grow(inStore);
  }

  /** Where the chain stands, if the store has all of it until there. */
  #inStore(): ChainHead | null {
    const { durable, mode } = this.#chain;
    return mode === 'STORE' ? durable : null;
  }

  /** A head that cannot be signed is logged and delays nothing: its entries are already written. */
  async #told(signing: Promise<void>): Promise<void> {
    this.#signing = true;
    await signing.catch((error) => {
      this.#log.error({ code: errorCodeOf(error) }, 'A head of the register could not be signed and kept');
    });
    this.#signing = false;
  }
}
