import type { Filter } from './filter.ts';

/** A set of people by their numbers. */
export class PeopleSet {
  #words: Uint32Array;

  constructor(size = 1024) {
    this.#words = new Uint32Array(Math.max(1, Math.ceil(size / 32)));
  }

  add(number: number): void {
    const at = number >>> 5;
    if (at >= this.#words.length) {
      const wider = new Uint32Array(Math.max(at + 1, this.#words.length * 2));
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (number & 31));
  }

  has(number: number): boolean {
    return ((this.#words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  /** As many bits as there are people, 32 to a word. */
  words(size: number): Uint32Array {
    const words = new Uint32Array(Math.ceil(size / 32));
    words.set(this.#words.subarray(0, Math.min(words.length, this.#words.length)));
    return words;
  }
}

/**
 * Who meets the filter, of so many people; `conditions` are who meets each condition in it, in the order of `testsOf`.
 * @returns a bit for each person, 32 to a word
 */
export function whoMeets(filter: Filter, conditions: readonly Uint32Array[], size: number): Uint32Array {
  let at = 0;
  const length = Math.ceil(size / 32);
  const meets = (one: Filter): Uint32Array => {
    if ('rows' in one) {
      const own = conditions[at] ?? new Uint32Array(length);
      at += 1;
      return own;
    }
    if ('not' in one) return inverted(meets(one.not), size);
    const parts = ('all' in one ? one.all : one.any).map(meets);
    return merged(parts, length, 'all' in one);
  };
  return meets(filter);
}

function merged(parts: readonly Uint32Array[], length: number, all: boolean): Uint32Array {
  const result = new Uint32Array(length).fill(all ? 0xffffffff : 0);
  for (const part of parts)
    for (let word = 0; word < length; word += 1)
      result[word] = all ? (result[word] ?? 0) & (part[word] ?? 0) : (result[word] ?? 0) | (part[word] ?? 0);
  return result;
}

function inverted(words: Uint32Array, size: number): Uint32Array {
  const result = words.map((word) => ~word);
  const rest = size & 31;
  if (rest !== 0 && result.length > 0) result[result.length - 1] = (result.at(-1) ?? 0) & (2 ** rest - 1);
  return result;
}
