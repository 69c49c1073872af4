/** Says that a stored value could not be understood. Goes to the log without the value. */
export interface DecodeContext {
  now: Date;
  /**
   * What came with a note and is null was there and could not be read: it is told as a hole, not as "none". But for a
   * `filler`, which says in a form of its own that nothing is known, as a blank does.
   */
  note(problem: string, filler?: 'FILLER'): void;
}

/** Stands in place of a value that could not be read, so that what is made of several values can tell it from none. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

/** What a decoder tells of itself, for the agency's page in docs/agencies. */
export interface Decoding {
  /** In words, after "read as": "a day". */
  as: string;
  /** The code list it goes by, and what that list is called. */
  codes?: Readonly<Record<string, unknown>>;
  system?: string;
}

/** Never throws: what it cannot understand becomes null and a note that says what kind of mistake it is, without the value. */
export interface Decoder<T> {
  (cell: unknown, context: DecodeContext): T;
  readonly decoding?: Decoding;
}

/** A decoder of an agency's own that tells how it reads. */
export const telling = <T>(
  decoding: Decoding,
  decode: (cell: unknown, context: DecodeContext) => T,
): Decoder<T> =>
  Object.assign((cell: unknown, context: DecodeContext) => decode(cell, context), { decoding });

/** Notes say which column they speak of, so that decoders need not know. */
export const naming = (column: string, context: DecodeContext): DecodeContext => ({
  now: context.now,
  note: (problem, filler) => context.note(`${column}: ${problem}`, filler),
});
