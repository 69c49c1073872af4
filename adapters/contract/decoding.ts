/** Says that a stored value could not be understood. Goes to the log without the value. */
export interface DecodeContext {
  now: Date;
  note(problem: string): void;
}

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
