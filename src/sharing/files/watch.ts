import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../yaml/finding.ts';
import type { Policies } from '../policy/policies.ts';
import type { Catalogue } from '../policy/types.ts';
import { loadPolicies, PolicyError, policyFiles } from './load.ts';
import { loadSigned, type SignedLoad, type SignedTexts, type WaitingText } from './signed.ts';

export interface PolicyStore {
  /**
   * The policy in force for the request that begins now. Looks at the files, and reads them again only if one changed;
   * a change is taken as a whole, once no file has changed for the pause.
   */
  current(): Policies;
  /**
   * The same for one of many requests: those that are heard in one turn of the event loop go by one look at the files.
   */
  currentInTurn(): Policies;
  /** The policy in force at the last look at the files, for a request that has already begun. */
  held(): Policies;
  /** As `current`, with since when it is in force, and what is wrong with newer files, if anything is. */
  status(): PolicyStatus;
}

export interface PolicyStatus {
  policy: Policies;
  since: Date;
  /** Since when, and why, the files as they stand are not in force. */
  problem: { since: Date; findings: readonly Finding[] } | null;
  /** Texts on disk that wait to be signed. */
  waiting: readonly WaitingText[];
}

export interface PolicyStoreInput {
  root: string;
  agencies: Catalogue;
  /** Where signatures are required: the texts that were signed, and count whatever is on disk. */
  signed?: (() => SignedTexts) | undefined;
  /** Called once for each change of which something is not signed, or does not load while the rest does. */
  onWaiting?(findings: readonly Finding[]): void;
  /** Called once for each change that does not load; the policy before it stays in force. */
  onProblem(findings: readonly Finding[]): void;
  /** Called when a changed policy has taken effect. */
  onChange?(policies: Policies): void;
  /** Called when files that did not load are again those of the policy in force. */
  onMended?(policies: Policies): void;
  /** Dates what `status` says; the time now if not given. */
  since?(): Date;
  /** Milliseconds for which all files must have stayed as they are before a change is taken; half a second if not said. */
  pauseMs?: number | undefined;
  /** Milliseconds since the epoch, by the clock that the files' times are of. */
  now?(): number;
}

const PAUSE_MS = 500;
/** How often a start looks again at files that are being written, before it reads what is there. */
const LOOKS_AT_START = 20;

/** How files stand: by what the disk says of them, and when the newest was changed, in milliseconds. */
interface FilesState {
  text: string;
  changedAt: number;
}
/** A change that is not taken yet. */
interface Pending {
  text: string;
  checksum: string;
  since: number;
}

/** @throws PolicyError when the files do not load at the start: without a policy nothing is served */
export function openPolicyStore(input: PolicyStoreInput): PolicyStore {
  const { root, agencies, onProblem, onChange, onMended, pauseMs = PAUSE_MS, now = Date.now } = input;
  const dated = input.since ?? (() => new Date(now()));
  const files = policyFiles(agencies).map((file) => join(root, file));
  const { signed, onWaiting } = input;
  const read = (): SignedLoad =>
    signed
      ? loadSigned({ root, agencies }, signed())
      : { loaded: loadPolicies({ root, agencies }), waiting: [], findings: [] };
  const stateNow = (): FilesState => {
    const state = stateOf(files);
    return signed ? { ...state, text: `${state.text} ${signed().key}` } : state;
  };
  const problemOf = (findings: readonly Finding[]): PolicyStatus['problem'] => {
    if (findings.length === 0) return null;
    onWaiting?.(findings);
    return { since: dated(), findings };
  };
  for (let look = 0; look < LOOKS_AT_START && !quietFor(stateOf(files)); look += 1) sleep(pauseMs / 5);
  // The state is looked at before the text is read, so that a write in between is seen the next time.
  let taken = stateNow().text;
  let pending: Pending | null = null;
  const first = read();
  if (!first.loaded.ok) throw new PolicyError(first.loaded.findings);
  let inForce = first.loaded.policies;
  let since = dated();
  let problem: PolicyStatus['problem'] = problemOf(first.findings);
  let { waiting } = first;
  const current = () => {
    const state = stateNow();
    if (state.text === taken) {
      pending = null;
      return inForce;
    }
    if (state.text !== pending?.text)
      pending = { text: state.text, checksum: checksumOf(files), since: now() };
    if (!quietFor(state) && now() - pending.since < pauseMs) return inForce;
    const { loaded, ...besides } = read();
    // A disk that tells times coarsely does not show every write; and one may have come while the files were read.
    if (checksumOf(files) !== pending.checksum || stateNow().text !== state.text) {
      pending = null;
      return inForce;
    }
    taken = state.text;
    pending = null;
    if (!loaded.ok) {
      problem = { since: dated(), findings: loaded.findings };
      onProblem(loaded.findings);
      return inForce;
    }
    const mended = problem !== null && besides.findings.length === 0;
    problem = problemOf(besides.findings);
    waiting = besides.waiting;
    if (loaded.policies.version !== inForce.version) {
      inForce = loaded.policies;
      since = dated();
      onChange?.(inForce);
    } else if (mended) onMended?.(inForce);
    return inForce;
  };
  let lookedInTurn = false;
  const currentInTurn = () => {
    if (lookedInTurn) return inForce;
    lookedInTurn = true;
    setImmediate(() => {
      lookedInTurn = false;
    });
    return current();
  };
  return {
    current,
    currentInTurn,
    held: () => inForce,
    status: () => ({ policy: current(), since, problem, waiting }),
  };

  /** By the files' own times: so that the first request after a change in a quiet hour need not wait. */
  function quietFor({ changedAt }: FilesState): boolean {
    return now() - changedAt >= pauseMs;
  }
}

/** Change time is in it because a copy may keep size and modification time. */
function stateOf(files: readonly string[]): FilesState {
  let changedAt = 0;
  const parts = files.map((file) => {
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stat) return 'missing';
    changedAt = Math.max(changedAt, Number(stat.ctimeMs));
    return `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
  });
  return { text: parts.join('|'), changedAt };
}

function checksumOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      const text = readFileSync(file);
      hash.update(`${text.length}\0`).update(text);
    } catch {
      // What cannot be read is named when the policy is loaded.
      hash.update('unreadable\0');
    }
  }
  return hash.digest('hex');
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
