import {
  type AnyAdapter,
  type AnyAgencyApi,
  type AnyAgencyDatabase,
  dialectsOf,
} from '../../adapters/contract.ts';
import { agencyIds, findAdapters } from '../adapters-found.ts';
import { type AgencyApiOptions, openAgencyApi } from '../compile/api/agency-api.ts';
import { askedThroughApi } from '../compile/api/supplied.ts';
import type { Dialect } from '../compile/dialects/dialect.ts';
import { DIALECT_WORDS, dialectOf } from '../compile/dialects/of-url.ts';
import { createExecutor, type ExecutorOptions } from '../compile/executor.ts';
import {
  type AgencyDatabase,
  type AgencyDatabaseOptions,
  openAgencyDatabase,
} from '../compile/run/agency-database.ts';
import { AgencyUnavailableError } from '../compile/run/errors.ts';
import { agencySetting } from '../config/agency-settings.ts';
import { SettingError } from '../config/setting-error.ts';
import { AgencyDirectory } from '../gateway/request/directory.ts';
import { agencyDocument } from '../gateway/schema/agency-sdl.ts';
import { buildCatalogue } from '../gateway/schema/catalogue.ts';
import { readSchemaFiles } from '../gateway/schema/vocabulary.ts';
import type { HostedAgency } from '../host/gateway/hosted-agency.ts';
import type { AgencyFeed } from '../person-index/feed/start-feeds.ts';
import type { PolicyStore } from '../sharing/files/watch.ts';
import type { HostPolicies } from '../sharing/stricter.ts';
import type { AppOptions } from './options.ts';

/**
 * What the folders of the enabled agencies say: all whose adapters are there if not said. An agency whose address is one
 * of HTTP is as its API can say it; throws SettingError where its adapter knows of none.
 */
export async function loadAgencies(
  root: string,
  enabled: Iterable<string> = agencyIds(root),
  addresses: ReadonlyMap<string, { url: string | null }> = new Map(),
) {
  const ids = [...enabled];
  const [read, found] = [readSchemaFiles(root, ids), await findAdapters(root, ids)];
  const apis = new Map<string, AnyAgencyApi>();
  const sdls = new Map(read.agencies);
  const adapters = await Promise.all(
    found.map(async (adapter) => {
      if (!isApi(addresses.get(adapter.id))) return adapter;
      const api = await adapter.api?.();
      if (!api)
        throw new SettingError(
          agencySetting(adapter.id),
          'must be the address of a database: the adapter knows no API',
        );
      const asked = askedThroughApi(adapter, api);
      apis.set(adapter.id, api);
      sdls.set(adapter.id, agencyDocument(asked, read.own));
      return asked;
    }),
  );
  const files = { ...read, agencies: sdls };
  return { files, adapters, apis, catalogue: buildCatalogue(files, adapters) };
}

const isApi = (connection: { url: string | null } | undefined): boolean =>
  /^https?:/i.test(connection?.url ?? '');

/** How one agency is asked, whatever stands there: a database, or an API. */
export interface AgencySource {
  /** Answers the documents that are delegated to the agency. */
  executor(schema: ExecutorOptions['schema']): ReturnType<typeof createExecutor>;
  /** How its statements are written; null of an agency without SQL. */
  dialect: Dialect | null;
  /** One statement, for counting. Of an agency without SQL nothing can be counted: it rejects as one that is down. */
  query: AgencyDatabase['query'];
  /** What the adapter's references and caseloads are asked by, each until the signal aborts. */
  kyselyFor(signal: AbortSignal): AnyAgencyDatabase;
  /** What the feed to the person index is read by. */
  feed: AgencyDatabase['feed'];
  state: AgencyDatabase['state'];
  why: AgencyDatabase['why'];
  close(): Promise<void>;
}

export interface OpenAgency {
  /** As it is asked here: without what this way of asking cannot say. */
  adapter: AnyAdapter;
  source: AgencySource;
  /** The host of its own that it is asked through, where it has one. */
  host?: HostedAgency;
}

/** Statements or requests that may wait for their turn: bounded, so that a slow agency holds up nobody else. */
const QUEUE = 200;

/** Agencies that are asked otherwise than in a database. */
interface OtherWays {
  apis?: ReadonlyMap<string, AnyAgencyApi>;
  hosts?: ReadonlyMap<string, HostedAgency>;
}

/**
 * Opens every agency that is enabled, there or not, in the order of the adapters.
 * @throws SettingError for an address of a kind of database that the adapter was not tested on
 */
export function openAgencies(
  adapters: readonly AnyAdapter[],
  { agencies, log }: Pick<AppOptions, 'agencies' | 'log'>,
  { apis = new Map(), hosts = new Map() }: OtherWays = {},
): Map<string, OpenAgency> {
  const opened = adapters.flatMap((adapter): [string, OpenAgency][] => {
    const host = hosts.get(adapter.id);
    if (host) return [[adapter.id, { adapter, source: throughHost(adapter.id, host), host }]];
    const connection = agencies.get(adapter.id);
    if (!connection) return [];
    const how = { ...connection, agency: adapter.id, queueLimit: QUEUE, log };
    const api = apis.get(adapter.id);
    return [
      [adapter.id, { adapter, source: api ? throughApi(adapter, { ...how, api }) : bySql(adapter, how) }],
    ];
  });
  return new Map(opened);
}

function bySql(adapter: AnyAdapter, options: AgencyDatabaseOptions): AgencySource {
  const { name } = dialectOf(options.url);
  const tested = dialectsOf(adapter);
  if (!tested.includes(name))
    throw new SettingError(
      agencySetting(adapter.id),
      `is of ${DIALECT_WORDS[name]}: its adapter is tested on ${tested.map((one) => DIALECT_WORDS[one]).join(' and ')} alone`,
    );
  const database = openAgencyDatabase(options);
  return { ...database, executor: (schema) => createExecutor({ adapter, database, schema }) };
}

function throughApi(adapter: AnyAdapter, options: AgencyApiOptions): AgencySource {
  const access = openAgencyApi(options);
  return {
    executor: (schema) => createExecutor({ adapter, database: access, schema }),
    dialect: null,
    query: () => Promise.reject(new AgencyUnavailableError(options.agency, 'FAILED')),
    // Makers of the contract ask which of the two they were given.
    kyselyFor: (signal) => access.reader(signal) as unknown as AnyAgencyDatabase,
    feed: (limits) => access.feed(limits) as unknown as AnyAgencyDatabase,
    ...{ state: access.state, why: access.why, close: access.close },
  };
}

/** No statement of ours reaches an agency behind its own host: nothing can be counted there. */
function throughHost(agency: string, host: HostedAgency): AgencySource {
  const refuse = () => {
    throw new AgencyUnavailableError(agency, 'FAILED');
  };
  return {
    executor: (schema) => host.executor(schema),
    dialect: null,
    query: async () => refuse(),
    kyselyFor: refuse,
    feed: host.feed.within,
    ...{ state: () => host.state(), why: () => host.why() },
    close: async () => host.close(),
  };
}

export function directoryOf(agencies: ReadonlyMap<string, OpenAgency>): AgencyDirectory {
  return new AgencyDirectory(
    [...agencies.values()].map(({ adapter, source, host }) => ({
      adapter,
      state: () => source.state(),
      why: () => source.why(),
      unavailable: () => {
        if (source.state() === 'DOWN') return 'FAILED';
        // Until it has said what it decides by, nobody can be told what it gives.
        return host && !host.policy() ? 'STARTING' : null;
      },
    })),
  );
}

/** Their feeds to the person index, with what the policy in force lets it hold. */
export function feedsOf(
  agencies: ReadonlyMap<string, OpenAgency>,
  policies: PolicyStore,
  hosts: HostPolicies,
): AgencyFeed[] {
  const policy = policies.current();
  return [...agencies.values()].map(({ adapter, source, host }) => {
    const agency = adapter.id;
    const share = policy.agencies.get(agency)?.index.share ?? [];
    if (!host) return { agency, source: adapter.index, within: source.feed, share };
    // The host sends no more than its own policy shares. What that is says here when everything is to be read anew; before
    // it is known, nothing is thrown away for it.
    const shared = hosts.get(agency)?.policy.agencies.get(agency)?.index.share ?? share;
    return { agency, ...host.feed, share: share.filter((feature) => shared.includes(feature)) };
  });
}
