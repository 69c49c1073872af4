/**
 * An error for the log: names, codes and the places in our code, cause by cause. Messages are left out: those of
 * databases and of graphql-js can quote a value.
 */
export function describeError(error: unknown): object[] {
  const described: object[] = [];
  for (let at = error; at instanceof Error && described.length < DEEPEST; at = innerOf(at)) {
    const { name, code } = at as Error & { code?: unknown };
    described.push({ name, ...(typeof code === 'string' && { code }), at: placesOf(at) });
  }
  return described;
}

const DEEPEST = 6;
const PLACES = 8;

function innerOf(error: Error): unknown {
  const { originalError, cause } = error as Error & { originalError?: unknown };
  return originalError ?? cause;
}

/** The stack without its first lines, which repeat the message. */
function placesOf({ stack = '' }: Error): string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, PLACES).map((line) => line.trim());
}
