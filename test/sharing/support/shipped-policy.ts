import { findAdapters } from '../../../src/adapters-found.ts';
import { buildCatalogue } from '../../../src/gateway/catalogue.ts';
import { readSchemaFiles } from '../../../src/gateway/schema-files.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { loadPolicies } from '../../../src/sharing/load.ts';
import type { Policies } from '../../../src/sharing/policies.ts';
import { PolicyError } from '../../../src/sharing/policy-error.ts';

const root = projectRoot();
/** What the project's own agencies supply. */
export const catalogue = buildCatalogue(readSchemaFiles(root), await findAdapters(root));

/** The policy files of the project as they stand. */
export function shippedPolicy(): Policies {
  const loaded = loadPolicies({ root, agencies: catalogue });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return loaded.policies;
}
