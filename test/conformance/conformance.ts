import type { AnyAdapter } from '../../adapters/contract.ts';
import { conditionConformance } from './condition-conformance.ts';
import { dataConformance } from './data-conformance.ts';
import { decodingConformance } from './decoding-conformance.ts';
import { schemaConformance } from './schema-conformance.ts';
import { wordConformance } from './word-conformance.ts';

/**
 * What every adapter must keep to, whichever the agency: to be called once for each, outside of any test. Makes a
 * database of the agency's own schema.sql, full of dirt, on the PostgreSQL of the run.
 */
export function conformance(adapter: AnyAdapter): void {
  schemaConformance(adapter);
  decodingConformance(adapter);
  dataConformance(adapter);
  conditionConformance(adapter);
  wordConformance(adapter);
}
