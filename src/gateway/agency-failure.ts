import type { GatewayContext } from './context.ts';

type FailureReason = 'TIMED_OUT' | 'FAILED' | 'STARTING';
const REASONS: readonly FailureReason[] = ['TIMED_OUT', 'FAILED', 'STARTING'];

/**
 * Why an agency could not answer, from whatever came back through delegation. What is not the agency's own word
 * that it is unavailable is a defect: it is noted for the log by name, and told as FAILED.
 */
export function failureReason(error: unknown, agency: string, context: GatewayContext): FailureReason {
  for (const cause of causes(error)) {
    const reason = (cause as { reason?: unknown }).reason;
    const known = REASONS.find((one) => one === reason);
    if (known) return known;
  }
  context.authority.note(
    agency,
    `answer could not be used: ${[...causes(error)].map((one) => one.name).join(' from ')}`,
  );
  return 'FAILED';
}

function* causes(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  const { cause, originalError, errors } = error as Error & {
    originalError?: unknown;
    errors?: readonly unknown[];
  };
  for (const inner of [cause, originalError, ...(errors ?? [])]) if (inner !== error) yield* causes(inner);
}
