/** A desk that people can call. */
export interface Contact {
  desk: string;
  phone?: string | null;
  email?: string | null;
  hours?: string | null;
  staffedNow?: boolean | null;
  advice?: string | null;
}

/** One entry of `extensions.holes`: something that was asked and is not in the answer. */
export interface Hole {
  path: string | readonly (string | number)[];
  section: string | null;
  agency: string | null;
  state: string;
  reason: string | null;
  contact: Contact | null;
}

/** Holes that differ by nothing but their path. */
export interface HoleGroup extends Omit<Hole, 'path'> {
  paths: readonly string[];
}

/** Puts together what reads the same, in the order of the answer: the gateway names what is worst first. */
export function groupHoles(holes: readonly Hole[]): HoleGroup[] {
  const groups = new Map<string, HoleGroup & { paths: string[] }>();
  for (const { path, ...hole } of holes) {
    const key = JSON.stringify([hole.section, hole.agency, hole.state, hole.reason, hole.contact?.desk]);
    const group = groups.get(key) ?? { ...hole, paths: [] };
    group.paths.push(typeof path === 'string' ? path : path.join('.'));
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The holes that an answer names; null where it names none and says nothing about them either (a refused query, the schema). */
export function holesOf(answer: unknown): Hole[] | null {
  const holes = (answer as { extensions?: { holes?: unknown } } | null)?.extensions?.holes;
  return Array.isArray(holes) ? holes : null;
}
