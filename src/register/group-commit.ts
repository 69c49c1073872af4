interface Waiting<T> {
  readonly items: readonly T[];
  resolve(): void;
  reject(error: unknown): void;
}

/** What gathers while one write is under way goes into the next, so that a busy time makes few, larger writes. */
export class GroupCommit<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  readonly #most: number;
  #queue: Waiting<T>[] = [];
  #writing: Promise<void> | null = null;

  /** @param most items in one write, unless a single call has more */
  constructor(write: (items: readonly T[]) => Promise<void>, most: number) {
    this.#write = write;
    this.#most = most;
  }

  /** Resolves when the items have been written; rejects, for each call alike, when their write failed. */
  add(items: readonly T[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ items, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#takeGroup();
      try {
        await this.#write(group.flatMap(({ items }) => items));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = null;
  }

  #takeGroup(): readonly Waiting<T>[] {
    let size = 0;
    let calls = 0;
    for (const { items } of this.#queue) {
      size += items.length;
      if (calls > 0 && size > this.#most) break;
      calls += 1;
    }
    return this.#queue.splice(0, calls);
  }
}
