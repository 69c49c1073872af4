import { type FileHandle, readFile } from 'node:fs/promises';
import { hashOf, type LinkedEntry } from './chain.ts';
import { openToAppend } from './durable-file.ts';
import { RegisterFileError } from './errors.ts';

/** Where entries wait, on disk, while the store cannot be reached. */
export class Spool {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Bytes that are whole, on disk and counted. */
  #length: number;
  /** Bytes already moved to the store. */
  #moved = 0;
  #waiting: number;
  #dirty = false;

  private constructor(path: string, file: FileHandle, length: number, waiting: number) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
    this.#waiting = waiting;
  }

  /**
   * Opens the spool, made if need be. A torn last line, acknowledged to nobody, is dropped.
   * @returns the newest entry in it, and how many bytes were dropped
   * @throws RegisterFileError when it cannot be written, or a whole line is not as it was written
   */
  static async open(path: string): Promise<{ spool: Spool; newest: LinkedEntry | null; torn: number }> {
    const file = await openToAppend(path);
    const { entries, length, torn, damagedLine } = parseSpool(await file.readFile());
    if (damagedLine !== null) {
      await file.close();
      throw new RegisterFileError(
        path,
        `line ${damagedLine} is not as it was written; it needs a person to look`,
      );
    }
    const spool = new Spool(path, file, length, entries.length);
    if (torn > 0) await spool.#cut(length);
    return { spool, newest: entries.at(-1) ?? null, torn };
  }

  /** Entries not yet moved to the store. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when the entries are on disk. When it throws, none of them is in the spool. */
  async append(entries: readonly LinkedEntry[]): Promise<void> {
    if (this.#dirty) await this.#cut(this.#length);
    const bytes = Buffer.from(entries.map(spoolLine).join(''));
    this.#dirty = true;
    await this.#file.appendFile(bytes);
    await this.#file.datasync();
    this.#dirty = false;
    this.#length += bytes.length;
    this.#waiting += entries.length;
  }

  /**
   * The oldest waiting entries, about so many bytes of them, and how to say that they have been moved.
   * @throws RegisterFileError when somebody else has changed the file
   */
  async oldest(bytes = 1_000_000): Promise<{ entries: readonly LinkedEntry[]; moved(): void }> {
    const end = this.#length;
    let size = Math.min(bytes, end - this.#moved);
    let chunk = await this.#read(this.#moved, size);
    while (chunk.lastIndexOf(0x0a) < 0 && this.#moved + size < end) {
      size = Math.min(size * 2, end - this.#moved);
      chunk = await this.#read(this.#moved, size);
    }
    const { entries, length, damagedLine } = parseSpool(chunk);
    if (entries.length === 0 || damagedLine !== null) {
      throw new RegisterFileError(this.#path, 'waiting entries are not as they were written');
    }
    const moved = () => {
      this.#moved += length;
      this.#waiting -= entries.length;
    };
    return { entries, moved };
  }

  /** Empties the spool, all of which has been moved. */
  async clear(): Promise<void> {
    await this.#cut(0);
    this.#length = 0;
    this.#moved = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  /** What a failed write left behind must be gone before the next line, or the next would be glued to it. */
  async #cut(length: number): Promise<void> {
    this.#dirty = true;
    await this.#file.truncate(length);
    await this.#file.datasync();
    this.#dirty = false;
  }
}

/** The entries waiting in a spool that another process may be writing. No file is no entries. */
export async function readSpool(path: string): Promise<ReturnType<typeof parseSpool>> {
  const bytes = await readFile(path).catch((cause) => {
    if (cause.code === 'ENOENT') return Buffer.alloc(0);
    throw new RegisterFileError(path, 'it cannot be read', cause);
  });
  return parseSpool(bytes);
}

/** One entry as a line: the entry's JSON has no line feeds or tabs of its own. */
function spoolLine({ chain, seq, previous, hash, entry }: LinkedEntry): string {
  return `${chain}\t${seq}\t${previous}\t${hash}\t${entry}\n`;
}

/** The entry of a line; null if the line is not as it was written. */
function parseSpoolLine(line: string): LinkedEntry | null {
  const [chain, seq, previous, hash, entry, ...more] = line.split('\t');
  if (!chain || !seq || !previous || !hash || !entry || more.length > 0) return null;
  if (hashOf(chain, Number(seq), previous, entry) !== hash) return null;
  const { at, requestId, person } = JSON.parse(entry);
  return { chain, seq: Number(seq), previous, hash, entry, at, requestId, person };
}

interface SpoolText {
  readonly entries: readonly LinkedEntry[];
  /** Bytes of whole lines. */
  readonly length: number;
  /** Bytes after the last whole line: a write that a crash cut short, acknowledged to nobody. */
  readonly torn: number;
  /** Line number of the first whole line that is not as it was written. */
  readonly damagedLine: number | null;
}

function parseSpool(bytes: Buffer): SpoolText {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1);
  const entries: LinkedEntry[] = [];
  let damagedLine: number | null = null;
  for (const [index, line] of lines.entries()) {
    const entry = parseSpoolLine(line);
    if (entry !== null) entries.push(entry);
    else damagedLine ??= index + 1;
  }
  return { entries, length, torn: bytes.length - length, damagedLine };
}
