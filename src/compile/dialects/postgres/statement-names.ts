import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PoolClient } from 'pg';

/** More than this on one connection, and the server would keep plans of documents that nobody sends any more. */
const NAMES_PER_CONNECTION = 200;

/**
 * Names for statements that are sent again and again, so that the server plans each once a connection. A text is
 * named when it comes for the second time while it is remembered.
 */
export class StatementNames {
  readonly #seen = new LRUCache<string, { name: string | null }>({ max: 100 });
  readonly #onConnection = new WeakMap<PoolClient, Set<string>>();
  readonly #stale = new WeakSet<PoolClient>();

  /** The name to send this text under on this connection; undefined to send it without. */
  nameFor(text: string, client: PoolClient): string | undefined {
    const seen = this.#seen.get(text);
    if (!seen) {
      this.#seen.set(text, { name: null });
      return undefined;
    }
    seen.name ??= createHash('sha256').update(text).digest('hex').slice(0, 40);
    const names = this.#onConnection.get(client) ?? new Set();
    this.#onConnection.set(client, names.add(seen.name));
    return seen.name;
  }

  /** What was prepared on this connection is of no use any more. */
  forget(client: PoolClient): void {
    this.#stale.add(client);
  }

  /** Whether the connection should be given back: it holds too many prepared statements, or stale ones. */
  isFull(client: PoolClient): boolean {
    if (this.#stale.has(client)) return true;
    return (this.#onConnection.get(client)?.size ?? 0) >= NAMES_PER_CONNECTION;
  }
}
