import { LRUCache } from 'lru-cache';

/** Milliseconds for which something is kept: so old it may be for a request, and no older. */
const KEPT_MS = 1_000;
/** Things kept at most: one for all, and one for each caller. */
const MOST = 500;

interface Kept {
  value: Promise<unknown>;
  /** When it was asked for, on a clock that is never set. */
  at: number;
}

/**
 * What every request asks of the index before anybody is looked for: how feeds stand, and of whom the caller is kept,
 * which depends on the caller alone. Kept for a second, and forgotten at once when this gateway has changed the index or
 * hears that somebody has. Nothing of whoever is asked for is in here.
 */
export class IndexMemory {
  readonly #kept = new LRUCache<string, Kept>({ max: MOST });
  readonly #keptMs: number;

  /** @param keptMs how old, in milliseconds, what a request is told may be; 0 keeps nothing */
  constructor(keptMs = KEPT_MS) {
    this.#keptMs = keptMs;
  }

  /** @param key everything that the value depends on, but the index itself */
  keep<Value>(key: string, load: () => Promise<Value>): Promise<Value> {
    const before = this.#kept.get(key);
    const now = performance.now();
    if (before && now - before.at < this.#keptMs) return before.value as Promise<Value>;
    const kept = { value: load(), at: now };
    this.#kept.set(key, kept);
    // A failure is told to those who wait for it, and to nobody after them.
    kept.value.catch(() => {
      if (this.#kept.peek(key) === kept) this.#kept.delete(key);
    });
    return kept.value;
  }

  forget(): void {
    this.#kept.clear();
  }
}
