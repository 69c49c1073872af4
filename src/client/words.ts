import type { Reason } from './generated/schema.ts';
import { type Contact, desk, type Hole, type HoleKind, type HoleState } from './hole.ts';
import type { NotAnswered, NotAnsweredKind } from './not-answered.ts';

/**
 * Everything that the client says, in one language, for one kind of reader. `{name}` stands for what is filled in; a
 * sentence may put it anywhere, or leave it out.
 */
export interface Words {
  /** `rtl`: names and numbers that are filled in are set apart, so that they keep their own direction. */
  direction: 'ltr' | 'rtl';
  /** How it stands, as a heading. */
  states: Readonly<Record<HoleState, string>>;
  /** Why, as what follows the heading. */
  reasons: Readonly<Record<Reason, string>>;
  /** Why, of a state that came without a reason. Never to be read as "there is none". */
  bareStates: Readonly<Partial<Record<HoleState, string>>>;
  /** NONE_IN_SCOPE, where the scope is known: `{scope}`. */
  noneAmong: string;
  /** A state or reason of a later gateway: `{name}`. Never to be read as "there is none". */
  unknownState: string;
  unknownReason: string;
  /** Ends what is no sentence yet, such as whose a hole is: `{text}`. */
  sentence: string;
  /** Whom to call: `{desk}` and `{number}`, a telephone number or an address of mail. */
  call: string;
  callWithoutNumber: string;
  /** In the place of a value that is null and has no hole. */
  none: string;
  /** Over holes of one kind; `{count}` is how many. */
  kinds: Readonly<Record<HoleKind, string>>;
  /** Nothing was answered: `{message}` is what the gateway says, in English, `{seconds}` when to ask again. */
  notAnswered: Readonly<Record<NotAnsweredKind, string>>;
  /** After it, where the gateway says when: `{seconds}`. */
  askAgainIn: string;
}

const STATES: Words['states'] = {
  WITHHELD: 'Withheld',
  UNAVAILABLE: 'No answer',
  NOT_HELD: 'Nothing found',
  NOT_COVERED: 'Not supplied',
  POSSIBLE_MATCH_ONLY: 'Possible match only',
  NOT_AVAILABLE: 'Not available',
};

/** For a member of staff. */
export const ENGLISH: Words = {
  direction: 'ltr',
  states: STATES,
  reasons: {
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
  },
  bareStates: {
    WITHHELD: 'which says nothing of whether there is something',
    UNAVAILABLE: 'which says nothing of whether there is something',
    NOT_COVERED: 'Sightline is not given this',
    POSSIBLE_MATCH_ONLY: 'the link is too weak to disclose on',
    NOT_AVAILABLE: 'which does not prove that nothing is known',
  },
  noneAmong: 'nothing among {scope}',
  unknownState: 'Not known what ({name})',
  unknownReason: 'for a reason that is not known here ({name})',
  sentence: '{text}.',
  call: 'Call {desk}, {number}.',
  callWithoutNumber: 'Call {desk}.',
  none: 'None.',
  kinds: {
    open: 'Can be opened',
    call: 'Call to find out',
    'not found': 'Asked, and nothing found',
    policy: '{count} withheld from everybody in your role, for this purpose',
  },
  notAnswered: {
    SIGN_IN: 'Sign in again. {message}',
    PURPOSE: 'Not answered for this purpose. {message}',
    REFERENCE: 'Not answered without a reference. {message}',
    WAIT: 'Too much was asked in a short while. {message}',
    UNAVAILABLE: 'Nothing can be answered now, of anybody. {message}',
    LIMIT: 'Too much was asked at once. {message}',
    INPUT: 'Something that was filled in is wrong. {message}',
    DOCUMENT: 'This page asks what cannot be understood. {message}',
    NOT_TRUSTED: 'This page asks what is not registered. {message}',
    FAULT: 'Sightline failed. {message}',
    NO_CONNECTION: '{message}. Nothing was answered.',
    ABORTED: '{message}. Nothing was answered.',
    NOT_GRAPHQL: 'This is not Sightline. {message}',
    OTHER: 'Not answered. {message}',
  },
  askAgainIn: 'Ask again in {seconds} seconds.',
};

/** `warningMarkers`, `mental-health`, `NOT_HELD` → "Warning markers", "Mental health", "Not held". */
export function nameInWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export interface WordsOptions {
  /** Defaults to `ENGLISH`. */
  words?: Words;
  /** Names of agencies by their id; without one the id is put in words. */
  agencies?: Readonly<Record<string, string>>;
  /** What was asked, in words: `scope` of the agency's entry in `sources`. */
  scope?: string | null;
}

/** A hole as a reader is told of it. */
export interface HoleInWords {
  /** "Northshire Mental Health Trust"; null where no agency is named. */
  who: string | null;
  /** "Withheld". */
  state: string;
  /** "Withheld: more detail than is shared with you". */
  why: string;
  /** "Call Crisis line, 01632 960200."; null where there is nobody to call. */
  call: string | null;
  /** All of it. */
  sentence: string;
}

/** What is to be shown in the place of what a hole leaves open. */
export function words(hole: Omit<Hole, 'path'>, options: WordsOptions = {}): HoleInWords {
  const { words: language = ENGLISH, agencies = {}, scope } = options;
  const who = hole.agency === null ? null : (agencies[hole.agency] ?? nameInWords(hole.agency));
  const state =
    own(language.states, hole.state) ??
    fill(language, language.unknownState, { name: nameInWords(hole.state) });
  const reason = reasonOf(hole, language, scope);
  const why = reason ? `${state}: ${reason}` : state;
  const call = callInWords(hole.contact, language);
  const told = [who, why].map((text) => text && fill(language, language.sentence, { text }));
  return { who, state, why, call, sentence: [...told, hole.message, call].filter(Boolean).join(' ') };
}

function reasonOf({ state, reason }: Omit<Hole, 'path'>, language: Words, scope?: string | null) {
  if (reason === null) return own(language.bareStates, state);
  if (reason === 'NONE_IN_SCOPE' && scope) return fill(language, language.noneAmong, { scope });
  return reasonInWords(reason, language);
}

/** Why something is not given. A later gateway may know reasons that this client does not. */
export const reasonInWords = (reason: string, language: Words = ENGLISH): string =>
  own(language.reasons, reason) ?? fill(language, language.unknownReason, { name: nameInWords(reason) });

function callInWords(contact: Contact | null, language: Words): string | null {
  const found = desk({ contact });
  if (!found) return null;
  const number = found.phone ?? found.email;
  const call = number ? language.call : language.callWithoutNumber;
  return fill(language, call, { desk: found.desk, number: number ?? '' });
}

/** What stands in the place of a value that is null: what its holes say, and "none" only where it has none. */
export function wordsAt(holes: readonly Hole[], options: WordsOptions = {}): string {
  const { words: language = ENGLISH } = options;
  if (holes.length === 0) return language.none;
  return [...new Set(holes.map((hole) => words(hole, options).sentence))].join(' ');
}

/** Over the holes of one kind. */
export const kindInWords = (kind: HoleKind, count: number, language: Words = ENGLISH): string =>
  fill(language, language.kinds[kind], { count: String(count) });

/** Why nothing was answered, and when to ask again. */
export function notAnsweredInWords(error: NotAnswered, language: Words = ENGLISH): string {
  const told = fill(language, language.notAnswered[error.kind], { message: error.message });
  if (error.waitSeconds === null) return told;
  return `${told} ${fill(language, language.askAgainIn, { seconds: String(error.waitSeconds) })}`;
}

/** A table's own entry: `constructor` is the name of none. */
const own = (table: Readonly<Partial<Record<string, string>>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** What is filled in keeps its direction (Unicode's first-strong isolate) where the sentence runs the other way. */
function fill({ direction }: Words, template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (all, name: string) => {
    const value = own(values, name);
    if (value === undefined) return all;
    return direction === 'rtl' && value ? `\u2068${value}\u2069` : value;
  });
}
