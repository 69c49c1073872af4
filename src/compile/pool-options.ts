import pg, { type PoolConfig } from 'pg';

/** Days and local times come as the text that the table holds: which zone they mean is the adapter's to say. */
const AS_TEXT: ReadonlySet<number> = new Set([pg.types.builtins.DATE, pg.types.builtins.TIMESTAMP]);

export interface PoolLimits {
  url: string;
  maxConnections: number;
  statementTimeoutMs: number;
}

/** Settings of every connection to an agency: read-only, and with a time limit that the server keeps too. */
export function poolOptions({ url, maxConnections, statementTimeoutMs }: PoolLimits): PoolConfig {
  return {
    connectionString: url,
    max: maxConnections,
    application_name: 'sightline',
    options: '-c default_transaction_read_only=on',
    statement_timeout: statementTimeoutMs,
    // Whoever waits has given up by then; this only clears away connections that never come about.
    connectionTimeoutMillis: 2 * statementTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        AS_TEXT.has(id) ? (cell: string) => cell : pg.types.getTypeParser(id, format as 'text'),
    },
  };
}
