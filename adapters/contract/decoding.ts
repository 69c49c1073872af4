/** Says that a stored value could not be understood. Goes to the log without the value. */
export interface DecodeContext {
  now: Date;
  note(problem: string): void;
}

/** Never throws: what it cannot understand becomes null and a note that says what kind of mistake it is, without the value. */
export type Decoder<T> = (cell: unknown, context: DecodeContext) => T;
