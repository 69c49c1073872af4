import { type Kysely, sql } from 'kysely';
import type { StoreTables } from '../store/store.ts';
import { type ChainHead, type LinkedEntry, link, type PlainEntry } from './chain.ts';
import { RegisterConflictError, RegisterUnavailableError } from './errors.ts';
import { codeOf, type RegisterLog, type RegisterMetrics } from './reporting.ts';
import type { Spool } from './spool.ts';
import { headWithStore, type KnownPlaces } from './starting-head.ts';
import { headInTable, insertEntries } from './table.ts';
import { within } from './time-limit.ts';
import { Turns } from './turns.ts';

export interface ChainWriterOptions {
  readonly db: Kysely<StoreTables>;
  readonly chain: string;
  readonly spool: Spool;
  readonly places: KnownPlaces;
  /** Where the chain goes on; null if only the store can say, which it has not yet. */
  readonly head: ChainHead | null;
  /** Milliseconds the store has for one write before the spool takes it. */
  readonly storeTimeoutMs: number;
  readonly log: RegisterLog;
  readonly metrics: RegisterMetrics | undefined;
  /** Told when entries first go to the spool. */
  readonly onSpooling: () => void;
}

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
  /** Given a place but acknowledged to nobody: the store may have them or not, so they are written again first. */
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

  /** Moves what waits in the spool to the store and goes back to writing there. Throws when the store cannot take it. */
  async drain(): Promise<void> {
    const { db, storeTimeoutMs } = this.#options;
    // Asked outside a turn: entries go on to the spool while the store is still away.
    await within(storeTimeoutMs, sql`select 1`.execute(db));
    while (this.#mode === 'SPOOL') await this.#turns.take(() => this.#drainSome());
  }

  async #write(entries: readonly PlainEntry[]): Promise<void> {
    const head = await this.#knownHead();
    if (this.#unsettled.length > 0) await this.#settle(this.#unsettled);
    const linked = link(this.#options.chain, head, entries);
    this.#head = linked.at(-1) ?? head;
    await this.#settle(linked);
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
      this.#options.metrics?.waiting(this.#options.spool.waiting);
      return 'spool';
    } catch (cause) {
      this.#options.log.error({ code: codeOf(cause) }, 'The register’s spool cannot be written');
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
    const { spool, metrics } = this.#options;
    const { entries, moved } = await spool.oldest();
    await this.#insert(entries);
    moved();
    metrics?.waiting(spool.waiting);
  }

  #insert(entries: readonly LinkedEntry[]): Promise<void> {
    return within(this.#options.storeTimeoutMs, insertEntries(this.#options.db, entries));
  }

  async #knownHead(): Promise<ChainHead> {
    if (this.#head !== null) return this.#head;
    const { db, chain, places, storeTimeoutMs } = this.#options;
    try {
      const inTable = await within(storeTimeoutMs, headInTable(db, chain));
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
        { chain, code: codeOf(error) },
        'The register’s store cannot be written: entries go to the spool',
      );
  }
}
