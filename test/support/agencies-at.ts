import type { AgencyConnection } from '../../src/compile/dialects/dialect.ts';

/** Agencies at their addresses, as a gateway is told of them. */
export function agenciesAt(
  urls: Readonly<Record<string, string>>,
  { statementTimeoutMs = 5_000, maxConnections = 8 }: Partial<AgencyConnection> = {},
): ReadonlyMap<string, AgencyConnection> {
  return new Map(
    Object.entries(urls).map(([agency, url]) => [agency, { url, statementTimeoutMs, maxConnections }]),
  );
}
