import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicies, policyFiles } from './load.ts';
import type { Policies } from './policies.ts';
import { PolicyError } from './policy-error.ts';
import type { Finding } from './policy-file/finding.ts';
import type { Catalogue } from './types.ts';

export interface PolicyStore {
  /** The policy in force for the request that begins now. Looks at the files, and reads them again only if one changed. */
  current(): Policies;
}

export interface PolicyStoreInput {
  root: string;
  agencies: Catalogue;
  /** Called once for each change that does not load; the policy before it stays in force. */
  onProblem(findings: readonly Finding[]): void;
  /** Called when a changed policy has taken effect. */
  onChange?(policies: Policies): void;
}

/** @throws PolicyError when the files do not load at the start: without a policy nothing is served */
export function openPolicyStore(input: PolicyStoreInput): PolicyStore {
  const { root, agencies, onProblem, onChange } = input;
  const files = policyFiles(agencies).map((file) => join(root, file));
  // The state is looked at before the text is read, so that a write in between is seen the next time.
  let seen = stateOf(files);
  const first = loadPolicies({ root, agencies });
  if (!first.ok) throw new PolicyError(first.findings);
  let inForce = first.policies;
  return {
    current() {
      const state = stateOf(files);
      if (state === seen) return inForce;
      seen = state;
      const loaded = loadPolicies({ root, agencies });
      if (!loaded.ok) onProblem(loaded.findings);
      else if (loaded.policies.version !== inForce.version) {
        inForce = loaded.policies;
        onChange?.(inForce);
      }
      return inForce;
    },
  };
}

/** Change time is in it because a copy may keep size and modification time. */
function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat ? `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}` : 'missing';
    })
    .join('|');
}
