import type { FileHandle } from 'node:fs/promises';
import { type ChainHead, START } from './chain.ts';
import { openToAppend } from './durable-file.ts';
import { type SignedHead, signHead } from './heads.ts';
import type { SigningKeys } from './signing-key.ts';

interface Signing {
  readonly keys: SigningKeys;
  readonly chain: string;
  readonly now: () => Date;
}

/** Keeps signed heads of one chain in a file outside the store. */
export class HeadLog {
  readonly #file: FileHandle;
  readonly #signing: Signing;
  #signed: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, signing: Signing, signed: number) {
    this.#file = file;
    this.#signing = signing;
    this.#signed = signed;
  }

  /**
   * Opens the file and says in it that the chain goes on from its last signed head.
   * @throws RegisterFileError; the system's error when the file cannot be written
   */
  static async open(path: string, signing: Signing, last: SignedHead | null): Promise<HeadLog> {
    const file = await openToAppend(path);
    await endUnfinishedLine(file);
    const log = new HeadLog(file, signing, last?.seq ?? 0);
    await log.#write(last ?? START, false);
    return log;
  }

  /** The newest place under a signed head. */
  get signed(): number {
    return this.#signed;
  }

  /** Signs this head if it is newer than the last one signed. */
  add(head: ChainHead): Promise<void> {
    return this.#next(async () => {
      if (head.seq > this.#signed) await this.#write(head, false);
    });
  }

  /** Signs that the chain stops here, for now. */
  addClosed(head: ChainHead): Promise<void> {
    return this.#next(() => this.#write(head, true));
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => {});
    await this.#file.close();
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(work);
    return this.#writing;
  }

  async #write({ seq, hash }: ChainHead, closed: boolean): Promise<void> {
    const { keys, chain, now } = this.#signing;
    const head = signHead(await keys.current(), { chain, seq, hash, at: now().toISOString(), closed });
    await this.#file.appendFile(`${JSON.stringify(head)}\n`);
    await this.#file.datasync();
    this.#signed = seq;
  }
}

/** A crash may have cut the last line short: it was never a head, and the next one must not be glued to it. */
export async function endUnfinishedLine(file: FileHandle): Promise<void> {
  const bytes = await file.readFile();
  await file.truncate(bytes.lastIndexOf(0x0a) + 1);
}
