import type { ConnectionOptions } from 'node:tls';
import type { PoolConfig } from 'pg';
import { oursInPool, schemaOf } from '../../session.ts';

/** How one agency's database is asked. */
export interface AgencyConnection {
  url: string;
  /** Of an agency with an API: sent as a bearer token. */
  token?: string | null;
  /** How the server's certificate is verified, false for no TLS; as the address says where it is null or not given. */
  tls?: false | Pick<ConnectionOptions, 'ca' | 'rejectUnauthorized'> | null;
  /** Where its tables are; as the address says, else `public`, where it is null or not given. */
  schema?: string | null;
  /** For what a request asks at once, waiting for a connection included. */
  statementTimeoutMs: number;
  /** For requests; the feed to the person index has two of its own. */
  maxConnections: number;
}

/** Milliseconds after which a connection that does not come about is given up. */
export const CONNECT_MS = 15_000;

/** Settings of every connection that requests use: read-only, and with a time limit that the server keeps too. */
export function poolOptions(agency: AgencyConnection): PoolConfig {
  const { maxConnections, statementTimeoutMs } = agency;
  return {
    ...common(agency, statementTimeoutMs),
    max: maxConnections,
    // What is sent together is not held back until the one before is answered.
    pipeline: true,
    // Whoever waits has given up by then; this only clears away connections that never come about.
    connectionTimeoutMillis: Math.max(CONNECT_MS, 2 * statementTimeoutMs),
  };
}

/** A feed reads page after page, and what is about the records of a page side by side. */
const FEED_CONNECTIONS = 2;
/** Milliseconds that no feed gives a statement; the server ends it even where the gateway is gone. */
const FEED_LONGEST_MS = 600_000;

/** The same for the feed to the person index, whose statements have time. */
export function feedPoolOptions(agency: AgencyConnection): PoolConfig {
  return {
    ...common(agency, FEED_LONGEST_MS),
    max: FEED_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
  };
}

const common = ({ url, tls, schema }: AgencyConnection, statementMs: number): PoolConfig => ({
  connectionString: url,
  ...(tls != null && { ssl: tls }),
  application_name: 'sightline',
  // From the first moment on: what sets the session up must not run out of somebody else's time.
  statement_timeout: statementMs,
  ...oursInPool({ schema: schema ?? schemaOf(url), readOnly: true, statementMs }),
  idleTimeoutMillis: 30_000,
  keepAlive: true,
});
