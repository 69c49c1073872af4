import type { AnyAdapter } from '../../adapters/contract.ts';
import { agencyIds, findAdapters } from '../adapters-found.ts';
import { type AgencyDatabase, openAgencyDatabase } from '../compile/run/agency-database.ts';
import { AgencyDirectory } from '../gateway/request/directory.ts';
import { buildCatalogue } from '../gateway/schema/catalogue.ts';
import { readSchemaFiles } from '../gateway/schema/vocabulary.ts';
import type { AgencyFeed } from '../person-index/feed/start-feeds.ts';
import type { PolicyStore } from '../sharing/files/watch.ts';
import type { AppOptions } from './options.ts';

/** What the folders of the enabled agencies say: all whose adapters are there if not said. */
export async function loadAgencies(root: string, enabled: Iterable<string> = agencyIds(root)) {
  const ids = [...enabled];
  const [files, adapters] = [readSchemaFiles(root, ids), await findAdapters(root, ids)];
  return { files, adapters, catalogue: buildCatalogue(files, adapters) };
}

export interface OpenAgency {
  adapter: AnyAdapter;
  database: AgencyDatabase;
}

/** Statements that may wait for a connection: bounded, so that a slow agency holds up nobody else. */
const QUEUE = 200;

/** Opens the database of every agency that is enabled, there or not, in the order of the adapters. */
export function openAgencies(
  adapters: readonly AnyAdapter[],
  { agencies, log }: Pick<AppOptions, 'agencies' | 'log'>,
): Map<string, OpenAgency> {
  const opened = adapters.flatMap((adapter): [string, OpenAgency][] => {
    const connection = agencies.get(adapter.id);
    if (!connection) return [];
    const database = openAgencyDatabase({ ...connection, agency: adapter.id, queueLimit: QUEUE, log });
    return [[adapter.id, { adapter, database }]];
  });
  return new Map(opened);
}

export function directoryOf(agencies: ReadonlyMap<string, OpenAgency>): AgencyDirectory {
  return new AgencyDirectory(
    [...agencies.values()].map(({ adapter, database }) => ({
      adapter,
      state: () => database.state(),
      why: () => database.why(),
      unavailable: () => (database.state() === 'DOWN' ? 'FAILED' : null),
    })),
  );
}

/** Their feeds to the person index, with what the policy in force lets it hold. */
export function feedsOf(agencies: ReadonlyMap<string, OpenAgency>, policies: PolicyStore): AgencyFeed[] {
  const policy = policies.current();
  return [...agencies.values()].map(({ adapter, database }) => ({
    agency: adapter.id,
    source: adapter.index,
    within: database.feed,
    share: policy.agencies.get(adapter.id)?.index.share ?? [],
  }));
}
