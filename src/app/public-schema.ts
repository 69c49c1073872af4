import type { Countables } from '../cohort/countables.ts';
import { withCohortTypes } from '../gateway/schema/cohort-types.ts';
import { shielded } from '../gateway/schema/shield.ts';
import { agencySchema, stitchGateway, subschemaOf } from '../gateway/schema/stitch.ts';
import type { SchemaFiles } from '../gateway/schema/vocabulary.ts';
import type { Catalogue } from '../sharing/policy/types.ts';
import type { OpenAgency } from './open-agencies.ts';

/** The public schema over the agencies, stitched and shielded. */
export async function publicSchema(
  files: SchemaFiles,
  catalogue: Catalogue,
  agencies: ReadonlyMap<string, OpenAgency>,
  countables: Countables,
) {
  const suppliers = [...agencies].filter(([, { adapter }]) => Object.keys(adapter.sections).length > 0);
  const subschemas = new Map(
    suppliers.map(([agency, { adapter, source }]) => {
      const schema = agencySchema(files, adapter);
      return [agency, subschemaOf(agency, schema, source.executor(schema))];
    }),
  );
  return {
    subschemas,
    schema: await shielded(stitchGateway(withCohortTypes(files, countables), subschemas, catalogue)),
  };
}
