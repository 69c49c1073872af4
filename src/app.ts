import { findAdapters } from './adapters-found.ts';
import { composeGateway } from './app/compose-gateway.ts';
import { followDecisions } from './app/follow-decisions.ts';
import { followWithdrawals } from './app/follow-withdrawals.ts';
import { startIndexFeeds } from './app/index-feeds.ts';
import { directoryOf, openAgencies } from './app/open-agencies.ts';
import { openStored } from './app/open-stored.ts';
import type { AppLog, AppOptions } from './app/options.ts';
import { referenceDirectory } from './app/references.ts';
import { buildCatalogue } from './gateway/catalogue.ts';
import type { AgencyDirectory } from './gateway/directory.ts';
import { Gateway } from './gateway/gateway.ts';
import { checkPlaces } from './gateway/place-classification.ts';
import { readSchemaFiles } from './gateway/schema-files.ts';
import { currentModel } from './person-index/current-model.ts';
import { loadKeys } from './person-index/keys.ts';
import { createRequestSubjects } from './person-index/request-subjects.ts';
import { createRequestReview } from './person-index/review/request-review.ts';
import type { Register } from './register/register.ts';
import type { Policies } from './sharing/policies.ts';
import type { Catalogue } from './sharing/types.ts';
import { openPolicyStore, type PolicyStore } from './sharing/watch.ts';
import { withdrawnNow } from './sharing/withdrawn.ts';
import type { Store } from './store/store.ts';

export interface App {
  gateway: Gateway;
  catalogue: Catalogue;
  agencies: AgencyDirectory;
  register: Register;
  store: Store;
  policies(): Policies;
  /** Runs a pass of every agency's feed to the person index now. */
  refreshIndex(): Promise<void>;
  /** Null when requests can be answered; else which part cannot, in words. */
  notReady(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Puts the gateway together over databases that exist. Agencies need not be up; the own store must be, at the start.
 * @throws PlaceClassificationError, PolicyError, MigrationError, IndexKeyError, RegisterFileError, or an Error naming a missing setting
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { root, dataDir, storeUrl, log, now = () => new Date() } = options;
  const files = readSchemaFiles(root);
  const adapters = await findAdapters(root);
  checkPlaces(files, adapters);
  const catalogue = buildCatalogue(files, adapters);
  const policies = openPolicies(root, catalogue, log);
  const keys = loadKeys({ dataDir, env: options.indexKey, previousEnv: options.indexKeyPrevious });
  const stored = await openStored(options, keys, now);
  const agencies = openAgencies(adapters, options);
  const feeds = startIndexFeeds(agencies, policies, stored.feedStore, keys, { ...options, now });
  const directory = directoryOf(agencies);
  const { schema, subschemas } = await composeGateway(files, catalogue, agencies);
  const references = referenceDirectory(agencies);
  const gateway = new Gateway({
    schema,
    subschemas,
    catalogue,
    agencies: directory,
    policies: () => policies.current(),
    withdrawn: () => withdrawnNow(policies.current(), withdrawals.known()),
    peopleFor: ({ caller, reference, signal, purpose }, decisionsAt, at) => {
      const of = { caller, reference, signal, purpose: purpose ?? '', decisionsAt, now: at };
      const { searchLimits } = options;
      const input = { store: stored.store.db, references, catalogue, keys, searchLimits, ...of };
      return {
        subjects: createRequestSubjects(input),
        review: createRequestReview(input),
      };
    },
    register: stored.register,
    now,
    note: (requestId, agency, problem) => log.warn({ requestId, agency, problem }, 'data quality'),
  });
  const withdrawals = await followWithdrawals(
    storeUrl,
    stored.store,
    () => gateway.withdrawalsChanged(),
    log,
  );
  const decisions = await followDecisions(storeUrl, stored.store, () => gateway.linksChanged(), log);
  await feeds.filled;
  // Read once now, and not by the first search: all searches run the same statements.
  await currentModel(stored.store.db).catch(() => {});
  return {
    gateway,
    catalogue,
    agencies: directory,
    register: stored.register,
    store: stored.store,
    policies: () => policies.current(),
    refreshIndex: async () => void (await feeds.refresh()),
    notReady: async () => ((await stored.answers()) ? null : 'the own store cannot be reached'),
    async close() {
      await Promise.all([withdrawals.close(), decisions.close()]);
      await feeds.stop();
      await stored.register.close();
      await Promise.all([...agencies.values()].map(({ database }) => database.close()));
      await stored.close();
    },
  };
}

function openPolicies(root: string, agencies: Catalogue, log: AppLog): PolicyStore {
  return openPolicyStore({
    root,
    agencies,
    onProblem: (findings) =>
      log.error({ findings }, 'the changed policy does not load; the one before stays in force'),
    onChange: ({ version }) => log.info({ version }, 'a changed policy is in force'),
  });
}
