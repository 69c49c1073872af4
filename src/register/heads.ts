import { type KeyObject, sign, verify } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type ChainHead, START } from './chain.ts';
import { openToAppend, readIfThere } from './durable-file.ts';
import type { SigningKeys } from './signing-key.ts';

/** A signed statement that a chain was at this place at this time. Kept outside the store. */
export interface SignedHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The gateway stopped here: no entry may follow until it signs a newer head. */
  readonly closed: boolean;
  /** Ed25519, base64. */
  readonly signature: string;
}

export function signHead(key: KeyObject, head: Omit<SignedHead, 'signature'>): SignedHead {
  const { chain, seq, hash, at, closed } = head;
  return { chain, seq, hash, at, closed, signature: sign(null, signedBytes(head), key).toString('base64') };
}

export function isGenuine(key: KeyObject, head: SignedHead): boolean {
  return verify(null, signedBytes(head), key, Buffer.from(head.signature, 'base64'));
}

function signedBytes({ chain, seq, hash, at, closed }: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(`sightline register head\n${chain}\n${seq}\n${hash}\n${at}\n${closed}`);
}

export interface HeadLine {
  /** From 1. */
  readonly line: number;
  /** Null where the line is no head at all. */
  readonly head: SignedHead | null;
}

/** A file's heads in the order written. A last line that was never finished is left out; no file is no heads. */
export async function readHeads(file: string): Promise<readonly HeadLine[]> {
  const lines = ((await readIfThere(file)) ?? '').split('\n').slice(0, -1);
  return lines.map((text, index) => ({ line: index + 1, head: parseHead(text) }));
}

function parseHead(text: string): SignedHead | null {
  try {
    const value: unknown = JSON.parse(text);
    return isHead(value) ? value : null;
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is SignedHead {
  if (typeof value !== 'object' || value === null) return false;
  const { chain, seq, hash, at, closed, signature } = value as Record<string, unknown>;
  const texts = [chain, hash, at, signature].every((part) => typeof part === 'string');
  return texts && Number.isSafeInteger(seq) && typeof closed === 'boolean';
}

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
