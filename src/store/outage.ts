/** The own store did not answer. */
export class StoreUnreachableError extends Error {
  override readonly name = 'StoreUnreachableError';
  readonly code = 'STORE_UNREACHABLE';

  constructor(cause: unknown) {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    super(`The gateway’s own store cannot be reached${why}`, { cause });
  }
}

/**
 * Classes and codes of SQLSTATE (PostgreSQL, appendix A) by which the server says that it cannot do now what it could
 * at another time: connections, resources, an operator, the system, time limits, locks, a login that is refused, a
 * server that only reads. Any other answer is about the statement, which is ours.
 */
const OUTAGES = /^(08|28|40|53|55|57|58|XX|25006|3D000)/;

/** The own store is away, or cannot do now what it was asked. */
export function isStoreOutage(error: unknown): boolean {
  if (error instanceof StoreUnreachableError) return true;
  return isServersAnswer(error) && OUTAGES.test(String((error as { code?: unknown }).code));
}

/** The server's own errors carry a severity; those of the driver and the network do not. */
export function isServersAnswer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

/** What JavaScript throws at code that is wrong, which no driver throws for a wire that is cut. */
const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** What a driver threw, with its own and the network's errors told as StoreUnreachableError. */
export function storeError(error: unknown): unknown {
  const asItIs = isServersAnswer(error) || DEFECTS.some((kind) => error instanceof kind);
  return asItIs ? error : new StoreUnreachableError(error);
}
