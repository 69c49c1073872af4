import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { IssuerStatus } from '../caller/issuer-keys.ts';
import type { RequestMetrics } from './parts.ts';

/** How the gateway's parts do, at the moment of asking. */
export interface GatewayStatus {
  agencies: readonly AgencyStatus[];
  /** Of tokens; none in the demo. */
  issuers: readonly IssuerStatus[];
  register: { mode: 'STORE' | 'SPOOL'; waiting: number; written: number };
  /** How many alerts are in each state, and since when the oldest that has not arrived waits; null where the store cannot say. */
  alerts: { counts: ReadonlyMap<string, number>; oldest: Date | null } | null;
  policy: {
    /** Content hash of all files in force. */
    version: string;
    since: Date;
    /** Newer files do not load, and those before stay in force. */
    failing: boolean;
    /** Agreements that are withdrawn as they stand. */
    withdrawn: number;
  };
}
export interface AgencyStatus {
  id: string;
  name: string;
  state: AgencyHealth;
  /** Why it is down, in words; absent while it is up. */
  why?: string;
  /** Of its feed to the person index; null where it was never complete, or the store cannot say. */
  feed: { asOf: Date; ageSeconds: number; overdue: boolean } | null;
}
export type AgencyHealth = 'UP' | 'DOWN' | 'STARTING';
const STATES: readonly AgencyHealth[] = ['UP', 'DOWN', 'STARTING'];

export interface Metrics extends RequestMetrics {
  /** So many entries of the register were durably written by one write that took so many seconds. */
  written(entries: number, to: 'store' | 'spool', seconds: number): void;
  /** In the text form of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts of requests, the process, and gauges of what `status` says when asked. No label has anything of a person. */
export function createMetrics(status: () => Promise<GatewayStatus>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'sightline_requests_total',
    help: 'Requests answered, by route, HTTP status and code of the first error',
    labelNames: ['route', 'status', 'code'],
    registers,
  });
  const durations = new Histogram({
    name: 'sightline_request_seconds',
    help: 'Time from a request’s arrival to the end of its answer',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const writes = new Histogram({
    name: 'sightline_register_write_seconds',
    help: 'Time of one durable write to the disclosure register, for which every answer waits',
    labelNames: ['to'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  const documents = new Counter({
    name: 'sightline_documents_total',
    help: 'Registered documents asked, by the client that registered them and their id',
    labelNames: ['client', 'document'],
    registers,
  });
  const untrusted = new Counter({
    name: 'sightline_untrusted_documents_total',
    help: 'Documents asked that nobody registered, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `sightline_${name}`, help, labelNames, registers });
  const state = gauge('agency_state', '1 for the state that an agency’s system is in', ['agency', 'state']);
  const feedAge = gauge(
    'feed_age_seconds',
    'Since the last complete pass of an agency’s feed to the person index began; no sample where there was none',
    ['agency'],
  );
  const feedOverdue = gauge('feed_overdue', '1 where an agency’s feed is overdue or was never complete', [
    'agency',
  ]);
  const waiting = gauge(
    'register_waiting',
    'Entries of the disclosure register that wait in the local spool',
  );
  const written = gauge('register_written', 'Place of the last entry in this gateway’s chain');
  const alerts = gauge('alerts', 'Alerts to agencies, by how far they are', ['state']);
  const alertAge = gauge(
    'alert_oldest_seconds',
    'Since the oldest alert that has not arrived was raised; 0 for none',
  );
  const issuerState = gauge('issuer_state', '1 for the state that an issuer of tokens is in', [
    'issuer',
    'state',
  ]);
  const keysAge = gauge('issuer_keys_age_seconds', 'Seconds since the keys of an issuer were last fetched', [
    'issuer',
  ]);
  const policy = gauge('policy_info', '1 for the version of the policy in force', ['version']);
  const policySince = gauge('policy_in_force_since_seconds', 'Unix time at which it came into force here');
  const policyFailing = gauge('policy_failing', '1 while newer policy files do not load, or are not signed');
  const withdrawn = gauge('agreements_withdrawn', 'Agreements that are withdrawn as they stand');
  const read = async () => {
    const now = await status();
    for (const each of [feedAge, policy]) each.reset();
    for (const { id, feed, state: current } of now.agencies) {
      for (const one of STATES) state.set({ agency: id, state: one }, one === current ? 1 : 0);
      if (feed) feedAge.set({ agency: id }, feed.ageSeconds);
      feedOverdue.set({ agency: id }, feed?.overdue === false ? 0 : 1);
    }
    for (const { issuer, state: current, keysFrom } of now.issuers) {
      for (const one of STATES) issuerState.set({ issuer, state: one }, one === current ? 1 : 0);
      if (keysFrom) keysAge.set({ issuer }, (Date.now() - keysFrom.getTime()) / 1_000);
    }
    waiting.set(now.register.waiting);
    written.set(now.register.written);
    for (const [alertState, count] of now.alerts?.counts ?? []) alerts.set({ state: alertState }, count);
    if (now.alerts) alertAge.set(now.alerts.oldest ? (Date.now() - now.alerts.oldest.getTime()) / 1_000 : 0);
    policy.set({ version: now.policy.version }, 1);
    policySince.set(now.policy.since.getTime() / 1_000);
    policyFailing.set(now.policy.failing ? 1 : 0);
    withdrawn.set(now.policy.withdrawn);
  };
  return {
    answered(route, code, outcome, seconds) {
      requests.inc({ route, status: code, code: outcome });
      durations.observe({ route }, seconds);
    },
    documentAsked: (client, document) => documents.inc({ client, document }),
    untrustedDocument: (outcome) => untrusted.inc({ outcome }),
    written: (_entries, to, seconds) => writes.observe({ to }, seconds),
    async text() {
      await read();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
