import { randomUUID } from 'node:crypto';
import { agencyIds } from '../adapters-found.ts';
import { followWithdrawals } from '../app/follow-store.ts';
import { loadAgencies, type OpenAgency, openAgencies } from '../app/open-agencies.ts';
import { referenceDirectory } from '../app/references.ts';
import type { HostConfig } from '../config/host-settings.ts';
import { checkPlaces } from '../gateway/schema/place-classification.ts';
import { agencySchema } from '../gateway/schema/stitch.ts';
import { Allowance } from '../host/agency/allowance.ts';
import { createAnswering } from '../host/agency/answering.ts';
import { createHostMetrics } from '../host/agency/metrics.ts';
import { Nonces } from '../host/agency/nonces.ts';
import { buildHostOperator, buildHostServer } from '../host/agency/server.ts';
import { publicKeys, signingKeyOf } from '../host/wire/key-files.ts';
import { hostKeyFile } from '../host/wire/key-folder.ts';
import { assertFree, closeServer, startListening } from '../http/listen.ts';
import type { Logger } from '../logger.ts';
import { createRegister } from '../register/register.ts';
import { openPolicyStore } from '../sharing/files/watch.ts';
import { withdrawnNow } from '../sharing/rules/agreement.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/store.ts';
import { Closers } from './closers.ts';

export interface HostOptions {
  agency: string;
  config: HostConfig;
  /** The folder with `schema/` and `adapters/`: of the agencies' files this host reads its own alone. */
  root: string;
  log: Logger;
  now: () => Date;
}

export interface Host {
  url: string;
  operatorUrl: string;
  /** Lets questions finish within ten seconds, then stops everything behind. */
  close(): Promise<void>;
}

const STORE_CONNECTIONS = 4;

/**
 * Starts an agency's own host: its database, its policy, its register and its keys, and nothing of a gateway's.
 * @throws Error naming the setting or file that it cannot start with; then nothing is left running
 */
export async function startHost({ agency, config, root, log, now }: HostOptions): Promise<Host> {
  const asked = listenAddress(config.host, config.port, '');
  const operated = listenAddress(config.operatorHost, config.operatorPort, 'OPERATOR_');
  await assertFree(asked);
  await assertFree(operated);
  const closers = new Closers();
  try {
    const connections = new Map([[agency, config.agency]]);
    const { files, adapters, apis, catalogue } = await loadAgencies(root, [agency], connections);
    const [adapter] = adapters;
    if (!adapter) throw new Error(`There is no adapter ${agency}; known: ${agencyIds(root).join(', ')}`);
    checkPlaces(files, adapters);
    const policies = openPolicyStore({
      ...{ root: config.policyDir ?? root, agencies: catalogue, since: now },
      onProblem: (findings) =>
        log.error({ findings }, 'the changed policy does not load; the one before stays in force'),
      onChange: ({ version }) => log.info({ version }, 'a changed policy is in force'),
      onMended: ({ version }) => log.info({ version }, 'the policy files are again those in force'),
    });
    const onProblem = ({ message }: Error) => log.error({ problem: message }, 'a changed key is not taken');
    const gatewayKeys = publicKeys(config.gatewayKeysFile, onProblem);
    const ownKey = signingKeyOf(hostKeyFile(config.dataDir, agency), onProblem);

    await migrate(config.storeUrl);
    const onConnectionError = () => log.warn({}, 'a connection to the own store was lost');
    const store = openStore(config.storeUrl, { connections: STORE_CONNECTIONS, onConnectionError });
    closers.add(() => store.close());
    const status = () => ({
      ...{
        database: source.state(),
        why: source.why(),
        register: register.status(),
        nonces: nonces.known,
      },
      policy: { version: policies.held().version, failing: policies.status().problem !== null },
    });
    const metrics = createHostMetrics(status);
    const { dataDir, registerSigningKey: signingKey } = config;
    const register = await createRegister({
      ...{ db: store.db, dataDir, now, log, metrics },
      ...(signingKey !== null && { signingKey }),
    });
    closers.add(() => register.close());
    const withdrawals = await followWithdrawals(config.storeUrl, store, () => {}, log);
    closers.add(() => withdrawals.close());
    const agencies = openAgencies(adapters, { agencies: connections, log }, { apis });
    const { source } = agencies.get(agency) as OpenAgency;
    closers.add(() => source.close());

    const policyNow = () => {
      const policy = policies.current();
      return { policy, withdrawn: withdrawnNow(policy, withdrawals.known()) };
    };
    const schema = agencySchema(files, adapter);
    const directory = referenceDirectory(agencies);
    const records = new Allowance(config.recordsPerMinute);
    const nonces = new Nonces();
    const server = buildHostServer({
      ...{ agency, instance: randomUUID(), tls: config.tls, gatewayKeys, ownKey, nonces },
      questions: new Allowance(config.questionsPerMinute),
      policy: policyNow,
      record: (entries) => register.record(entries),
      answering: createAnswering({
        ...{ adapter, catalogue, execute: source.executor(schema), feed: source.feed, schema },
        references: {
          find: (...question) => directory.find(adapter.id, ...question),
          caseload: (...question) => directory.caseload(adapter.id, ...question),
          knowsStaff: (...question) => directory.knowsStaff(adapter.id, ...question),
        },
        record: (entries) => register.record(entries),
        allow: (amount) => records.take(amount, now()),
      }),
      ...{ metrics, log, now },
    });
    closers.add(() => closeServer(server));
    const operator = buildHostOperator(metrics, status);
    closers.add(() => closeServer(operator));
    const operatorUrl = await startListening(operator, operated);
    const url = await startListening(server, asked);
    return { url, operatorUrl, close: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

const listenAddress = (host: string, port: number, prefix: string) => ({
  ...{ host, port },
  settings: { host: `${prefix}HOST`, port: `${prefix}PORT` },
});
