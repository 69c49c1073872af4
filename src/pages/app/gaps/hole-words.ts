import type { AnswerReason, HoleState } from '../../../states.ts';
import type { HoleGroup, HoleGroupKind } from './hole.ts';

const STATES: Readonly<Record<HoleState, string>> = {
  WITHHELD: 'Withheld',
  UNAVAILABLE: 'No answer',
  NOT_HELD: 'Nothing found',
  NOT_COVERED: 'Not supplied',
  POSSIBLE_MATCH_ONLY: 'Possible match only',
  NOT_AVAILABLE: 'Not available',
};

const REASONS: Readonly<Record<AnswerReason, string>> = {
  GATEWAY_EXCLUDES: 'the law this purpose rests on leaves this agency out',
  AGREEMENT_NOT_IN_FORCE: 'the sharing agreement is not in force',
  AGREEMENT_WITHDRAWN: 'the sharing agreement has been withdrawn',
  ROLE: 'not shared with your role',
  PURPOSE: 'not shared for this purpose',
  NOT_LISTED: 'the agency does not list it for your role and purpose',
  NOT_OFFERED: 'not offered here',
  NEEDS_REVIEW: 'someone at the agency decides each time: ask them to, or call them',
  NEEDS_BREAK_GLASS: 'only in an emergency, by break-glass',
  CONSENT_REQUIRED:
    'the person must agree first: whoever refers them asks, and records it with recordConsent',
  NO_RELATIONSHIP: 'your reference does not tie you to this person',
  RELATIONSHIP_UNVERIFIED: 'your tie to this person could not be checked',
  OTHER_ORGANISATION_ONLY: 'shared only with the organisation that holds it',
  OBJECTED:
    'the person has objected to its being shared for their care: ask them, or call the agency, which decides',
  LEVEL: 'more detail than is shared with you',
  NO_LINKED_RECORD: 'no record is linked to this person, which does not prove that there is none',
  NONE_IN_SCOPE: 'nothing within what may be asked',
  TIMED_OUT: 'the agency did not answer in time',
  FAILED: 'the agency could not answer',
  STARTING: 'the agency is still starting',
  TOO_LARGE: 'too much for one answer: ask for less at once',
  TOO_MANY_ROWS: 'the agency has more than was looked at: call them for the rest',
  UNREADABLE: 'there is a record, but what it says here is missing or could not be read',
};

/** The same for somebody who asks about themselves: no roles, no purposes, and "you" for the person. */
const REASONS_FOR_SUBJECT: Readonly<Record<AnswerReason, string>> = {
  GATEWAY_EXCLUDES: 'the law does not let this organisation show it here; ask them in writing',
  AGREEMENT_NOT_IN_FORCE: 'this organisation does not show it here yet; ask them in writing',
  AGREEMENT_WITHDRAWN: 'this organisation has stopped showing it here; ask them in writing',
  ROLE: 'this organisation does not show it here; you can ask them in writing',
  PURPOSE: 'this organisation does not show it here; you can ask them in writing',
  NOT_LISTED: 'this organisation does not show it here; you can ask them in writing',
  NOT_OFFERED: 'never shown here, to anybody; you can ask the organisation in writing',
  NEEDS_REVIEW: 'somebody at the organisation decides each time: call them',
  NEEDS_BREAK_GLASS: 'not shown here; you can ask the organisation in writing',
  CONSENT_REQUIRED: 'shown once you have agreed to it: call them',
  NO_RELATIONSHIP: 'we could not tell that this is about you: call them',
  RELATIONSHIP_UNVERIFIED: 'we could not check just now that this is about you: try again, or call them',
  OTHER_ORGANISATION_ONLY: 'kept within the organisation; you can ask them in writing',
  OBJECTED: 'not shown while your objection to it stands: call them if you think otherwise now',
  LEVEL: 'there may be more than is shown here; you can ask the organisation in writing',
  NO_LINKED_RECORD: 'we found no record linked to you, which does not prove that there is none',
  NONE_IN_SCOPE: 'nothing within what is shown here',
  TIMED_OUT: 'the organisation did not answer in time: try again later',
  FAILED: 'the organisation could not answer: try again later',
  STARTING: 'the organisation is still starting: try again in a minute',
  TOO_LARGE: 'too much for one answer: ask for less at once',
  TOO_MANY_ROWS: 'the organisation has more than is shown here; you can ask them in writing',
  UNREADABLE: 'there is a record, but what it says here is missing or could not be read: call them',
};

/** Said of a state without a reason. Never read as "there is none". */
const BARE_STATES: Readonly<Partial<Record<HoleState, string>>> = {
  NOT_COVERED: 'this agency does not supply it',
  POSSIBLE_MATCH_ONLY: 'the link is too weak to disclose on',
  NOT_AVAILABLE: 'which does not prove that nothing is known',
};

/** `warningMarkers`, `mental-health` → "Warning markers", "Mental health". */
export function nameInWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why something is not given, in the words of a member of staff. A later gateway may know reasons that this page does not. */
export const reasonInWords = (reason: string): string =>
  REASONS[reason as AnswerReason] ?? nameInWords(reason);

const isSubject = (role: string | null) => role === 'data-subject';

/** Over the gaps of one kind. `count` is how many there are. */
export function kindInWords(kind: HoleGroupKind, count: number, role: string | null): string {
  switch (kind) {
    case 'open':
      return isSubject(role) ? 'Shown if somebody agrees' : 'Can be opened';
    case 'call':
      return 'Call to find out';
    case 'not found':
      return 'Asked, and nothing found';
    case 'policy':
      return isSubject(role)
        ? `${count} not shown here to anybody about themselves`
        : `${count} withheld from everybody in your role, for this purpose`;
  }
}

/**
 * What is missing, whose it is, and why, in plain words.
 * Takes the role of the reader, null where it is not known: a data subject reads words of their own.
 */
export function holeInWords(
  hole: HoleGroup,
  agencies: Readonly<Record<string, string>>,
  role: string | null,
) {
  // A later gateway may know words that this page does not.
  const state = STATES[hole.state as HoleState] ?? nameInWords(hole.state);
  const reasons = isSubject(role) ? REASONS_FOR_SUBJECT : REASONS;
  const why = hole.reason
    ? (reasons[hole.reason as AnswerReason] ?? nameInWords(hole.reason))
    : BARE_STATES[hole.state as HoleState];
  return {
    what: hole.section ? nameInWords(hole.section) : (hole.paths[0] ?? 'This answer'),
    whose: hole.agency && (agencies[hole.agency] ?? nameInWords(hole.agency)),
    why: why ? `${state}: ${why}` : state,
    where: placesInWords(hole),
  };
}

/** The fields within the section, each once; nothing where it is the section as a whole. */
function placesInWords({ section, paths }: HoleGroup): string {
  const fields = [...new Set(paths.map((path) => pathInSection(section, path)))];
  const places = paths.length > fields.length ? `${paths.length} places` : '';
  return [fields.filter(Boolean).join(', '), places].filter(Boolean).join(' · ');
}

/** What a path says beyond its section; all of it where the caller gave the section another name. */
function pathInSection(section: string | null, path: string): string {
  const names = path.split('.');
  return names.slice(names.lastIndexOf(section ?? '') + 1).join('.');
}
