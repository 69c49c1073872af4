export type DataDirectoryCode =
  | 'DATA_DIRECTORY_UNWRITABLE'
  | 'DATA_DIRECTORY_IN_USE'
  | 'DATA_DIRECTORY_DAMAGED';

/** The data directory cannot be used; the message names it and says why. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
  readonly code: DataDirectoryCode;
  readonly directory: string;

  constructor(code: DataDirectoryCode, directory: string, why: string, cause?: unknown) {
    super(`Data directory (DATA_DIR) ${directory}: ${why}`, { cause });
    this.code = code;
    this.directory = directory;
  }
}

/** The PostgreSQL binaries cannot run on this machine or under this account: a server has to be named instead. */
export class EmbeddedUnsupportedError extends Error {
  override readonly name = 'EmbeddedUnsupportedError';
  readonly code = 'EMBEDDED_DATABASE_UNSUPPORTED';

  constructor(why: string, cause?: unknown) {
    super(
      `The embedded PostgreSQL cannot run here: ${why}. Give DATABASE_URL to use a PostgreSQL server instead.`,
      { cause },
    );
  }
}

/** PostgreSQL could run here but did not start; the message carries its own last words. */
export class EmbeddedStartError extends Error {
  override readonly name = 'EmbeddedStartError';
  readonly code = 'EMBEDDED_DATABASE_FAILED';

  constructor(why: string, cause?: unknown) {
    super(`The embedded PostgreSQL did not start: ${why}`, { cause });
  }
}
