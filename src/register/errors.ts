/** Neither the store nor the spool could take an entry: nothing may be released. */
export class RegisterUnavailableError extends Error {
  override readonly name = 'RegisterUnavailableError';
  readonly code = 'REGISTER_UNAVAILABLE';

  constructor(why: string, cause?: unknown) {
    super(`The disclosure register cannot be written: ${why}`, { cause });
  }
}

/** An entry that cannot be registered as it stands, so that what it speaks of must not be released. */
export class RegisterEntryError extends Error {
  override readonly name = 'RegisterEntryError';
  readonly code = 'REGISTER_ENTRY_INVALID';

  constructor(field: string, why: string) {
    super(`A register entry's ${field} ${why}`);
  }
}

/** A file of the register in the data directory cannot be used; the message names it and says why. */
export class RegisterFileError extends Error {
  override readonly name = 'RegisterFileError';
  readonly code = 'REGISTER_FILE_UNUSABLE';
  readonly file: string;
  readonly why: string;

  constructor(file: string, why: string, cause?: unknown) {
    super(`Register file ${file}: ${why}`, { cause });
    this.file = file;
    this.why = why;
  }
}

/** The store holds another entry at a place in the chain that this gateway has written itself. */
export class RegisterConflictError extends Error {
  override readonly name = 'RegisterConflictError';
  readonly code = 'REGISTER_CONFLICT';

  constructor(chain: string, seq: number) {
    super(
      `The register holds an entry that this gateway did not write, at ${chain}/${seq}: somebody added it, or two gateways share one data directory`,
    );
  }
}
