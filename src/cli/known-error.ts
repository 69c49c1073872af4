/**
 * One line for an error whose class says what is wrong in words for whoever runs Sightline, null for any other: such
 * errors have a `code` of ours, in capitals, and a name of their own.
 */
export function errorMessageFor(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, name, message } = error as Error & { code?: unknown };
  if (typeof code !== 'string') return null;
  if (CONNECTION.test(code) || SQLSTATE.test(code))
    return `DATABASE_URL: the gateway’s own store cannot be used (${code})`;
  return name !== 'Error' && /^[A-Z][A-Z_]+$/.test(code) ? message : null;
}

const CONNECTION = /^E(CONN|HOST|NOTFOUND|TIMEDOUT|AI_)/;
/** PostgreSQL's own codes: five letters and digits, at least one digit. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** Says in one line what is wrong: with a file, or with a word on the command line. */
export class EvaluateError extends Error {
  readonly code = 'EVALUATE';
  override readonly name = 'EvaluateError';
}
