/** `sightline/client`: what a front end needs to ask Sightline, and to show what an answer leaves open. */
export {
  type Answer,
  type AskOptions,
  type ClientOptions,
  createClient,
  type SightlineClient,
  sharingHeaders,
} from './ask.ts';
export type { Document, TypedDocument } from './document.ts';
export type * as Schema from './generated/schema.ts';
export type { AnswerState, Reason, SharingLevel } from './generated/schema.ts';
export {
  byKind,
  type Contact,
  type Desk,
  desk,
  groupHoles,
  HOLE_KINDS,
  type Hole,
  type HoleGroup,
  type HoleKind,
  type HoleState,
  holeKind,
  holesAt,
  holesWithin,
  type Path,
} from './hole.ts';
export { NotAnswered, type NotAnsweredKind, refusal } from './not-answered.ts';
export {
  type Guarded,
  guarded,
  hasData,
  isDisclosed,
  isNotCovered,
  isNotHeld,
  isPartial,
  isPossibleMatchOnly,
  isUnavailable,
  isWithheld,
  type Section,
} from './section.ts';
export {
  ENGLISH,
  type HoleInWords,
  kindInWords,
  nameInWords,
  notAnsweredInWords,
  reasonInWords,
  type Words,
  type WordsOptions,
  words,
  wordsAt,
} from './words.ts';
