import { projectRoot } from '../../../src/project-root.ts';
import { loadPolicies } from '../../../src/sharing/load.ts';
import type { Policies } from '../../../src/sharing/policies.ts';
import { PolicyError } from '../../../src/sharing/policy-error.ts';
import { fourAgencies } from './catalogue.ts';

export const catalogue = fourAgencies();

/** The policy files of the project as they stand. */
export function shippedPolicy(): Policies {
  const loaded = loadPolicies({ root: projectRoot(), agencies: catalogue });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return loaded.policies;
}
