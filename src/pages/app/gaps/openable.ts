import type { Hole } from './hole.ts';

/** A section of somebody in the answer that is given in an emergency only. */
export interface Openable {
  /** Their id on the caller's reference. */
  person: string;
  /** As the answer has it; null where it was not asked. */
  name: string | null;
  section: string;
}

/** A section of somebody in the answer on which a person of the agency decides each time. */
export interface Askable extends Openable {
  agency: string;
}

/**
 * What an answer leaves out that break-glass may open, each section of a person once. A person stands in it where their id
 * was asked beside the section, both by their own names: whose section it is must not be a guess.
 */
export function openableIn(answer: unknown, holes: readonly Hole[]): readonly Openable[] {
  const found = new Map<string, Openable>();
  for (const hole of holes) {
    const whose = whoseIn(answer, hole, 'NEEDS_BREAK_GLASS');
    if (whose) found.set(`${whose.person} ${whose.section}`, whose);
  }
  return [...found.values()];
}

/** The same of what a person of an agency decides: each section of a person once for each agency. */
export function askableIn(answer: unknown, holes: readonly Hole[]): readonly Askable[] {
  const found = new Map<string, Askable>();
  for (const hole of holes) {
    const { agency } = hole;
    const whose = whoseIn(answer, hole, 'NEEDS_REVIEW');
    if (whose && agency !== null)
      found.set(`${whose.person} ${whose.section} ${agency}`, { ...whose, agency });
  }
  return [...found.values()];
}

/** The person and section of a gap that is withheld for this reason; null where it is another, or whose it is cannot be told. */
function whoseIn(
  answer: unknown,
  { path, section, state, reason }: Hole,
  wanted: 'NEEDS_BREAK_GLASS' | 'NEEDS_REVIEW',
): Openable | null {
  if (state !== 'WITHHELD' || reason !== wanted || section === null) return null;
  const keys = typeof path === 'string' ? path.split('.') : path;
  const parent = valueAt((answer as { data?: unknown }).data, keys.slice(0, keys.lastIndexOf(section)));
  const { id, identity } = (parent ?? {}) as { id?: unknown; identity?: { name?: unknown } | null };
  if (!keys.includes(section) || typeof id !== 'string') return null;
  return { person: id, name: typeof identity?.name === 'string' ? identity.name : null, section };
}

function valueAt(data: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);
}
