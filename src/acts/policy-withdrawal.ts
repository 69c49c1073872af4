import type { RegisterEntry } from '../register/entry.ts';
import { type ReplayPeriod, referencesGiven } from '../register/past-requests.ts';
import type { Register } from '../register/register.ts';
import type { Policies } from '../sharing/policy/policies.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { type Withdrawal, withdraw, writeWithdrawal } from '../store/withdrawals.ts';
import { alert } from './alerts.ts';

/** What the files say of an agreement: the agencies whose policies stand in it, its parties, and the highest version. */
export interface AgreementInFiles {
  agencies: readonly string[];
  parties: readonly string[];
  version: number;
  /** The last day of the latest to end, YYYY-MM-DD; null where one of them has no end. */
  end: string | null;
}

/** Null where no file names it. */
export function agreementInFiles({ agencies }: Policies, id: string): AgreementInFiles | null {
  const files = [...agencies.values()].filter(({ agreement }) => agreement.id === id);
  if (files.length === 0) return null;
  return {
    agencies: files.map(({ agency }) => agency),
    parties: [...new Set(files.flatMap(({ agreement }) => agreement.parties))],
    version: Math.max(...files.map(({ agreement }) => agreement.version)),
    end: latestEnd(files.map(({ agreement }) => agreement.end)),
  };
}

const latestEnd = (ends: readonly (string | null)[]): string | null =>
  ends.reduce((latest, end) => (latest === null || end === null ? null : end > latest ? end : latest));

/** Withdraws with its entry in the register, or not at all; gateways and every party are told. */
export const withdrawRecorded = (
  register: Pick<Register, 'recordWith'>,
  withdrawal: Withdrawal,
  parties: readonly string[],
  entry: RegisterEntry,
): Promise<void> =>
  register.recordWith([entry], async (transaction) => {
    const id = await writeWithdrawal(transaction, withdrawal);
    await tellParties(transaction, id, parties, withdrawal.at);
  });

/** Withdraws whether or not the register can be written: what is shared must be stoppable. Gateways and every party are told. */
export const withdrawAtOnce = (
  store: StoreDatabase,
  withdrawal: Withdrawal,
  parties: readonly string[],
): Promise<void> =>
  withdraw(store, withdrawal, (transaction, id) => tellParties(transaction, id, parties, withdrawal.at));

async function tellParties(
  transaction: StoreDatabase,
  id: string,
  parties: readonly string[],
  now: Date,
): Promise<void> {
  for (const party of parties)
    await alert(transaction, 'AGREEMENT_WITHDRAWN', party, { act: `withdrawal ${id}` }, now);
}

/** A reference on which nothing was given for so many days is not one that loses something now. */
export const IN_USE_DAYS = 30;
/** The newest are enough to see what hangs on an agreement. */
const MOST_REFERENCES = 200;

/**
 * References in use on which these agencies' policies gave something, newest first: those that the organisation issued, or all
 * of them where none is said. Whether they are live their own systems say.
 */
export const referencesInUse = (
  store: StoreDatabase,
  agencies: readonly string[],
  organisation: string | null,
  period: ReplayPeriod,
): Promise<readonly string[]> => referencesGiven(store, agencies, organisation, period, MOST_REFERENCES);
