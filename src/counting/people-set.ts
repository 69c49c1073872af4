/**
 * A set of people of one universe, a bit for each: people are their places 0, 1, 2 … in it. Four sets of 1,000,000
 * people are half a megabyte; sets of different universes are never mixed.
 */
export class PeopleSet {
  readonly size: number;
  readonly #words: Uint32Array;

  constructor(size: number, words: Uint32Array = new Uint32Array(Math.ceil(size / 32))) {
    this.size = size;
    this.#words = words;
  }

  static of(size: number, people: Iterable<number>): PeopleSet {
    const set = new PeopleSet(size);
    for (const person of people) set.add(person);
    return set;
  }

  static everybody(size: number): PeopleSet {
    return new PeopleSet(size).complement();
  }

  /** Adds a person by their place; a place outside the universe is a mistake of whoever counts. */
  add(person: number): void {
    if (!(person >= 0 && person < this.size)) throw new RangeError(`No person ${person} among ${this.size}.`);
    const at = person >>> 5;
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (person & 31));
  }

  has(person: number): boolean {
    return ((this.#words[person >>> 5] ?? 0) & (1 << (person & 31))) !== 0;
  }

  and(other: PeopleSet): PeopleSet {
    const words = this.#copy(other);
    for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) & (other.#words[at] ?? 0);
    return new PeopleSet(this.size, words);
  }

  or(other: PeopleSet): PeopleSet {
    const words = this.#copy(other);
    for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) | (other.#words[at] ?? 0);
    return new PeopleSet(this.size, words);
  }

  /** Those of this set who are not in the other. */
  without(other: PeopleSet): PeopleSet {
    const words = this.#copy(other);
    for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) & ~(other.#words[at] ?? 0);
    return new PeopleSet(this.size, words);
  }

  complement(): PeopleSet {
    const words = this.#words.map((word) => ~word);
    const spare = this.size & 31;
    if (spare > 0) words[words.length - 1] = (words.at(-1) ?? 0) & ((1 << spare) - 1);
    return new PeopleSet(this.size, words);
  }

  count(): number {
    let people = 0;
    for (let word of this.#words) {
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      people += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    }
    return people;
  }

  forEach(visit: (person: number) => void): void {
    for (let at = 0; at < this.#words.length; at += 1) {
      let word = this.#words[at] ?? 0;
      while (word !== 0) {
        visit((at << 5) + (31 - Math.clz32(word & -word)));
        word &= word - 1;
      }
    }
  }

  /** Their places, in order. */
  members(): Int32Array {
    const members = new Int32Array(this.count());
    let at = 0;
    this.forEach((person) => {
      members[at] = person;
      at += 1;
    });
    return members;
  }

  #copy(other: PeopleSet): Uint32Array {
    if (other.size !== this.size) throw new RangeError('Sets of different universes.');
    return this.#words.slice();
  }
}
