import type { AnyAdapter } from '../../adapters/contract.ts';
import { type AgencyDatabase, openAgencyDatabase } from '../compile/agency-database.ts';
import { AgencyDirectory } from '../gateway/directory.ts';
import type { AppOptions } from './options.ts';

export interface OpenAgency {
  adapter: AnyAdapter;
  database: AgencyDatabase;
}

/** Connections to one agency's database, and statements that may wait for one: bounded, so that a slow agency holds up nobody else. */
const CONNECTIONS = 8;
const QUEUE = 200;

/** Opens every agency's database, there or not. Throws an Error naming the agency that has no address. */
export function openAgencies(
  adapters: readonly AnyAdapter[],
  { agencyUrls, agencyTimeoutMs, agencyConnections = CONNECTIONS, log }: AppOptions,
): Map<string, OpenAgency> {
  const missing = adapters.filter(({ id }) => !agencyUrls[id]);
  if (missing.length > 0)
    throw new Error(`No database address for ${missing.map(({ id }) => id).join(', ')}`);
  const opened = adapters.map((adapter): [string, OpenAgency] => {
    const database = openAgencyDatabase({
      agency: adapter.id,
      url: agencyUrls[adapter.id] as string,
      maxConnections: agencyConnections,
      statementTimeoutMs: agencyTimeoutMs,
      queueLimit: QUEUE,
      log,
    });
    return [adapter.id, { adapter, database }];
  });
  return new Map(opened);
}

export function directoryOf(agencies: ReadonlyMap<string, OpenAgency>): AgencyDirectory {
  return new AgencyDirectory(
    [...agencies.values()].map(({ adapter, database }) => ({
      adapter,
      state: () => database.state(),
      unavailable: () => (database.state() === 'DOWN' ? 'FAILED' : null),
    })),
  );
}
