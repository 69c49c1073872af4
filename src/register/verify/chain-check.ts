import { GENESIS, hashOf, type LinkedEntry } from '../chain.ts';
import type { SignedHead } from '../heads.ts';

/** In which way an entry is not what its place in the chain wants. */
export type Mismatch =
  | { readonly way: 'BEFORE_FIRST' }
  /** Places from here on are empty. */
  | { readonly way: 'GAP'; readonly from: number }
  /** The hash is not that of this entry at this place. */
  | { readonly way: 'HASH' }
  /** The entry fits its own hash, but not the entry before. */
  | { readonly way: 'LINK'; readonly before: LinkedEntry | null }
  /** What is kept beside the entry for look-ups says something else. */
  | { readonly way: 'COLUMNS' }
  /** Every hash fits, but a signed head says otherwise. `after`: the last place that a head does agree with. */
  | { readonly way: 'HEAD'; readonly after: number };

/** Follows one chain from its first entry, comparing each with what the ones before and the signed heads say. */
export class ChainCheck {
  readonly #heads: readonly SignedHead[];
  #nextHead = 0;
  #agreed = 0;
  #last: LinkedEntry | null = null;

  /** @param heads genuine heads of this chain in order of place */
  constructor(heads: readonly SignedHead[]) {
    this.#heads = heads.filter(({ seq }) => seq > 0);
  }

  /** The next place. */
  get expected(): number {
    return (this.#last?.seq ?? 0) + 1;
  }

  /** The hash that the entry at the next place must name as the one before. */
  get previous(): string {
    return this.#last?.hash ?? GENESIS;
  }

  /** Null when the entry is right; the check goes on behind it. */
  next(entry: LinkedEntry): Mismatch | null {
    const mismatch = this.#placeOf(entry) ?? contentOf(entry) ?? this.#headOf(entry);
    if (mismatch === null) this.#last = entry;
    return mismatch;
  }

  #placeOf(entry: LinkedEntry): Mismatch | null {
    if (entry.seq < this.expected) return { way: 'BEFORE_FIRST' };
    if (entry.seq > this.expected) return { way: 'GAP', from: this.expected };
    if (isNoLongerKept(entry)) return this.#follows(entry);
    if (hashOf(entry.chain, entry.seq, entry.previous, entry.entry) !== entry.hash) return { way: 'HASH' };
    return this.#follows(entry);
  }

  #follows(entry: LinkedEntry): Mismatch | null {
    return entry.previous === this.previous ? null : { way: 'LINK', before: this.#last };
  }

  #headOf(entry: LinkedEntry): Mismatch | null {
    for (
      let head = this.#heads[this.#nextHead];
      head?.seq === entry.seq;
      head = this.#heads[this.#nextHead]
    ) {
      if (head.hash !== entry.hash) return { way: 'HEAD', after: this.#agreed };
      this.#nextHead += 1;
    }
    if (this.#heads[this.#nextHead - 1]?.seq === entry.seq) this.#agreed = entry.seq;
    return null;
  }
}

/**
 * Its period is over: its hash stands, held by the next entry, its leaf and the signed heads. Whether that was recorded is
 * looked at once all chains are read.
 */
export const isNoLongerKept = ({ entry }: Pick<LinkedEntry, 'entry'>): boolean => entry === '';

function contentOf({ entry, at, requestId, person }: LinkedEntry): Mismatch | null {
  if (isNoLongerKept({ entry })) return requestId === '' && person === null ? null : { way: 'COLUMNS' };
  const kept = parse(entry);
  const same = kept?.at === at && kept.requestId === requestId && kept.person === person;
  return same ? null : { way: 'COLUMNS' };
}

function parse(entry: string): Record<string, unknown> | null {
  try {
    return JSON.parse(entry);
  } catch {
    return null;
  }
}
