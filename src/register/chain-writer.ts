import { sql } from 'kysely';
import type { Logger } from '../logger.ts';
import { isStoreOutage } from '../store/outage.ts';
import type { StoreDatabase } from '../store/tables.ts';
import {
  type ChainHead,
  headWithStore,
  type KnownPlaces,
  type LinkedEntry,
  link,
  type PlainEntry,
} from './chain.ts';
import {
  errorCodeOf,
  RegisterConflictError,
  type RegisterMetrics,
  RegisterUnavailableError,
} from './errors.ts';
import type { Spool } from './spool.ts';
import { headInTable, insertEntries, insertNewEntries, TimeLimitError, withTimeLimit } from './table.ts';

export interface ChainWriterOptions {
  readonly db: StoreDatabase;
  readonly chain: string;
  readonly spool: Spool;
  readonly places: KnownPlaces;
  /** Where the chain goes on; null if only the store can say, which it has not yet. */
  readonly head: ChainHead | null;
  /** Milliseconds the store has for one write before the spool takes it. */
  readonly storeTimeoutMs: number;
  readonly log: Logger;
  readonly metrics: RegisterMetrics | undefined;
  /** Told when entries first go to the spool. */
  readonly onSpooling: () => void;
}

/** What is done in the transaction that writes its entries; what it throws undoes both. */
export type Act = (transaction: StoreDatabase) => Promise<void>;

/** An act takes a few statements, and may wait for another of the same login. */
const ACT_TAKES = 5;

/**
 * Writes one chain, to the store or, while that cannot be reached, to the spool. Once anything is in the spool all
 * goes there, until it has been drained: so the store takes the chain in order.
 */
export class ChainWriter {
  readonly #options: ChainWriterOptions;
  readonly #turns = new Turns();
  #mode: 'STORE' | 'SPOOL' = 'STORE';
  /** The last place given away; null while it is not known. */
  #head: ChainHead | null;
  /** The last place known to be durably written. */
  #durable: ChainHead | null;
  /**
   * Entries with a place but not yet acknowledged. The store may or may not have them, so they are written again first.
   */
  #unsettled: readonly LinkedEntry[] = [];

  constructor(options: ChainWriterOptions) {
    this.#options = options;
    this.#head = options.head;
    this.#durable = options.head;
    if (options.spool.waiting > 0) this.#mode = 'SPOOL';
  }

  get mode(): 'STORE' | 'SPOOL' {
    return this.#mode;
  }

  get durable(): ChainHead | null {
    return this.#durable;
  }

  /** Whether every entry that was given a place is known to be written. */
  get settled(): boolean {
    return this.#unsettled.length === 0;
  }

  /** @throws RegisterUnavailableError when neither store nor spool could take them */
  write(entries: readonly PlainEntry[]): Promise<void> {
    return this.#turns.take(() => this.#write(entries));
  }

  /**
   * Writes entries together with an act in one transaction of the store, or neither; the spool is no place for it. If the
   * answer to the commit is lost, it is not known whether the transaction came through: then the entries are written as any
   * others are, so that an entry may stand without its act, and never an act without its entry.
   * @throws RegisterUnavailableError when the store is away or it is not known; whatever the act throws, with nothing written
   */
  writeWith(entries: readonly PlainEntry[], act: Act): Promise<void> {
    return this.#turns.take(() => this.#writeWith(entries, act));
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#turns.take(async () => {});
  }

  /** Moves what waits in the spool to the store and goes back to writing there. Throws when the store cannot take it. */
  async drain(): Promise<void> {
    const { db, storeTimeoutMs } = this.#options;
    // Done outside a turn, so that entries still go to the spool while the store is away.
    await withTimeLimit(storeTimeoutMs, sql`select 1`.execute(db));
    while (this.#mode === 'SPOOL') await this.#turns.take(() => this.#drainSome());
  }

  async #write(entries: readonly PlainEntry[]): Promise<void> {
    const head = await this.#knownHead();
    if (this.#unsettled.length > 0) await this.#settle(this.#unsettled);
    const linked = link(this.#options.chain, head, entries);
    this.#head = linked.at(-1) ?? head;
    await this.#settle(linked);
  }

  async #writeWith(entries: readonly PlainEntry[], act: Act): Promise<void> {
    const head = await this.#knownHead();
    if (this.mode === 'STORE' && this.#unsettled.length > 0) await this.#settle(this.#unsettled);
    if (this.mode === 'SPOOL') throw new RegisterUnavailableError('the store is away');
    const linked = link(this.#options.chain, head, entries);
    const began = performance.now();
    const run = { committing: false, givenUp: false };
    try {
      await withTimeLimit(this.#options.storeTimeoutMs * ACT_TAKES, this.#transaction(linked, act, run));
    } catch (error) {
      run.givenUp = true;
      if (run.committing) await this.#settleUnknown(linked, error);
      const away = isStoreOutage(error) || error instanceof TimeLimitError;
      throw away ? new RegisterUnavailableError('the store did not take an act', error) : error;
    }
    const newest = linked.at(-1);
    if (newest !== undefined) this.#head = this.#durable = { seq: newest.seq, hash: newest.hash };
    this.#options.metrics?.written(linked.length, 'store', (performance.now() - began) / 1000);
  }

  #transaction(
    linked: readonly LinkedEntry[],
    act: Act,
    run: { committing: boolean; givenUp: boolean },
  ): Promise<void> {
    return this.#options.db.transaction().execute(async (transaction) => {
      await insertNewEntries(transaction, linked);
      await act(transaction);
      // Whoever waited has been told that nothing was written: so it must be.
      if (run.givenUp) throw new TimeLimitError(this.#options.storeTimeoutMs * ACT_TAKES);
      run.committing = true;
    });
  }

  /** The store has these or not; their places are taken, and whatever comes next stands behind them. */
  async #settleUnknown(linked: readonly LinkedEntry[], error: unknown): Promise<never> {
    this.#head = linked.at(-1) ?? this.#head;
    this.#unsettled = linked;
    this.#mode = 'SPOOL';
    this.#report(error);
    this.#options.onSpooling();
    await this.#settle(linked);
    throw new RegisterUnavailableError('it is not known whether the store took an act', error);
  }

  async #settle(entries: readonly LinkedEntry[]): Promise<void> {
    this.#unsettled = entries;
    const began = performance.now();
    const place = await this.#keep(entries);
    this.#unsettled = [];
    const newest = entries.at(-1);
    if (newest !== undefined) this.#durable = { seq: newest.seq, hash: newest.hash };
    this.#options.metrics?.written(entries.length, place, (performance.now() - began) / 1000);
  }

  async #keep(entries: readonly LinkedEntry[]): Promise<'store' | 'spool'> {
    const wasSpooling = this.#mode === 'SPOOL';
    if (!wasSpooling && (await this.#tryStore(entries))) return 'store';
    try {
      await this.#options.spool.append(entries);
      return 'spool';
    } catch (cause) {
      this.#options.log.error({ code: errorCodeOf(cause) }, 'The register’s spool cannot be written');
      if (wasSpooling) return this.#storeAfterAll(entries);
      throw new RegisterUnavailableError('neither the store nor the spool can be written', cause);
    }
  }

  async #tryStore(entries: readonly LinkedEntry[]): Promise<boolean> {
    try {
      await this.#insert(entries);
      return true;
    } catch (error) {
      this.#mode = 'SPOOL';
      this.#report(error);
      this.#options.onSpooling();
      return false;
    }
  }

  /** The spool has failed, so only the store is left: it takes what waits, then these. */
  async #storeAfterAll(entries: readonly LinkedEntry[]): Promise<'store'> {
    try {
      while (this.#options.spool.waiting > 0) await this.#moveOldest();
      await this.#insert(entries);
      return 'store';
    } catch (cause) {
      throw new RegisterUnavailableError('neither the store nor the spool can be written', cause);
    }
  }

  async #drainSome(): Promise<void> {
    const { spool, log, chain } = this.#options;
    if (spool.waiting > 0) await this.#moveOldest();
    if (spool.waiting > 0) return;
    await spool.clear();
    this.#mode = 'STORE';
    log.info({ chain }, 'The register’s spool has been drained: entries go to the store again');
  }

  async #moveOldest(): Promise<void> {
    const { spool } = this.#options;
    const { entries, moved } = await spool.oldest();
    await this.#insert(entries);
    moved();
  }

  #insert(entries: readonly LinkedEntry[]): Promise<void> {
    return withTimeLimit(this.#options.storeTimeoutMs, insertEntries(this.#options.db, entries));
  }

  async #knownHead(): Promise<ChainHead> {
    if (this.#head !== null) return this.#head;
    const { db, chain, places, storeTimeoutMs } = this.#options;
    try {
      const inTable = await withTimeLimit(storeTimeoutMs, headInTable(db, chain));
      this.#head = headWithStore(inTable, places);
    } catch (cause) {
      throw new RegisterUnavailableError('the store has not yet said where the chain stands', cause);
    }
    this.#durable = this.#head;
    return this.#head;
  }

  #report(error: unknown): void {
    const { log, chain } = this.#options;
    if (error instanceof RegisterConflictError) log.error({ chain, code: error.code }, error.message);
    else
      log.warn(
        { chain, code: errorCodeOf(error) },
        'The register’s store cannot be written: entries go to the spool',
      );
  }
}

/** One at a time, in the order asked. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
