import { KeysNotDistinctError } from '../run/errors.ts';

/**
 * The keys that one statement asks for in one column, and whose row a row is. What counts as the same key only the
 * column knows: a type of fixed width ignores blanks at the end, varchar does not, and numbers are compared by value. So
 * keys that some type or collation could take for one another (`alike`) are told apart by the database itself, which says
 * at which places of that list a row's key stands; all others have one form, and are found by it without asking.
 */
export class RequestedKeys {
  /** Empty in all but the rarest of requests. */
  readonly alike: readonly string[];
  readonly #byForm = new Map<string, string>();
  readonly #known = new Map<unknown, string>();

  readonly #keys: ReadonlySet<string>;
  readonly #toTheByte: boolean;

  /** @param toTheByte whether keys are told apart to the byte already: then each is its own alone, and none is asked after. */
  constructor(keys: Iterable<string>, toTheByte: boolean) {
    this.#keys = new Set(keys);
    this.#toTheByte = toTheByte;
    if (toTheByte) {
      this.alike = [];
      return;
    }
    const byForm = new Map<string, string[]>();
    for (const key of this.#keys) byForm.set(form(key), [...(byForm.get(form(key)) ?? []), key]);
    this.alike = [...byForm.values()].filter((same) => same.length > 1).flat();
    for (const [written, [key, other]] of byForm)
      if (key !== undefined && other === undefined) this.#byForm.set(written, key);
  }

  /** Those of the keys that are in a set. */
  among(others: ReadonlySet<string>): readonly string[] {
    return [...this.#keys].filter((key) => others.has(key));
  }

  /**
   * The key that was asked for this row. `places` are those of `alike` at which the row's key stands, from 1.
   * Throws KeysNotDistinctError where two keys asked are one to the column, and where a row is of no key asked.
   */
  keyOf(cell: unknown, places: readonly number[]): string {
    if (this.#toTheByte) {
      const own = String(cell);
      if (!this.#keys.has(own)) throw new KeysNotDistinctError();
      return own;
    }
    if (places.length > 1) throw new KeysNotDistinctError();
    const [place] = places;
    const key = place === undefined ? this.#keyOfForm(cell) : this.alike[place - 1];
    if (key === undefined) throw new KeysNotDistinctError();
    return key;
  }

  #keyOfForm(cell: unknown): string | undefined {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    const key = this.#byForm.get(form(String(cell)));
    if (key !== undefined) this.#known.set(cell, key);
    return key;
  }
}

const NUMBER = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/;

/** What is left of a key without all that the types and collations of databases ignore: two keys of two forms are never one. */
function form(key: string): string {
  const plain = key.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
  const [number, sign, whole, fraction] = NUMBER.exec(plain) ?? [];
  if (number === undefined) return plain;
  return `${sign === '-' ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
