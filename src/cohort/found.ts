import { PeopleSet } from '../counting/people-set.ts';

/** Who meets each condition, and who has each value, while people are still being numbered. */
export class Found {
  readonly #words = new Map<string, Uint32Array>();

  add(name: string, number: number): void {
    const at = number >>> 5;
    let words = this.#words.get(name) ?? new Uint32Array(64);
    if (at >= words.length) {
      const wider = new Uint32Array(2 ** Math.ceil(Math.log2(at + 1)));
      wider.set(words);
      words = wider;
    }
    words[at] = (words[at] ?? 0) | (1 << (number & 31));
    this.#words.set(name, words);
  }

  /** Who of the first so many people was added under a name. */
  of(name: string, size: number): PeopleSet {
    const words = new Uint32Array(Math.ceil(size / 32));
    words.set((this.#words.get(name) ?? new Uint32Array(0)).subarray(0, words.length));
    return new PeopleSet(size, words);
  }
}
