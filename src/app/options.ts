import type { CohortRate } from '../cohort/rate.ts';
import type { AgencyConnection } from '../compile/dialects/dialect.ts';
import type { CountingMethod } from '../counting/count-cohort.ts';
import type { Logger } from '../logger.ts';
import type { SearchLimits } from '../person-index/admit/search-policy.ts';
import type { RegisterMetrics } from '../register/errors.ts';
import type { HostConnection } from './open-hosts.ts';

export interface AppOptions {
  /** The folder with `schema/` and `adapters/`. */
  root: string;
  /** For keys, the register's spool and signed heads. */
  dataDir: string;
  /** The gateway's own store, as a login that owns its tables. */
  storeUrl: string;
  /**
   * Agency id → its database or API, by a login that may read what its adapter reads. An agency with an adapter that is not here
   * is not enabled: it supplies nothing, is asked nothing, and its files are not read.
   */
  agencies: ReadonlyMap<string, AgencyConnection>;
  /** Agency id → the host of its own that is asked in place of a database; none if not said. */
  hosts?: ReadonlyMap<string, HostConnection> | undefined;
  /** Milliseconds between passes of the feeds to the person index. */
  feedIntervalMs?: number | undefined;
  /** How often a login may search; the policy's own limits if not said. */
  searchLimits?: SearchLimits | undefined;
  /** A text of a policy counts only once it is signed; where not said it counts as it stands on disk. */
  policySignatures?: boolean | undefined;
  /** Milliseconds for which policy files must have stayed as they are before a change is taken; half a second if not said. */
  policyPauseMs?: number | undefined;
  /** Milliseconds for which the state of feeds and the caller's own record are kept; a second if not said. */
  indexKeptMs?: number | undefined;
  /** How often a login may count people; 30 times a minute and 300 an hour if not said. */
  cohortRate?: CohortRate | undefined;
  /** The secret of counts, for several gateways on one store; else one is made in the data directory. */
  countingKey?: string | undefined;
  /** The place's own perturbation table; Sightline's if not said. */
  countingTable?: Pick<CountingMethod, 'table' | 'tableName'> | undefined;
  indexKey?: string | undefined;
  indexKeyPrevious?: string | undefined;
  registerSigningKey?: string | undefined;
  registerMetrics?: RegisterMetrics | undefined;
  now?: (() => Date) | undefined;
  log: Logger;
  /** Takes how far long work is, in a line, often. */
  tell?: ((line: string) => void) | undefined;
}
