import type { HoleState, WithheldReason } from '../../../states.ts';

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
  /** A `HoleState`, or one that a later gateway knows. */
  state: string;
  /** An `AnswerReason`, or one that a later gateway knows. */
  reason: string | null;
  contact: Contact | null;
  /** Who on the same reference may know, where somebody may. */
  message?: string;
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

/**
 * What the reader can do about a gap: have it opened, call, know that it was asked and not found, or nothing, since policy
 * withholds it from everybody in their place.
 */
export type HoleGroupKind = 'open' | 'call' | 'not found' | 'policy';
/** As the panel lists them. */
export const HOLE_GROUP_KINDS: readonly HoleGroupKind[] = ['open', 'call', 'not found', 'policy'];

const BY_REASON: Readonly<Record<WithheldReason, HoleGroupKind>> = {
  NEEDS_BREAK_GLASS: 'open',
  NEEDS_REVIEW: 'open',
  CONSENT_REQUIRED: 'open',
  GATEWAY_EXCLUDES: 'policy',
  AGREEMENT_NOT_IN_FORCE: 'policy',
  AGREEMENT_WITHDRAWN: 'policy',
  ROLE: 'policy',
  PURPOSE: 'policy',
  NOT_LISTED: 'policy',
  NOT_OFFERED: 'call',
  NO_RELATIONSHIP: 'call',
  RELATIONSHIP_UNVERIFIED: 'call',
  OTHER_ORGANISATION_ONLY: 'policy',
  OBJECTED: 'call',
  LEVEL: 'call',
};
const BY_STATE: Readonly<Record<HoleState, HoleGroupKind>> = {
  UNAVAILABLE: 'call',
  NOT_AVAILABLE: 'call',
  POSSIBLE_MATCH_ONLY: 'call',
  NOT_HELD: 'not found',
  WITHHELD: 'call',
  NOT_COVERED: 'policy',
};

/** Whatever is not known to be constant is something to call about: a new state or reason is never folded away. */
export function holeGroupKind({ state, reason }: Pick<Hole, 'state' | 'reason'>): HoleGroupKind {
  const kind: HoleGroupKind | undefined =
    state === 'WITHHELD' ? BY_REASON[reason as WithheldReason] : BY_STATE[state as HoleState];
  return kind ?? 'call';
}

/** Gaps by what can be done about them. Whom one can reach now comes first, otherwise the order stays. */
export function byKind(groups: readonly HoleGroup[]): Map<HoleGroupKind, HoleGroup[]> {
  const kinds = new Map<HoleGroupKind, HoleGroup[]>();
  for (const kind of HOLE_GROUP_KINDS) {
    const own = groups.filter((group) => holeGroupKind(group) === kind);
    if (own.length > 0)
      kinds.set(
        kind,
        own.sort((one, other) => reach(one) - reach(other)),
      );
  }
  return kinds;
}

/** 0 where somebody is at the desk now, 2 where nobody is, 1 where that is not known. */
function reach({ contact }: HoleGroup): number {
  if (contact?.staffedNow === true) return 0;
  return contact?.staffedNow === false ? 2 : 1;
}

/** The holes that an answer names; null where it names none and says nothing about them either (a refused query, the schema). */
export function holesInAnswer(answer: unknown): Hole[] | null {
  const holes = (answer as { extensions?: { holes?: unknown } } | null)?.extensions?.holes;
  return Array.isArray(holes) ? holes : null;
}

/** Why nothing is answered to anybody for now, and whom to call. */
export interface Outage {
  message: string;
  contacts: readonly (Contact & { agency: string })[];
}

/** What a refusal says while nobody's token can be checked; null for every other answer. */
export function outageOf(answer: unknown): Outage | null {
  const { errors } = answer as { errors?: { message: string; extensions?: Record<string, unknown> }[] };
  const away = errors?.find(({ extensions }) => extensions?.code === 'ISSUER_UNAVAILABLE');
  if (away === undefined) return null;
  const { contacts } = away.extensions as { contacts?: Outage['contacts'] };
  return { message: away.message, contacts: contacts ?? [] };
}
