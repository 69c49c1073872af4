import type { AnyAdapter, AnyAgencyDatabase } from '../../../../adapters/contract.ts';
import type { AgencyDatabase, AgencyDatabaseOptions } from '../../../compile/run/agency-database.ts';
import type { AgencySchema } from '../../../conformance/ask-agency.ts';
import type { SourceSql } from './source-sql.ts';

/** One agency's real system, as a check finds it. */
export interface Source {
  adapter: AnyAdapter;
  /** What the gateway would offer of it. */
  sdl: AgencySchema;
  /** How it is opened, for checks that open it once more. */
  options: AgencyDatabaseOptions & { url: string };
  /** As the gateway's requests ask it. */
  database: AgencyDatabase;
  /** As the gateway's feed asks it: with time, and with the database's own errors. */
  db: AnyAgencyDatabase;
  sql: SourceSql;
  /** `adapters/<agency>/tables.ts` as it is written; null where there is none. */
  tablesFile: string | null;
  now: Date;
  /** How many records are looked at, at most. */
  most: number;
  /** How often, twice a second, it is looked whether a server has noticed something. */
  looks: number;
}

/** What a check found: what fails it, what somebody should look at, and what may be said where all is well. */
export interface Found {
  failed?: readonly string[];
  warned?: readonly string[];
  says?: string;
}

export interface Check {
  /** A word for the command line. */
  id: string;
  /** A few words, in which an agency's engineer asks for it. */
  name: string;
  /** Finds nothing out, and says why. */
  skipped?: (source: Source) => string | null;
  run(source: Source): Promise<Found>;
}
