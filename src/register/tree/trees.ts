import type { Logger } from '../../logger.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { ChainHead } from '../chain.ts';
import type { RegisterFolder } from '../data-folder.ts';
import { errorCodeOf } from '../errors.ts';
import { isGenuine, readHeads, type SignedHead } from '../heads.ts';
import type { SigningKeys } from '../signing-key.ts';
import { CheckpointLog } from './checkpoint-log.ts';
import { TreeKeeper, TreeStoppedError } from './tree-keeper.ts';

export interface TreesOptions {
  readonly db: StoreDatabase;
  readonly files: RegisterFolder;
  /** The chain that is written now. */
  readonly chain: string;
  readonly keys: SigningKeys;
  readonly now: () => Date;
  readonly log: Logger;
}

/**
 * Keeps the trees of one gateway's chains: of the one that it writes, and of those before it, which may be of a time when
 * there were no trees. A tree that cannot grow is logged and delays nothing: its entries are already written.
 */
export class Trees {
  readonly #options: TreesOptions;
  readonly #checkpoints: CheckpointLog;
  readonly #keeper: TreeKeeper;
  #growing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  private constructor(options: TreesOptions, checkpoints: CheckpointLog) {
    this.#options = options;
    this.#checkpoints = checkpoints;
    this.#keeper = this.#keeperOf(options.chain);
  }

  /** @throws RegisterFileError; the system's error when the file cannot be written */
  static async open(options: TreesOptions): Promise<Trees> {
    return new Trees(options, await CheckpointLog.open(options.files.checkpoints));
  }

  /** Grows the tree of the gateway's chain to where the chain stands in the store. One at a time: what waits is enough. */
  grow(head: ChainHead): Promise<void> {
    if (this.#waiting > 0) return this.#growing;
    return this.#next(this.#keeper, head, this.#options.chain);
  }

  /** Grows the trees of the chains that this gateway wrote before, as far as their signed heads agree. */
  async carryOver(): Promise<void> {
    for (const { chain, seq, hash } of await this.#formerHeads())
      await this.#next(this.#keeperOf(chain), { seq, hash }, chain);
  }

  /** Ends after the page that is under way, or with `last` of the gateway's chain, if that is no more than a page. */
  async close(last: ChainHead | null): Promise<void> {
    this.#closed = true;
    await this.#growing;
    if (last !== null) await this.#grown(this.#keeper, last, this.#options.chain);
    await this.#checkpoints.close();
  }

  #next(keeper: TreeKeeper, head: ChainHead, chain: string): Promise<void> {
    this.#waiting += 1;
    this.#growing = this.#growing.then(async () => {
      this.#waiting -= 1;
      if (!this.#closed) await this.#grown(keeper, head, chain);
    });
    return this.#growing;
  }

  async #grown(keeper: TreeKeeper, head: ChainHead, chain: string): Promise<void> {
    let pages = 0;
    const stopped = () => {
      pages += 1;
      return this.#closed && pages > 1;
    };
    try {
      await keeper.growTo(head, stopped);
    } catch (error) {
      const { log } = this.#options;
      if (error instanceof TreeStoppedError) log.error({ chain, code: error.code }, error.message);
      else log.warn({ chain, code: errorCodeOf(error) }, 'The register’s tree could not be grown yet');
    }
  }

  #keeperOf(chain: string): TreeKeeper {
    const { db, keys, files, now } = this.#options;
    return new TreeKeeper({
      ...{ db, chain, keys, now },
      ...{ log: this.#checkpoints, file: files.checkpoints },
    });
  }

  async #formerHeads(): Promise<readonly SignedHead[]> {
    const { files, chain, keys } = this.#options;
    const publicKeys = await keys.trusted();
    const newest = new Map<string, SignedHead>();
    for (const { head } of await readHeads(files.heads))
      if (head !== null && head.chain !== chain && head.seq >= (newest.get(head.chain)?.seq ?? 1))
        if (publicKeys.some((one) => isGenuine(one, head))) newest.set(head.chain, head);
    return [...newest.values()];
  }
}
