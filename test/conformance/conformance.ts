import type { AnyAdapter, DialectName } from '../../adapters/contract.ts';
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
  databaseConformance(adapter, 'postgres');
}

/** As much of it as a database has a part in, on any kind that the adapter is tested on. */
export function databaseConformance(adapter: AnyAdapter, dialect: DialectName): void {
  dataConformance(adapter, dialect);
  conditionConformance(adapter, dialect);
  wordConformance(adapter, dialect);
}
