import { holeKind } from '../../../client/hole.ts';

/** One entry of `viewer.mayAsk`. */
export interface Cell {
  level: string | null;
  reason: string | null;
}

/** The fields at the root of a query that ask about people. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['findPeople', 'person', 'people', 'personByIdentifier']);

export const asksOfPeople = (rootFields: readonly { name: string }[]): boolean =>
  rootFields.some(({ name }) => OF_PEOPLE.has(name));

/** Whether policy withholds everything of everybody, and the caller can do nothing about any of it. */
export const seesNobody = (mayAsk: readonly Cell[]): boolean =>
  mayAsk.length > 0 &&
  mayAsk.every(({ level, reason }) => level === null && holeKind({ state: 'WITHHELD', reason }) === 'policy');
