import { randomUUID } from 'node:crypto';
import type { Act } from '../register/chain-writer.ts';
import type { EntryKind, RegisterEntry, RegisteredAct, RegisterOutcome } from '../register/entry.ts';
import type { Store } from '../store/store.ts';

/** Who is at the terminal, and how what they do is written down. */
export interface Operator {
  /** The login at the keyboard. */
  readonly user: string;
  now(): Date;
  /** The version of the policy in force on that store, or that none loads. */
  policyVersion(store: Store): Promise<string>;
  /** @throws RegisterUnavailableError, RegisterFileError, DataDirectoryError */
  record(store: Store, entries: readonly RegisterEntry[]): Promise<void>;
  /** Writes it down and does it in one transaction of the store, or neither. */
  recordWith(store: Store, entries: readonly RegisterEntry[], act: Act): Promise<void>;
}

/** Who was concerned, what was done (`state`), and to what (`reason`). */
export interface OperatorsAct {
  readonly kind: EntryKind;
  readonly section: string;
  readonly agencies: readonly string[];
  readonly state: string;
  readonly reason: string;
  /** An agency's own numbers of the records it was of. */
  readonly records?: readonly string[];
  /** Where what was written stands outside the register. */
  readonly act?: RegisteredAct;
}

/** Writes down what somebody does at the terminal; with `doing`, together with it. */
export async function recordAct(
  operator: Operator,
  store: Store,
  act: OperatorsAct,
  doing?: Act,
): Promise<void> {
  const entries = [await entryOf(operator, store, act)];
  await (doing ? operator.recordWith(store, entries, doing) : operator.record(store, entries));
}

async function entryOf(operator: Operator, store: Store, act: OperatorsAct): Promise<RegisterEntry> {
  const { kind, section, agencies, state, reason, records, act: kept } = act;
  const outcome: Omit<RegisterOutcome, 'agency'> = {
    ...{ section, state, level: null, reason, asOf: null },
    ...(records && { records }),
  };
  return {
    ...{ requestId: randomUUID(), at: operator.now().toISOString(), kind },
    ...{ sub: `terminal:${operator.user}`, name: null, role: 'operator', organisation: null, site: null },
    ...{ purpose: null, reference: null, regime: null, relationship: null, person: null },
    policyVersion: await operator.policyVersion(store),
    outcomes: agencies.map((agency) => ({ agency, ...outcome })),
    ...(kept && { act: kept }),
  };
}
