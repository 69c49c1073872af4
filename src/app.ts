import { offersBreakGlass } from './acts/break-glass/openings.ts';
import { createBreakGlass } from './acts/break-glass.ts';
import { createPolicyActs } from './acts/policy.ts';
import { createRelays } from './acts/relays.ts';
import { offersReview } from './acts/requests/permits.ts';
import { createDisclosureRequests } from './acts/requests.ts';
import { createConcerns } from './acts/wishes/concerns.ts';
import { createConsents } from './acts/wishes/consents.ts';
import { heedsWishes, wishesOnRecord } from './acts/wishes/on-record.ts';
import { followClaims } from './app/follow-claims.ts';
import { followRegister } from './app/follow-register.ts';
import { followRetention } from './app/follow-retention.ts';
import { followDecisions, followSignatures, followWithdrawals } from './app/follow-store.ts';
import { startIndexFeeds } from './app/index-feeds.ts';
import { directoryOf, loadAgencies, openAgencies } from './app/open-agencies.ts';
import { openHosts } from './app/open-hosts.ts';
import { openStored } from './app/open-stored.ts';
import type { AppOptions } from './app/options.ts';
import { publicSchema } from './app/public-schema.ts';
import { isLive, referenceDirectory } from './app/references.ts';
import { reportPolicy } from './app/report-policy.ts';
import { createCohorts } from './cohort/cohort.ts';
import { countablesOf } from './cohort/countables.ts';
import { readDistricts } from './cohort/districts.ts';
import { storeMethod } from './cohort/method.ts';
import { COHORT_RATE } from './cohort/rate.ts';
import { ownPerturbationTable } from './counting/own-table.ts';
import { Gateway } from './gateway/gateway.ts';
import type { AgencyDirectory } from './gateway/request/directory.ts';
import { checkPlaces } from './gateway/schema/place-classification.ts';
import { createRequestSubjects } from './person-index/lookup/request-subjects.ts';
import { currentModel } from './person-index/match/current-model.ts';
import { loadFeedStates } from './person-index/records/feed-states.ts';
import { loadKeys } from './person-index/records/keys.ts';
import { IndexMemory } from './person-index/records/memory.ts';
import type { FeedState } from './person-index/records/types.ts';
import { createRequestReview } from './person-index/review/request-review.ts';
import { statementOfOwn } from './register/proof/statement.ts';
import { createRegisterReader } from './register/reading/reader.ts';
import type { Register } from './register/register.ts';
import type { SignedTexts } from './sharing/files/signed.ts';
import { openPolicyStore, type PolicyStatus, type PolicyStore } from './sharing/files/watch.ts';
import { type Policies, registerPeriods } from './sharing/policy/policies.ts';
import type { Catalogue } from './sharing/policy/types.ts';
import { withdrawnNow } from './sharing/rules/agreement.ts';
import type { Store } from './store/store.ts';

export interface App {
  gateway: Gateway;
  catalogue: Catalogue;
  agencies: AgencyDirectory;
  register: Register;
  store: Store;
  policies(): Policies;
  /** Every agency's usual desk, as it is staffed now. */
  desks(): ReturnType<AgencyDirectory['desks']>;
  /**
   * Settles when every agency's feed is in the person index and not overdue or, after retries, is named as missing; gives
   * those. Requests are answered before, and name what could not be looked at.
   */
  filled: Promise<readonly string[]>;
  policyStatus(): PolicyStatus;
  /** Ids of the agreements that are withdrawn as they stand. */
  withdrawnAgreements(): ReadonlySet<string>;
  /** Of every agency that was ever fed. Rejects while the own store cannot be read. */
  feedStates(): Promise<ReadonlyMap<string, FeedState>>;
  /** Runs a pass of every agency's feed to the person index now. */
  refreshIndex(): Promise<void>;
  /** Looks now whether somebody was opened by break-glass on a reference that has closed and never tied them. */
  lookAtClaims(): Promise<void>;
  /** Null when requests can be answered and the index was filled once; else which part is not there, in words. */
  notReady(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Puts the gateway together over databases that exist. Agencies need not be up; the own store must be, at the start.
 * @throws PlaceClassificationError, PolicyError, MigrationError, IndexKeyError, RegisterFileError, or an Error naming a missing setting
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { root, dataDir, storeUrl, log, now = () => new Date() } = options;
  const { hosts: connections = new Map() } = options;
  const enabled = [...options.agencies.keys(), ...connections.keys()];
  const { files, adapters, apis, catalogue } = await loadAgencies(root, enabled, options.agencies);
  checkPlaces(files, adapters);
  let told = () => {};
  const open = (signed?: () => SignedTexts) => openPolicies(options, catalogue, now, () => told(), signed);
  // Where no signature is required, files that do not load are named before anything is opened.
  const fromDisk = options.policySignatures ? null : open();
  const keys = loadKeys({ dataDir, env: options.indexKey, previousEnv: options.indexKeyPrevious });
  const stored = await openStored(options, keys, now);
  const signatures = fromDisk ? null : await followSignatures(storeUrl, stored.store, log);
  const closeUnopened = async (error: unknown) => {
    await signatures?.close();
    await stored.register.close();
    await stored.close();
    throw error;
  };
  const policies = fromDisk ?? (await Promise.resolve(signatures?.known).then(open).catch(closeUnopened));
  const policyVersion = () => policies.held().version;
  const hosts = await Promise.resolve({ adapters, catalogue, connections, policyVersion, log, now })
    .then(openHosts)
    .catch(closeUnopened);
  const agencies = openAgencies(adapters, options, { apis, hosts: hosts.of });
  const reporter = reportPolicy(policies, stored.store, {
    gateway: stored.register.status().chain,
    now,
    log,
  });
  told = () => void reporter.say();
  await reporter.say();
  const memory = new IndexMemory(options.indexKeptMs);
  const feeds = startIndexFeeds(agencies, policies, stored, keys, memory, hosts.policies, {
    ...options,
    now,
  });
  const directory = directoryOf(agencies);
  const districts = readDistricts(root);
  const countables = countablesOf(adapters, policies.current(), districts);
  const { schema, subschemas } = await publicSchema(files, catalogue, agencies, countables);
  const references = referenceDirectory(agencies);
  const breakGlass = createBreakGlass(stored.store.db, stored.register);
  const reader = createRegisterReader(stored.store.db, stored.feedStore.db);
  const requests = createDisclosureRequests(stored.store.db, stored.register);
  const table = options.countingTable ?? {
    table: ownPerturbationTable(),
    tableName: "Sightline's own table",
  };
  const countingMethod = () =>
    storeMethod({ store: stored.store.db, dataDir, env: options.countingKey, ...table });
  const gateway = new Gateway(
    {
      schema,
      subschemas,
      // The files were looked at when the request came in, for who may ask in which role.
      policies: () => policies.held(),
      withdrawn: () => withdrawnNow(policies.held(), withdrawals.known()),
      hosts: hosts.policies,
      peopleFor: ({ requestId, caller, reference, signal, purpose }, decisionsAt, at) => {
        const of = { caller, reference, signal, purpose: purpose ?? '', decisionsAt, now: at };
        const { searchLimits } = options;
        const input = { store: stored.store.db, references, catalogue, keys, memory, searchLimits, ...of };
        // Asked for everybody of the role at the purpose, whatever they have open, and for nobody else.
        const offers = [policies.held(), caller.role, of.purpose] as const;
        const text = reference && `${reference.agency}:${reference.value}`;
        const asking = { caller, purpose: of.purpose, reference: text ?? '', now: at };
        const openings = async () => {
          const opened = text && offersBreakGlass(...offers) ? breakGlass.openSections(asking) : [];
          const given = text && offersReview(...offers) ? requests.permitted({ ...asking, requestId }) : [];
          return (await Promise.all([opened, given])).flat();
        };
        const { organisation } = caller;
        const wanting = { organisation, purpose: of.purpose, reference: text ?? '', now: at };
        const wishes = heedsWishes(policies.held(), caller.role, of.purpose)
          ? (people: Parameters<typeof wishesOnRecord>[2]) => wishesOnRecord(stored.store.db, wanting, people)
          : undefined;
        return {
          subjects: createRequestSubjects({ ...input, openings, wishes }),
          review: createRequestReview(input),
        };
      },
      now,
      note: (requestId, agency, problem) => log.warn({ requestId, agency, problem }, 'data quality'),
      fault: (requestId, agency, problem) =>
        log.error({ requestId, agency, problem }, 'agency answer refused'),
    },
    {
      catalogue,
      agencies: directory,
      policiesWaiting: () => policies.status().waiting,
      record: (entries) => stored.register.record(entries),
      register: reader,
      registerStatement: (period) =>
        statementOfOwn({ db: stored.feedStore.db, dataDir: options.dataDir }, period, MOST_IN_STATEMENT),
      breakGlass,
      consents: createConsents(stored.store.db, stored.register),
      cohorts: createCohorts({
        ...{ store: stored.store.db, agencies, countables, districts },
        method: countingMethod,
        rate: options.cohortRate ?? COHORT_RATE,
        feeds: (at) => loadFeedStates(stored.store.db, at),
      }),
      concerns: createConcerns(stored.store.db, stored.register),
      requests,
      relays: createRelays(stored.store.db, stored.register),
      policyActs: createPolicyActs(stored.store.db, stored.register, (reference, at) =>
        isLive(references, reference, at),
      ),
    },
  );
  const withdrawals = await followWithdrawals(
    storeUrl,
    stored.store,
    () => gateway.withdrawalsChanged(),
    log,
  );
  hosts.onPolicies(() => gateway.hostPoliciesChanged());
  const linksChanged = () => {
    memory.forget();
    gateway.linksChanged();
  };
  const decisions = await followDecisions(storeUrl, stored.store, linksChanged, log);
  const readings = followRegister(reader, { log });
  const claims = followClaims(stored.store, references, { log, now });
  const retention = followRetention(
    async () => {
      const policy = policies.held();
      return {
        ...{ store: stored.feedStore.db, recordWith: stored.register.recordWith, now: now() },
        periods: registerPeriods(policy),
        by: { sub: 'gateway', role: null, policyVersion: policy.version },
      };
    },
    { log },
  );
  let ready = false;
  const filled = feeds.filled.then(async (missing) => {
    // Read once now, and not by the first search: all searches run the same statements.
    await currentModel(stored.store.db).catch(() => {});
    ready = true;
    return missing;
  });
  const notReady = async () => {
    if (!(await stored.answers())) return 'the own store cannot be reached';
    return ready ? null : `the person index is being filled: ${feeds.filling() ?? 'almost done'}`;
  };
  return {
    gateway,
    catalogue,
    agencies: directory,
    register: stored.register,
    store: stored.store,
    policies: () => policies.currentInTurn(),
    desks: () => directory.desks(now()),
    filled,
    policyStatus: () => policies.status(),
    withdrawnAgreements: () => withdrawnNow(policies.current(), withdrawals.known()),
    feedStates: () => loadFeedStates(stored.store.db, now()),
    refreshIndex: async () => void (await feeds.refresh()),
    lookAtClaims: () => claims.look(),
    notReady,
    async close() {
      await signatures?.close();
      await Promise.all([withdrawals.close(), decisions.close(), claims.close(), readings.close()]);
      await retention.close();
      await reporter.close();
      await feeds.stop();
      await filled;
      await stored.register.close();
      await Promise.all([...agencies.values()].map(({ source }) => source.close()));
      await stored.close();
    },
  };
}

/** Entries that are checked while an officer waits: some seconds. */
const MOST_IN_STATEMENT = 20_000;

function openPolicies(
  { root, log, policyPauseMs }: AppOptions,
  agencies: Catalogue,
  now: () => Date,
  onTold: () => void,
  signed: (() => SignedTexts) | undefined,
): PolicyStore {
  return openPolicyStore({
    root,
    agencies,
    pauseMs: policyPauseMs,
    since: now,
    signed,
    onWaiting(findings) {
      log.warn(
        { findings },
        'a text of a policy is not signed, or does not load; the one before stays in force',
      );
      onTold();
    },
    onProblem(findings) {
      log.error({ findings }, 'the changed policy does not load; the one before stays in force');
      onTold();
    },
    onChange({ version }) {
      log.info({ version }, 'a changed policy is in force');
      onTold();
    },
    onMended({ version }) {
      log.info({ version }, 'the policy files are again those in force');
      onTold();
    },
  });
}
