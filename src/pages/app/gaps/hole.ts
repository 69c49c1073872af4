import type { Contact, Hole } from '../../../client/hole.ts';

export {
  byKind,
  type Contact,
  groupHoles,
  type Hole,
  type HoleGroup,
  type HoleKind as HoleGroupKind,
} from '../../../client/hole.ts';

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
