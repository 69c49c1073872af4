import type { AnswerState, Reason } from './generated/schema.ts';

/** What a hole can say: what is not, or not wholly, disclosed, or that a person as a whole is not there. */
export type HoleState = Exclude<AnswerState, 'DISCLOSED' | 'PARTIAL'> | 'NOT_AVAILABLE';

/** A desk that people can call. */
export interface Contact {
  desk: string;
  phone?: string | null;
  email?: string | null;
  hours?: string | null;
  staffedNow?: boolean | null;
  advice?: string | null;
}

/** A place of an answer: keys and positions of lists, or both with dots between them. */
export type Path = string | readonly (string | number)[];

/** One entry of `extensions.holes`: something that was asked and is not in the answer. */
export interface Hole {
  /** `*` stands for every entry of a list, where many people were asked for at once. */
  path: Path;
  section: string | null;
  agency: string | null;
  /** A `HoleState`, or one that a later gateway knows. */
  state: string;
  /** A `Reason`, or one that a later gateway knows. */
  reason: string | null;
  contact: Contact | null;
  /** Who on the same reference may know, where somebody may. */
  message?: string;
}

const keysOf = (path: Path): readonly string[] =>
  typeof path === 'string' ? path.split('.').filter(Boolean) : path.map(String);

/** Whether the shorter of the two leads to the longer. */
const along = (hole: readonly string[], place: readonly string[]): boolean =>
  hole.every((key, at) => at >= place.length || key === '*' || key === place[at]);

/** The holes at a place of the answer or around it. Only where there is none does null there mean "none". */
export function holesAt(holes: readonly Hole[], path: Path): readonly Hole[] {
  const place = keysOf(path);
  return holes.filter((hole) => {
    const keys = keysOf(hole.path);
    return keys.length <= place.length && along(keys, place);
  });
}

/** The same, and those further in: all that is open in a section. */
export function holesWithin(holes: readonly Hole[], path: Path): readonly Hole[] {
  const place = keysOf(path);
  return holes.filter((hole) => along(keysOf(hole.path), place));
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
    group.paths.push(keysOf(path).join('.'));
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * What the reader can do about a hole: have it opened, call, know that it was asked and not found, or nothing, since policy
 * withholds it from everybody in their place.
 */
export type HoleKind = 'open' | 'call' | 'not found' | 'policy';
/** As a page lists them. */
export const HOLE_KINDS: readonly HoleKind[] = ['open', 'call', 'not found', 'policy'];

/** Of WITHHELD; what is not here is one to call about. */
const BY_REASON: Readonly<Partial<Record<Reason, HoleKind>>> = {
  NEEDS_BREAK_GLASS: 'open',
  NEEDS_REVIEW: 'open',
  CONSENT_REQUIRED: 'open',
  GATEWAY_EXCLUDES: 'policy',
  AGREEMENT_NOT_IN_FORCE: 'policy',
  AGREEMENT_WITHDRAWN: 'policy',
  ROLE: 'policy',
  PURPOSE: 'policy',
  NOT_LISTED: 'policy',
  OTHER_ORGANISATION_ONLY: 'policy',
};
const BY_STATE: Readonly<Record<HoleState, HoleKind>> = {
  UNAVAILABLE: 'call',
  NOT_AVAILABLE: 'call',
  POSSIBLE_MATCH_ONLY: 'call',
  NOT_HELD: 'not found',
  WITHHELD: 'call',
  NOT_COVERED: 'policy',
};

/** Whatever is not known to be constant is something to call about: a new state or reason is never folded away. */
export function holeKind({ state, reason }: Pick<Hole, 'state' | 'reason'>): HoleKind {
  const kind: HoleKind | undefined =
    (state === 'WITHHELD' && BY_REASON[reason as Reason]) || BY_STATE[state as HoleState];
  return kind ?? 'call';
}

/** Holes by what can be done about them. Whom one can reach now comes first, otherwise the order stays. */
export function byKind<Each extends Pick<Hole, 'state' | 'reason' | 'contact'>>(
  holes: readonly Each[],
): Map<HoleKind, Each[]> {
  const kinds = new Map<HoleKind, Each[]>();
  for (const kind of HOLE_KINDS) {
    const same = holes.filter((hole) => holeKind(hole) === kind);
    if (same.length > 0)
      kinds.set(
        kind,
        same.sort((one, other) => reach(one.contact) - reach(other.contact)),
      );
  }
  return kinds;
}

/** 0 where somebody is at the desk now, 2 where nobody is, 1 where that is not known. */
function reach(contact: Contact | null): number {
  if (contact?.staffedNow === true) return 0;
  return contact?.staffedNow === false ? 2 : 1;
}

export interface Desk extends Contact {
  /** For a link: `tel:` where there is a number, else `mailto:`, else null. */
  href: string | null;
}

/** Whom to call about a hole; null where there is nobody to call. */
export function desk({ contact }: Pick<Hole, 'contact'>): Desk | null {
  if (!contact) return null;
  const { phone, email } = contact;
  const mail = email ? `mailto:${email}` : null;
  return { ...contact, href: phone ? `tel:${phone.replaceAll(/[^\d+]/g, '')}` : mail };
}
