import type { Path } from './ledger.ts';

/** A response path from its start: `['people', 0, 'crisisPlan']`. */
export function pathKeys(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys;
}
