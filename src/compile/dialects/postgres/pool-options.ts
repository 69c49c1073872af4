import type { PoolConfig } from 'pg';
import { oursInPool, schemaOf } from '../../../session.ts';
import { type AgencyConnection, CONNECT_MS, FEED_CONNECTIONS, FEED_LONGEST_MS } from '../dialect.ts';

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
