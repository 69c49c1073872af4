import type { AnyAdapter } from '../../adapters/contract.ts';
import { createHostClient } from '../host/gateway/host-client.ts';
import { type HostedAgency, hostedAgency } from '../host/gateway/hosted-agency.ts';
import { type HostEndpoint, openTransport } from '../host/gateway/transport.ts';
import { publicKeys, signingKeyOf } from '../host/wire/key-files.ts';
import type { Logger } from '../logger.ts';
import { loadPolicies } from '../sharing/files/load.ts';
import type { Catalogue } from '../sharing/policy/types.ts';
import type { HostPolicies } from '../sharing/stricter.ts';

/** How an agency's own host is asked; paths of files. */
export interface HostConnection extends HostEndpoint {
  /** The private key by which this gateway signs its questions (PEM), and the host's public keys (JWKS). */
  keyFile: string;
  hostKeysFile: string;
  /** For one question of a request. */
  timeoutMs: number;
}

export interface OpenHosts {
  of: ReadonlyMap<string, HostedAgency>;
  /** What the hosts decide by, as far as they have said; another object once one of them says something else. */
  policies(): HostPolicies;
  /** Told from now on when that is another. */
  onPolicies(told: () => void): void;
}

export interface OpenHostsInput {
  adapters: readonly AnyAdapter[];
  catalogue: Catalogue;
  connections: ReadonlyMap<string, HostConnection>;
  policyVersion(): string;
  log: Logger;
  now(): Date;
}

/**
 * Opens at once, whether the hosts are there or not.
 * @throws HostKeyError where a key's file cannot be used
 */
export function openHosts(input: OpenHostsInput): OpenHosts {
  const { adapters, catalogue, connections, policyVersion, log, now } = input;
  const of = new Map<string, HostedAgency>();
  let policies: HostPolicies = new Map();
  let told = () => {};
  for (const adapter of adapters) {
    const connection = connections.get(adapter.id);
    if (!connection) continue;
    const onProblem = ({ message }: Error) =>
      log.error({ agency: adapter.id, problem: message }, 'a changed key is not taken');
    const client = createHostClient({
      agency: adapter.id,
      transport: openTransport(connection),
      ownKey: signingKeyOf(connection.keyFile, onProblem),
      hostKeys: publicKeys(connection.hostKeysFile, onProblem),
      timeoutMs: connection.timeoutMs,
      loadPolicy: (texts) => policyOf(adapter.id, catalogue, texts, log),
      onPolicy() {
        policies = new Map(
          [...of].flatMap(([agency, host]) => {
            const policy = host.policy();
            return policy ? [[agency, policy] as const] : [];
          }),
        );
        told();
      },
      ...{ policyVersion, log, now },
    });
    of.set(adapter.id, hostedAgency(adapter, client, policyVersion, now));
  }
  return {
    of,
    policies: () => policies,
    onPolicies(listener) {
      told = listener;
    },
  };
}

/** The texts of a host's policy, checked as this gateway's own are; null where they do not load here. */
function policyOf(agency: string, catalogue: Catalogue, texts: ReadonlyMap<string, string>, log: Logger) {
  const described = catalogue.agencies.get(agency);
  if (!described) return null;
  const loaded = loadPolicies({
    root: '',
    agencies: { sections: catalogue.sections, agencies: new Map([[agency, described]]) },
    readFile: (file) => texts.get(file) ?? '',
  });
  if (loaded.ok) return loaded.policies;
  log.error({ agency, findings: loaded.findings }, 'the policy of an agency’s own host does not load here');
  return null;
}
