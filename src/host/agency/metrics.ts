import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RegisterMetrics } from '../../register/errors.ts';

/** How the host's parts do, at the moment of asking. */
export interface HostStatus {
  /** Of the agency's own system. */
  database: 'UP' | 'DOWN' | 'STARTING';
  /** Why it is down, in words; null while it is not. */
  why: string | null;
  register: { mode: 'STORE' | 'SPOOL'; waiting: number; written: number };
  policy: { version: string; failing: boolean };
  /** Questions that are remembered until their signature is over. */
  nonces: number;
}

export interface HostMetrics extends RegisterMetrics {
  /** `outcome`: OK, or the code of a refusal. */
  answered(op: string, outcome: string, seconds: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts of questions, the process, and gauges of what `status` says. No label has anything of a person. */
export function createHostMetrics(status: () => HostStatus): HostMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const questions = new Counter({
    name: 'sightline_host_questions_total',
    help: 'Questions of gateways, by what they ask and what became of them',
    labelNames: ['op', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'sightline_host_question_seconds',
    help: 'Time from a question’s arrival to its signed answer',
    labelNames: ['op'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const writes = new Histogram({
    name: 'sightline_register_write_seconds',
    help: 'Time of one durable write to the host’s own register, for which every answer waits',
    labelNames: ['to'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `sightline_${name}`, help, labelNames, registers });
  const state = gauge('host_database_state', '1 for the state that the agency’s system is in', ['state']);
  const waiting = gauge('register_waiting', 'Entries of the register that wait in the local spool');
  const written = gauge('register_written', 'Place of the last entry in this host’s chain');
  const policy = gauge('policy_info', '1 for the version of the policy in force', ['version']);
  const failing = gauge('policy_failing', '1 while newer policy files do not load');
  const nonces = gauge('host_nonces', 'Questions that are remembered until their signature is over');
  return {
    answered(op, outcome, seconds) {
      questions.inc({ op, outcome });
      durations.observe({ op }, seconds);
    },
    written: (_entries, to, seconds) => writes.observe({ to }, seconds),
    async text() {
      const now = status();
      for (const one of ['UP', 'DOWN', 'STARTING'] as const)
        state.set({ state: one }, one === now.database ? 1 : 0);
      waiting.set(now.register.waiting);
      written.set(now.register.written);
      policy.reset();
      policy.set({ version: now.policy.version }, 1);
      failing.set(now.policy.failing ? 1 : 0);
      nonces.set(now.nonces);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
