/** People of one count under numbers from 0, as they are named, in so little memory that a million of them fit. */

/** Words of a person's id, once its dashes are taken out. */
const WORDS = 4;
const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Numbers people as they are named. An id of the index, a UUID, takes 16 bytes and its place in the table: as text in a Map
 * it would take ten times as much. Any other id is kept as it is written.
 */
export class Numbered {
  #size = 0;
  /** The words of each person by number; zeros for whoever is in `#others`. */
  #words = new Uint32Array(WORDS * 1024);
  /** Open addressing: a number plus one, or 0 where nobody is. */
  #slots = new Int32Array(2 * 1024);
  readonly #others = new Map<string, number>();
  readonly #otherIds = new Map<number, string>();

  get size(): number {
    return this.#size;
  }

  /** Their number, a new one where they have none yet. */
  number(person: string): number {
    if (!SHAPE.test(person)) return this.#numberOfOther(person);
    const [a, b, c, d] = wordsOf(person);
    for (let slot = this.#slotOf(a, d); ; slot = (slot + 1) & (this.#slots.length - 1)) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number === -1) {
        this.#slots[slot] = this.#size + 1;
        return this.#add(a, b, c, d);
      }
      const at = number * WORDS;
      const words = this.#words;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return number;
    }
  }

  /** Whose number it is. */
  person(number: number): string {
    const other = this.#otherIds.get(number);
    if (other !== undefined) return other;
    const at = number * WORDS;
    const words = this.#words;
    const [a, b, c, d] = [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0];
    return `${hex(a >>> 16)}${hex(a)}-${hex(b >>> 16)}-${hex(b)}-${hex(c >>> 16)}-${hex(c)}${hex(d >>> 16)}${hex(d)}`;
  }

  /** Ids are random but for their version: any of their bits spread them. */
  #slotOf = (a: number, d: number): number => (a ^ d) & (this.#slots.length - 1);

  #numberOfOther(person: string): number {
    const before = this.#others.get(person);
    if (before !== undefined) return before;
    const number = this.#add(0, 0, 0, 0);
    this.#others.set(person, number);
    this.#otherIds.set(number, person);
    return number;
  }

  #add(a: number, b: number, c: number, d: number): number {
    const number = this.#size;
    this.#size += 1;
    if (this.#size * WORDS > this.#words.length) {
      const words = new Uint32Array(2 * this.#words.length);
      words.set(this.#words);
      this.#words = words;
    }
    this.#words.set([a, b, c, d], number * WORDS);
    if (this.#size * 2 > this.#slots.length) this.#widen();
    return number;
  }

  #widen(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number += 1) {
      if (this.#otherIds.has(number)) continue;
      let slot = this.#slotOf(this.#words[number * WORDS] ?? 0, this.#words[number * WORDS + 3] ?? 0);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
    }
  }
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The last two bytes of a word. */
const hex = (word: number): string => `${BYTES[(word >>> 8) & 255]}${BYTES[word & 255]}`;

/** The words of an id that is of the shape. */
function wordsOf(person: string): [number, number, number, number] {
  return [
    word(person, 0, 2, 4, 6),
    word(person, 9, 11, 14, 16),
    word(person, 19, 21, 24, 26),
    word(person, 28, 30, 32, 34),
  ];
}

/** Bytes of a text, each of two digits, as one word. */
const word = (text: string, a: number, b: number, c: number, d: number): number =>
  ((byte(text, a) << 24) | (byte(text, b) << 16) | (byte(text, c) << 8) | byte(text, d)) >>> 0;
const byte = (text: string, at: number): number =>
  (digit(text.charCodeAt(at)) << 4) | digit(text.charCodeAt(at + 1));
/** `0` to `9` are 48 to 57, `a` to `f` 97 to 102. */
const digit = (code: number): number => (code < 97 ? code - 48 : code - 87);
