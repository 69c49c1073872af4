import type { HoleGroup } from './hole.ts';

const STATES: Readonly<Record<string, string>> = {
  WITHHELD: 'Withheld',
  UNAVAILABLE: 'No answer',
  NOT_HELD: 'Nothing found',
  NOT_COVERED: 'Not supplied',
  POSSIBLE_MATCH_ONLY: 'Possible match only',
  PARTIAL: 'Incomplete',
};

const REASONS: Readonly<Record<string, string>> = {
  GATEWAY_EXCLUDES: 'the law this purpose rests on leaves this agency out',
  AGREEMENT_NOT_IN_FORCE: 'the sharing agreement is not in force',
  AGREEMENT_WITHDRAWN: 'the sharing agreement has been withdrawn',
  ROLE: 'not shared with your role',
  PURPOSE: 'not shared for this purpose',
  NOT_LISTED: 'the agency does not list it for your role and purpose',
  NOT_OFFERED: 'not offered here',
  NEEDS_REVIEW: 'someone at the agency decides each time: call them',
  NEEDS_BREAK_GLASS: 'only in an emergency, by break-glass',
  CONSENT_REQUIRED: 'consent must be recorded on your case first',
  NO_RELATIONSHIP: 'your reference does not tie you to this person',
  RELATIONSHIP_UNVERIFIED: 'your tie to this person could not be checked',
  OTHER_ORGANISATION_ONLY: 'shared only with the organisation that holds it',
  LEVEL: 'more detail than is shared with you',
  NO_LINKED_RECORD: 'no record is linked to this person, which does not prove that there is none',
  NONE_IN_SCOPE: 'nothing within what may be asked',
  TIMED_OUT: 'the agency did not answer in time',
  FAILED: 'the agency could not answer',
  STARTING: 'the agency is still starting',
};

/** Said of a state without a reason. Never read as "there is none". */
const BARE_STATES: Readonly<Record<string, string>> = {
  NOT_COVERED: 'this agency does not supply it',
  POSSIBLE_MATCH_ONLY: 'the link is too weak to disclose on',
};

/** `warningMarkers`, `mental-health` → "Warning markers", "Mental health". */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is missing, whose it is, and why, in plain words. */
export function holeInWords(hole: HoleGroup, agencies: Readonly<Record<string, string>>) {
  const state = STATES[hole.state] ?? inWords(hole.state);
  const why = hole.reason ? (REASONS[hole.reason] ?? inWords(hole.reason)) : BARE_STATES[hole.state];
  return {
    what: hole.section ? inWords(hole.section) : (hole.paths[0] ?? 'This answer'),
    whose: hole.agency && (agencies[hole.agency] ?? inWords(hole.agency)),
    why: why ? `${state}: ${why}` : state,
    where: where(hole),
  };
}

/** The fields within the section, each once; nothing where it is the section as a whole. */
function where({ section, paths }: HoleGroup): string {
  const fields = [...new Set(paths.map((path) => within(section, path)))];
  const places = paths.length > fields.length ? `${paths.length} places` : '';
  return [fields.filter(Boolean).join(', '), places].filter(Boolean).join(' · ');
}

/** What a path says beyond its section; all of it where the caller gave the section another name. */
function within(section: string | null, path: string): string {
  const names = path.split('.');
  return names.slice(names.lastIndexOf(section ?? '') + 1).join('.');
}
