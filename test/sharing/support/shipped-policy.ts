import { findAdapters } from '../../../src/adapters-found.ts';
import { buildCatalogue } from '../../../src/gateway/schema/catalogue.ts';
import { readSchemaFiles } from '../../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { loadPolicies, PolicyError } from '../../../src/sharing/files/load.ts';
import type { Policies } from '../../../src/sharing/policy/policies.ts';

const root = projectRoot();
/** What the project's own agencies supply. */
export const catalogue = buildCatalogue(readSchemaFiles(root), await findAdapters(root));

const loaded = loadPolicies({ root, agencies: catalogue });

/** The policy files of the project as they stand, read once: a gateway asks for its policy with every request. */
export function shippedPolicy(): Policies {
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return loaded.policies;
}
