/** Why an agency's own host answers nothing, each in words for whoever runs the gateway. */
import type { UnavailableReason } from '../../states.ts';

/**
 * Code on the wire → its HTTP status, what it counts as for the caller, and words.
 */
export const HOST_REFUSALS = {
  NOT_UNDERSTOOD: {
    status: 400,
    reason: 'FAILED',
    words: 'its host does not understand the question: are both of one version?',
  },
  SIGNATURE_UNKNOWN: {
    status: 401,
    reason: 'FAILED',
    words: 'its host does not know the key that signs this gateway’s questions',
  },
  OTHER_AUDIENCE: { status: 401, reason: 'FAILED', words: 'the question was made out to another agency' },
  EXPIRED: {
    status: 401,
    reason: 'FAILED',
    words: 'its host calls the question too old: compare the clocks',
  },
  NOT_YET: {
    status: 401,
    reason: 'FAILED',
    words: 'its host calls the question one of the future: compare the clocks',
  },
  ALTERED: { status: 401, reason: 'FAILED', words: 'the question was altered on its way' },
  REPLAYED: { status: 401, reason: 'FAILED', words: 'its host has had the same question before' },
  MARK_REJECTED: {
    status: 409,
    reason: 'FAILED',
    words: 'its system does not go on from the mark that it gave',
  },
  NOT_PERMITTED: {
    status: 403,
    reason: 'FAILED',
    words: 'its host does not give what was asked, or of whom it was asked',
  },
  OTHER_ORGANISATION: {
    status: 403,
    reason: 'FAILED',
    words: 'by its host’s policy no such role is held by the asker’s organisation',
  },
  POLICY_CHANGED: { status: 409, reason: 'FAILED', words: 'its policy has just changed' },
  RESTARTED: { status: 409, reason: 'STARTING', words: 'its host has just started' },
  BUSY: { status: 429, reason: 'FAILED', words: 'its host is asked more than it allows' },
  NOT_RECORDED: {
    status: 503,
    reason: 'FAILED',
    words: 'its host cannot write its register, and so gives nothing',
  },
  DATABASE_TIMED_OUT: {
    status: 503,
    reason: 'TIMED_OUT',
    words: 'the database behind its host did not answer in time',
  },
  DATABASE_STARTING: { status: 503, reason: 'STARTING', words: 'the database behind its host is starting' },
  DATABASE_FAILED: { status: 503, reason: 'FAILED', words: 'the database behind its host could not answer' },
  TOO_LARGE: { status: 413, reason: 'TOO_LARGE', words: 'it has more to answer than is taken in' },
  INTERNAL: { status: 500, reason: 'FAILED', words: 'its host failed; its log says why' },
} as const satisfies Record<string, { status: number; reason: UnavailableReason; words: string }>;
export type HostRefusalCode = keyof typeof HOST_REFUSALS;

export const isHostRefusal = (code: unknown): code is HostRefusalCode =>
  typeof code === 'string' && Object.hasOwn(HOST_REFUSALS, code);

/** A host refuses a question. The message says nothing of what was asked. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
  readonly code: HostRefusalCode;

  constructor(code: HostRefusalCode, cause?: unknown) {
    super(HOST_REFUSALS[code].words, { cause });
    this.code = code;
  }
}
