/** Ids that are sealed for one reader, or made at random: 28 bytes and more in base64url, UUIDs. */
const OPAQUE = /^(?:[\w-]{38,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Hashes of policies and texts. */
const HASH = /^[0-9a-f]{40,128}$/;

/**
 * An answer in which nothing hangs on when and where it was asked: `id-1`, `id-2` … stand for opaque ids, by where each first
 * appears, and `hash-1` … for hashes. The same stands for the same within one answer.
 */
export function stableAnswer(answer: unknown): unknown {
  const names = new Map<string, string>();
  const counts = { id: 0, hash: 0 };
  const nameOf = (value: string, kind: 'id' | 'hash') => {
    const name = names.get(value) ?? `${kind}-${++counts[kind]}`;
    names.set(value, name);
    return name;
  };
  const stable = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (HASH.test(value)) return nameOf(value, 'hash');
      return OPAQUE.test(value) ? nameOf(value, 'id') : value;
    }
    if (Array.isArray(value)) return value.map(stable);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, stable(inner)]));
  };
  return stable(answer);
}
