import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestMetrics } from './parts.ts';

/** How the gateway's parts do, at the moment of asking. */
export interface GatewayStatus {
  agencies: readonly { id: string; name: string; state: AgencyHealth }[];
  register: { mode: 'STORE' | 'SPOOL'; waiting: number; written: number };
}
export type AgencyHealth = 'UP' | 'DOWN' | 'STARTING';
const STATES: readonly AgencyHealth[] = ['UP', 'DOWN', 'STARTING'];

export interface Metrics extends RequestMetrics {
  /** In the text form of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts of requests, and gauges read from `status` when they are asked for. No label has anything of a person. */
export function createMetrics(status: () => GatewayStatus): Metrics {
  const registry = new Registry();
  const registers = [registry];
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
  addGauges(registry, status);
  return {
    answered(route, code, outcome, seconds) {
      requests.inc({ route, status: code, code: outcome });
      durations.observe({ route }, seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addGauges(registry: Registry, status: () => GatewayStatus): void {
  const registers = [registry];
  new Gauge({
    name: 'sightline_agency_state',
    help: '1 for the state that an agency’s system is in',
    labelNames: ['agency', 'state'],
    registers,
    collect() {
      for (const { id, state } of status().agencies)
        for (const one of STATES) this.set({ agency: id, state: one }, one === state ? 1 : 0);
    },
  });
  new Gauge({
    name: 'sightline_register_waiting',
    help: 'Entries of the disclosure register that wait in the local spool',
    registers,
    collect() {
      this.set(status().register.waiting);
    },
  });
  new Gauge({
    name: 'sightline_register_written',
    help: 'Place of the last entry in this gateway’s chain',
    registers,
    collect() {
      this.set(status().register.written);
    },
  });
}
