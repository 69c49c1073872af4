import type { AnyAdapter } from '../../../adapters/contract.ts';
import type { PolicyKey } from '../../acts/policy-key.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import type { Register } from '../../register/register.ts';
import { loadPolicies, PolicyError } from '../../sharing/files/load.ts';
import { loadSigned } from '../../sharing/files/signed.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import { highestWithdrawn, withdrawnNow } from '../../sharing/rules/agreement.ts';
import { acceptedTexts } from '../../store/policy-signatures.ts';
import type { Store } from '../../store/store.ts';
import { listWithdrawals, type Withdrawal } from '../../store/withdrawals.ts';
import { unknownWord } from '../../yaml/finding.ts';
import { errorMessageFor } from '../known-error.ts';

export interface PolicyCommandDeps {
  /** The project's root, above `schema/` and `adapters/`. */
  root: string;
  /** What the agencies supply, made from their adapters and SDLs. */
  catalogue(): Promise<Catalogue>;
  /** The adapters of the same, for the columns behind their fields. */
  adapters(): Promise<readonly AnyAdapter[]>;
  /** Opens the own store. */
  openStore(): Promise<Store>;
  /** Writes what is done here into the disclosure register of that store. */
  record(store: Store, entries: readonly RegisterEntry[]): Promise<void>;
  /** The same, together with what it speaks of: both or neither. */
  recordWith(store: Store, ...act: Parameters<Register['recordWith']>): Promise<void>;
  /** The key with which an agency signs its policy. */
  policyKey(agency: string): Promise<PolicyKey>;
  /** Asks whoever is at the terminal; null where there is none. */
  confirm: ((question: string) => Promise<boolean>) | null;
  now(): Date;
  /** Who is at the keyboard, unless `--by` says so. */
  user: string;
  out(text: string): void;
  err(text: string): void;
  /** Called once with 0, 1 (a finding) or 2 (usage). */
  exit(code: number): void;
}

/** A word on the command line that means nothing here. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

export interface LoadedPolicy {
  policy: Policies;
  catalogue: Catalogue;
}

/** @throws PolicyError when the files do not load */
export async function loadedPolicy(
  deps: Pick<PolicyCommandDeps, 'root' | 'catalogue'>,
): Promise<LoadedPolicy> {
  const catalogue = await deps.catalogue();
  const loaded = loadPolicies({ root: deps.root, agencies: catalogue });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return { policy: loaded.policies, catalogue };
}

/**
 * The policy by which the gateways of this store decide: the files as they lie there, or of each agency the text that was
 * signed, where signatures are required.
 * @throws PolicyError when the files, or the texts that were signed, do not load
 */
export async function policyInForce(
  deps: Pick<PolicyCommandDeps, 'root' | 'catalogue'> & { signaturesRequired(): boolean },
  { db }: Store,
): Promise<Policies> {
  if (!deps.signaturesRequired()) return (await loadedPolicy(deps)).policy;
  const agencies = await deps.catalogue();
  const accepted = await acceptedTexts(db);
  const texts = new Map(accepted.map(({ agency, text }) => [agency, text]));
  const { loaded } = loadSigned({ root: deps.root, agencies }, { key: '', texts });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return loaded.policies;
}

/** The withdrawals that stand, and the agreements that are withdrawn by them at the version in the files. */
export interface StoredWithdrawals {
  all: readonly Withdrawal[];
  withdrawn: ReadonlySet<string>;
}

/**
 * The withdrawals in the store. Null, with a line on the error output, if the store cannot be read: then only the files
 * count.
 */
export async function withdrawalsInForce(
  deps: Pick<PolicyCommandDeps, 'openStore' | 'err'>,
  policy: Policies,
): Promise<StoredWithdrawals | null> {
  try {
    const all = await storedWithdrawals(deps);
    return { all, withdrawn: withdrawnNow(policy, highestWithdrawn(all)) };
  } catch (error) {
    deps.err(`Withdrawals are not known: ${errorLine(error)}. What follows is as the files say.\n`);
    return null;
  }
}

/** @throws whatever opening or reading the store throws */
export async function storedWithdrawals(
  deps: Pick<PolicyCommandDeps, 'openStore'>,
): Promise<readonly Withdrawal[]> {
  const store = await deps.openStore();
  return listWithdrawals(store.db).finally(() => store.close());
}

/** What may be said of a failure of the store or the register, in one line. */
export function errorLine(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  // No gateway of this version has started on this store yet, so it has no such table.
  if (code === '42P01') return 'the store has not been brought up to date by a gateway of this version yet';
  return errorMessageFor(error) ?? `the store cannot be read (${String(code ?? 'unknown error')})`;
}

/** Runs one subcommand: a refused policy is a finding, a wrong word is usage. */
export async function runPolicyCommand(
  deps: Pick<PolicyCommandDeps, 'err' | 'exit'>,
  run: () => Promise<number>,
): Promise<void> {
  try {
    deps.exit(await run());
  } catch (error) {
    if (!(error instanceof PolicyError || error instanceof UsageError)) throw error;
    deps.err(`${error.message}\n`);
    deps.exit(error instanceof PolicyError ? 1 : 2);
  }
}

/** @throws UsageError that says which words are known */
export function requireKnown(what: string, word: string, known: Iterable<string>): string {
  const words = [...known];
  if (words.includes(word)) return word;
  throw new UsageError(unknownWord(what, word, words));
}

/** Whether the person at the terminal confirms it. Throws UsageError if there is no terminal to ask at. */
export async function confirmed(
  deps: Pick<PolicyCommandDeps, 'confirm' | 'out'>,
  { yes }: { yes?: boolean },
  question: string,
): Promise<boolean> {
  if (yes) return true;
  if (deps.confirm === null)
    throw new UsageError(
      'Nothing has been changed. Without a terminal to ask at, --yes says that it is meant',
    );
  const agreed = await deps.confirm(question);
  if (!agreed) deps.out('Nothing has been changed.\n');
  return agreed;
}
