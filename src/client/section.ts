import type { AnswerState, SourceAnswer } from './generated/schema.ts';

/** What may be read of a section however it stands: who was asked, and what they said of it. */
type OfAnyState = '__typename' | 'state' | 'sources';
type WithData = 'DISCLOSED' | 'PARTIAL';

type StateOf<T> = T extends { state: infer State } ? State : never;
/**
 * A section always has a state, and fields of its own. What one agency says of it (`sources`) has the state and no data; an
 * outcome of the register may have none; who looked (`accessHistory`) says how to complain in any state.
 */
type IsSection<T> = [AnswerState] extends [StateOf<T>]
  ? [StateOf<T>] extends [string]
    ? IsSource<T> extends true
      ? false
      : Extract<keyof T, 'complaints' | 'entries'> extends never
        ? true
        : false
    : false
  : false;
type IsSource<T> = keyof T extends keyof SourceAnswer
  ? T extends Partial<Omit<SourceAnswer, 'agency' | 'contact'>>
    ? true
    : false
  : false;

type InState<T, State> = { [Key in keyof T]: Key extends 'state' ? State : Guarded<T[Key]> };
type WithoutData<T, State> = {
  [Key in keyof T as Key extends OfAnyState ? Key : never]: Key extends 'state' ? State : Guarded<T[Key]>;
};

/** A section by its state: its own fields are there where something is disclosed, and nowhere else. */
export type Section<T> =
  | { [State in WithData]: InState<T, State> }[WithData]
  | {
      [State in Exclude<AnswerState, WithData>]: WithoutData<T, State>;
    }[Exclude<AnswerState, WithData>];

/**
 * An answer's types with every section guarded: a field of it can be read once its state was looked at, and otherwise
 * does not compile. A section is told by its `state`: ask for it in each (the configuration of
 * `sightline/client/codegen` does).
 */
export type Guarded<T> = T extends object
  ? IsSection<T> extends true
    ? Section<T>
    : { [Key in keyof T]: Guarded<T[Key]> }
  : T;

/** The same data under guarded types, for answers that came through another client. */
export const guarded = <T>(data: T): Guarded<T> => data as Guarded<T>;

interface Stated {
  readonly state: string;
}
type In<T, State> = T & { readonly state: State };

/** Marked as pure below, so that what a page does not use is left out of its bundle. */
const inState =
  <State extends AnswerState>(state: State) =>
  <T extends Stated>(section: T): section is In<T, State> =>
    section.state === state;

/** Everything that was asked was answered, and there are data. A field of it may still have a hole: `holesAt`. */
export const isDisclosed = /* @__PURE__ */ inState('DISCLOSED');

/** There are data, and some supplier could not or may not say: never all there is. */
export const isPartial = /* @__PURE__ */ inState('PARTIAL');

/** There are data, all or some: what is missing beside them is in the holes. */
export const hasData = <T extends Stated>(section: T): section is In<T, WithData> =>
  isDisclosed(section) || isPartial(section);

/** Not asked, since policy says no. That says nothing of whether there are data. */
export const isWithheld = /* @__PURE__ */ inState('WITHHELD');

/** Asked and allowed, and nothing within the scope that `sources` names, or nobody linked. */
export const isNotHeld = /* @__PURE__ */ inState('NOT_HELD');

/** No agency supplies it. */
export const isNotCovered = /* @__PURE__ */ inState('NOT_COVERED');

/** Whoever supplies it did not answer in time, or failed. That says nothing of whether there are data. */
export const isUnavailable = /* @__PURE__ */ inState('UNAVAILABLE');

/** There may be a record, too weakly linked to disclose: call the desk. */
export const isPossibleMatchOnly = /* @__PURE__ */ inState('POSSIBLE_MATCH_ONLY');
