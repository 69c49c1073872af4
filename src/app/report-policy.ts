import { hostname } from 'node:os';
import type { Logger } from '../logger.ts';
import type { PolicyStore } from '../sharing/files/watch.ts';
import { sayInForce, sayStopped } from '../store/policy-in-force.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds between two looks at the files, so that a change comes into force while nobody asks. */
const LOOK_EVERY_MS = 1_000;
/** Milliseconds between two times that a gateway says what it goes by although nothing has changed. */
const SAY_EVERY_MS = 300_000;

export interface PolicyReporter {
  /** Says anew what is in force. Never rejects: who asks is answered by the policy in force, said or not. */
  say(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps what this gateway goes by in the store, for `policy status`. */
export function reportPolicy(
  policies: PolicyStore,
  { db }: Pick<Store, 'db'>,
  { gateway, now, log }: { gateway: string; now: () => Date; log: Logger },
): PolicyReporter {
  let saying: Promise<void> = Promise.resolve();
  const write = async () => {
    const { policy, problem } = policies.status();
    const agencies = new Map([...policy.agencies.values()].map(({ file, agency }) => [file, agency]));
    const common = { gateway, host: hostname(), version: policy.version };
    const files = [...policy.hashes].map(([file, hash]) => {
      const [first, ...more] = problem?.findings.filter((finding) => finding.file === file) ?? [];
      const others = more.length > 0 ? ` (and ${more.length} more)` : '';
      return {
        ...common,
        ...{ file, hash, agency: agencies.get(file) ?? null },
        problem: first ? `line ${first.line}: ${first.message}${others}` : null,
        problemSince: first && problem ? problem.since : null,
      };
    });
    await sayInForce(db, files, now());
  };
  const say = () => {
    saying = saying
      .then(write)
      .catch(() => log.warn({}, 'the store could not be told which policy is in force'));
    return saying;
  };
  const looking = setInterval(() => policies.current(), LOOK_EVERY_MS).unref();
  const repeating = setInterval(() => void say(), SAY_EVERY_MS).unref();
  return {
    say,
    async close() {
      clearInterval(looking);
      clearInterval(repeating);
      await saying;
      await sayStopped(db, gateway, now()).catch(() => {});
    },
  };
}
