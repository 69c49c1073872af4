/** Ids of one block; a block is 8 KiB. */
const BLOCK = 65_536;

/** Which rows of the index a pass has seen, a bit each: some kilobytes where their ids would be many megabytes. */
export class SeenRecords {
  readonly #blocks = new Map<number, Uint8Array>();
  #size = 0;

  /** How many different ids were added. */
  get size(): number {
    return this.#size;
  }

  /** @param id of a row of `index_record`, a whole number above nought */
  add(id: number): void {
    if (this.has(id)) return;
    const block = this.#blocks.get(Math.floor(id / BLOCK)) ?? new Uint8Array(BLOCK / 8);
    this.#blocks.set(Math.floor(id / BLOCK), block);
    block[(id % BLOCK) >> 3] = (block[(id % BLOCK) >> 3] ?? 0) | (1 << (id & 7));
    this.#size += 1;
  }

  has(id: number): boolean {
    const byte = this.#blocks.get(Math.floor(id / BLOCK))?.[(id % BLOCK) >> 3] ?? 0;
    return (byte & (1 << (id & 7))) !== 0;
  }
}
