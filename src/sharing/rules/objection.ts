import type { ObjectionEffect } from '../policy/policies.ts';
import type { SharingQuestion } from './grant.ts';

/** What an objection of the person to this section does at this purpose; null where there is none, or it does nothing. */
export function objectionTo(
  { policy, purpose, wishes }: SharingQuestion,
  section: string,
): ObjectionEffect | null {
  if (!wishes?.objected.includes(section)) return null;
  return policy.purposes.get(purpose)?.objection ?? null;
}

const OBJECTS =
  'The person has objected to this being shared for their care. At this purpose it is shared all the same: ask what they want.';

/** The policy's own message, and before it, where the person objected and it goes on, that they did. */
export function withObjection(
  question: SharingQuestion,
  section: string,
  message: string | null,
): string | null {
  if (objectionTo(question, section) !== 'flagged') return message;
  return message === null ? OBJECTS : `${OBJECTS} ${message}`;
}
