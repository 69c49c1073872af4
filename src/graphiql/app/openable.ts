import type { Hole } from './hole.ts';

/** A section of somebody in the answer that is given in an emergency only. */
export interface Openable {
  /** Their id on the caller's reference. */
  person: string;
  /** As the answer has it; null where it was not asked. */
  name: string | null;
  section: string;
}

/**
 * What an answer leaves out that break-glass may open, each section of a person once. A person stands in it where their id
 * was asked beside the section, both by their own names: whose section it is must not be a guess.
 */
export function openableIn(answer: unknown, holes: readonly Hole[]): readonly Openable[] {
  const found = new Map<string, Openable>();
  for (const { path, section, state, reason } of holes) {
    if (state !== 'WITHHELD' || reason !== 'NEEDS_BREAK_GLASS' || section === null) continue;
    const keys = typeof path === 'string' ? path.split('.') : path;
    const parent = valueAt((answer as { data?: unknown }).data, keys.slice(0, keys.lastIndexOf(section)));
    const { id, identity } = (parent ?? {}) as { id?: unknown; identity?: { name?: unknown } | null };
    if (!keys.includes(section) || typeof id !== 'string') continue;
    const name = typeof identity?.name === 'string' ? identity.name : null;
    found.set(`${id} ${section}`, { person: id, name, section });
  }
  return [...found.values()];
}

function valueAt(data: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);
}
