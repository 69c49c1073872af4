import type { RegisterEntry } from '../register/entry.ts';
import type { ReplayPeriod } from '../register/past-requests.ts';
import type { Register } from '../register/register.ts';
import type { PolicyPair } from '../sharing/diff.ts';
import type { Policies } from '../sharing/policy/policies.ts';
import { inForceSince } from '../store/policy-in-force.ts';
import { countingSignatures, type Signature, type Signer } from '../store/policy-signatures.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { listWithdrawals, type Withdrawal } from '../store/withdrawals.ts';
import { lastDays, type ReplayCount, replayRequests } from './policy-replay.ts';
import { type Judging, type SignableText, type Signing, signingOf, signText } from './policy-signing.ts';
import {
  type AgreementInFiles,
  agreementInFiles,
  IN_USE_DAYS,
  referencesInUse,
  withdrawRecorded,
} from './policy-withdrawal.ts';

/** What the store keeps of policies, and what their officers do with them. Every method rejects while the store is away. */
export interface PolicyActs {
  /** File → since when its text of this hash is in force, on whichever gateway it came first. */
  inForceSince(hashes: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Date>>;
  /** Every withdrawal that nobody took back, by agreement, oldest first. */
  withdrawals(): Promise<readonly Withdrawal[]>;
  /** Signatures that count. */
  signatures(): Promise<readonly Signature[]>;
  /** Who signed a text, whether it gives more than the one that counts, and how many more it takes. */
  signingOf(text: SignableText, judging: Judging): Promise<Signing>;
  /**
   * Signs a text: it counts once it has as many signatures as it takes.
   * @throws ActRefused for somebody who signed it already
   */
  sign(text: SignableText, signer: Signer, judging: Judging, entry: RegisterEntry): Promise<void>;
  /** What the files say of an agreement; null where none names it. */
  agreement(policies: Policies, id: string): AgreementInFiles | null;
  /** Live references that this organisation issued and on which policies of these agencies gave something lately. */
  liveReferences(agencies: readonly string[], organisation: string, now: Date): Promise<readonly string[]>;
  /** Withdraws with its entry in the register, or not at all; gateways and every party are told. */
  withdraw(withdrawal: Withdrawal, parties: readonly string[], entry: RegisterEntry): Promise<void>;
  /** What past requests of these agencies' data would be given under another policy. */
  replay(
    comparison: PolicyPair,
    agencies: readonly string[],
    period: ReplayPeriod,
  ): Promise<readonly ReplayCount[]>;
}

/**
 * @param store the own store, for what is read; acts are written where the register is
 * @param isLive whether a reference is live, by its own system; true where that cannot be asked
 */
export function createPolicyActs(
  store: StoreDatabase,
  register: Pick<Register, 'recordWith'>,
  isLive: (reference: string, now: Date) => Promise<boolean>,
): PolicyActs {
  return {
    inForceSince: (hashes) => inForceSince(store, hashes),
    withdrawals: () => listWithdrawals(store),
    signatures: () => countingSignatures(store),
    signingOf: (text, judging) => signingOf(store, text, judging),
    sign: (text, signer, judging, entry) => signText(register, text, signer, judging, entry),
    agreement: agreementInFiles,
    async liveReferences(agencies, organisation, now) {
      const used = await referencesInUse(store, agencies, organisation, lastDays(IN_USE_DAYS, now));
      const live: string[] = [];
      for (const reference of used) if (await isLive(reference, now)) live.push(reference);
      return live;
    },
    withdraw: (withdrawal, parties, entry) => withdrawRecorded(register, withdrawal, parties, entry),
    replay: (comparison, agencies, period) => replayRequests(store, comparison, agencies, period),
  };
}
