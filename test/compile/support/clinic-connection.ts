import {
  type AgencyDatabase,
  type AgencyDatabaseOptions,
  openAgencyDatabase,
} from '../../../src/compile/run/agency-database.ts';
import { SILENT } from '../../support/silent-log.ts';

/** The clinic's database as the gateway opens it, with limits that a test can set. */
export function openClinic(url: string, limits: Partial<AgencyDatabaseOptions> = {}): AgencyDatabase {
  return openAgencyDatabase({
    agency: 'clinic',
    url,
    maxConnections: 4,
    statementTimeoutMs: 10_000,
    queueLimit: 20,
    log: SILENT,
    ...limits,
  });
}
