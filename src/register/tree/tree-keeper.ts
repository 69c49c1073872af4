import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { StoreDatabase } from '../../store/tables.ts';
import { type ChainHead, GENESIS } from '../chain.ts';
import type { SigningKeys } from '../signing-key.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { type CheckpointLog, readCheckpoints } from './checkpoint-log.ts';
import { Frontier } from './merkle.ts';
import {
  type EntryRow,
  entriesAfter,
  follows,
  type HashedLeaf,
  hashed,
  insertCheckpoint,
  insertLeaves,
  makeLeaf,
  newestCheckpoint,
} from './stored.ts';

/** A chain's tree cannot go on: what is in the store is not what was signed. No checkpoint is signed over it. */
export class TreeStoppedError extends Error {
  override readonly name = 'TreeStoppedError';
  readonly code = 'REGISTER_TREE_STOPPED';

  constructor(chain: string, why: string) {
    super(`No more checkpoints of chain ${chain}: ${why}`);
  }
}

export interface TreeKeeperOptions {
  readonly db: StoreDatabase;
  readonly chain: string;
  readonly keys: SigningKeys;
  readonly log: CheckpointLog;
  /** Where `log` writes. */
  readonly file: string;
  readonly now: () => Date;
}

interface Grown {
  readonly frontier: Frontier;
  readonly counts: ReadonlyMap<string, number>;
  /** Hash of the chain's entry at the frontier's size. */
  readonly head: string;
}

/** Leaves that are made, and written, at once. */
const PAGE = 1_000;
/** After a page it rests so many times as long as that took, so that writing entries has most of the process and the store. */
const REST = 9;
const LONGEST_PAUSE_MS = 1_000;
/** Leaves that are made before whatever else waits has its turn. */
const AT_A_STRETCH = 50;

/**
 * Grows one chain's tree behind the chain, and signs checkpoints over it. A leaf is made only of entries that lead to a head
 * which this gateway knows itself, so that a row that was changed in the table meanwhile is never vouched for. Only one
 * process may keep a chain's tree.
 */
export class TreeKeeper {
  readonly #options: TreeKeeperOptions;
  #grown: Grown | null = null;

  constructor(options: TreeKeeperOptions) {
    this.#options = options;
  }

  /**
   * Brings the tree up to this head of the chain, in the store and in the file of checkpoints; a checkpoint for each page.
   * @param stopped asked between pages
   * @throws TreeStoppedError, the driver's and the system's errors; the next call begins where this one ended
   */
  async growTo(head: ChainHead, stopped: () => boolean = () => false): Promise<void> {
    try {
      this.#grown ??= await this.#begin();
      const ends = await this.#pageEnds(this.#grown, head);
      for (const end of ends) {
        if (stopped()) return;
        const began = performance.now();
        this.#grown = await this.#growPage(this.#grown, end);
        // Requests wait for entries, and nobody for leaves.
        if (!stopped()) await sleep(Math.min(LONGEST_PAUSE_MS, REST * (performance.now() - began)));
      }
    } catch (error) {
      // What came through is read again.
      this.#grown = null;
      throw error;
    }
  }

  /** Where the tree stands in the store, if that is what was signed last. */
  async #begin(): Promise<Grown> {
    const { db, chain, keys, file } = this.#options;
    const publicKeys = await keys.trusted();
    const stored = await newestCheckpoint(db, chain);
    const kept = (await readCheckpoints(file)).findLast((line) => line.chain === chain)?.note;
    const signed = kept ? openCheckpoint(kept, chain, publicKeys) : null;
    if (stored === null) {
      if (signed !== null) throw this.#stop(`the store has none of size ${signed.size}`);
      return { frontier: Frontier.empty(), counts: new Map(), head: GENESIS };
    }
    const opened = openCheckpoint(stored.note, chain, publicKeys);
    const frontier = Frontier.from(stored.size, stored.frontier);
    if (opened?.size !== stored.size || !frontier?.root().equals(opened.root))
      throw this.#stop(`the one of size ${stored.size} in the store is not as it was signed`);
    if (signed !== null && signed.size > stored.size)
      throw this.#stop(`the store has none of size ${signed.size}, which was signed`);
    if (signed?.size === stored.size && !signed.root.equals(opened.root))
      throw this.#stop(`the one of size ${stored.size} in the store is another than was signed`);
    return { frontier, counts: stored.counts, head: stored.head };
  }

  #stop(why: string): TreeStoppedError {
    return new TreeStoppedError(this.#options.chain, why);
  }

  /** Last places of pages up to the head, once it is known that the entries lead there. */
  async #pageEnds({ frontier, head: begin }: Grown, head: ChainHead): Promise<readonly ChainHead[]> {
    const { db, chain } = this.#options;
    const ends: ChainHead[] = [];
    let last: ChainHead = { seq: frontier.size, hash: begin };
    // One page is read once, by whoever makes leaves of it.
    if (head.seq > last.seq && head.seq - last.seq <= PAGE) return [head];
    while (last.seq < head.seq) {
      const rows = await entriesAfter(db, chain, last.seq, Math.min(PAGE, head.seq - last.seq));
      last = this.#follow(last, rows);
      ends.push(last);
    }
    this.#mustLeadTo(head, last);
    return ends;
  }

  #follow(from: ChainHead, rows: readonly EntryRow[]): ChainHead {
    let last = from;
    for (const row of rows) {
      if (!follows(this.#options.chain, row, last.seq + 1, last.hash))
        throw this.#stop(`entry ${last.seq + 1} in the table is not the one that was written`);
      last = { seq: row.seq, hash: row.hash };
    }
    if (rows.length === 0) throw this.#stop(`entry ${from.seq + 1} is not in the table`);
    return last;
  }

  #mustLeadTo(head: ChainHead, last: ChainHead): void {
    if (last.seq === head.seq && last.hash !== head.hash)
      throw this.#stop(`entry ${head.seq} in the table is not the one that was written`);
  }

  async #growPage({ frontier: before, counts: countsBefore, head }: Grown, end: ChainHead): Promise<Grown> {
    const { db, chain, keys, log, now } = this.#options;
    const rows = await entriesAfter(db, chain, before.size, end.seq - before.size);
    const last = this.#follow({ seq: before.size, hash: head }, rows);
    if (last.seq !== end.seq) throw this.#stop(`entry ${last.seq + 1} is not in the table`);
    this.#mustLeadTo(end, last);
    const frontier = before.copy();
    const counts = new Map(countsBefore);
    const leaves: HashedLeaf[] = [];
    for (const row of rows) {
      leaves.push(hashed(makeLeaf(chain, row, randomUUID(), counts)));
      if (leaves.length % AT_A_STRETCH === 0) await nextTurn();
    }
    for (const { hash } of leaves) frontier.add(hash);
    const standing = { chain, at: now(), salt: randomUUID(), counts };
    const { size } = frontier;
    const note = signCheckpoint(await keys.current(), {
      ...standing,
      ...{ size, root: frontier.root(), at: standing.at.toISOString() },
    });
    const checkpoint = { ...standing, size, note, frontier: frontier.bytes(), head: end.hash };
    await db.transaction().execute(async (transaction) => {
      await insertLeaves(transaction, leaves);
      await insertCheckpoint(transaction, checkpoint);
    });
    // Leaves that are signed for are in the store: none would be made anew with other salts.
    await log.add(note);
    return { frontier, counts, head: end.hash };
  }
}
