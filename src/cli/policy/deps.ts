import type { Kysely } from 'kysely';
import { loadPolicies } from '../../sharing/load.ts';
import type { Policies } from '../../sharing/policies.ts';
import { PolicyError } from '../../sharing/policy-error.ts';
import type { Catalogue } from '../../sharing/types.ts';

export interface PolicyCommandDeps {
  /** The project's root, above `schema/` and `adapters/`. */
  root: string;
  /** What the agencies supply, made from their adapters and SDLs. */
  catalogue(): Promise<Catalogue>;
  /** Opens the own store; asked only by `withdraw`. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever other tables the store has
  openStore(): Promise<{ db: Kysely<any>; close(): Promise<void> }>;
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
