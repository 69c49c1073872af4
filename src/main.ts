import { join } from 'node:path';
import type { Logger } from 'pino';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { DemoOptions } from './demo/open-demo.ts';
import { closeServer } from './http/close-server.ts';
import { type Address, assertFree, listen } from './http/listen.ts';
import { createMetrics, type GatewayStatus } from './http/metrics.ts';
import { buildOperator } from './http/operator.ts';
import { buildHttp } from './http/server.ts';
import { openBackend } from './main/backend.ts';
import { Closers } from './main/closers.ts';
import { graphiqlParts } from './main/graphiql-parts.ts';

export interface SightlineOptions {
  config: Config;
  /** The project's folder. */
  root: string;
  /** Makes the demo's data anew. */
  reset: boolean;
  /** How many people the demo generates and from which seed, where that is asked for. */
  amount: DemoOptions['amount'];
  log: Logger;
  /** Takes what is worth telling whoever started us, a line at a time. */
  progress: (line: string) => void;
  /** Takes how far long work is, a line at a time. */
  tell: (line: string) => void;
  now: () => Date;
}

export interface Sightline {
  /** Of the public listener, and the operator's. */
  url: string;
  operatorUrl: string;
  /** Stops listening, lets requests finish within ten seconds, then stops everything behind. */
  close(): Promise<void>;
}

/**
 * Starts everything: databases in the demo, gateway, both listeners. If one part fails, those before it are stopped.
 * Throws the part's own error, ListenError for a port in use.
 */
export async function startSightline(options: SightlineOptions): Promise<Sightline> {
  const { config } = options;
  const publicAddress = addressOf(config.host, config.port, '');
  const operatorAddress = addressOf(config.operatorHost, config.operatorPort, 'OPERATOR_');
  await assertFree(publicAddress);
  await assertFree(operatorAddress);
  const closers = new Closers();
  try {
    const { server, operator } = await buildServers(options, closers);
    closers.add(() => closeServer(operator));
    const operatorUrl = await listen(operator, operatorAddress);
    closers.add(() => closeServer(server));
    const url = await listen(server, publicAddress);
    return { url, operatorUrl, close: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function buildServers(options: SightlineOptions, closers: Closers) {
  const { config, root, log, tell, now } = options;
  const backend = await openBackend(options);
  closers.add(() => backend.close());
  const app = await createApp({
    root,
    dataDir: config.dataDir,
    storeUrl: backend.storeUrl,
    agencyUrls: backend.agencyUrls,
    agencyTimeoutMs: config.agencyTimeoutMs,
    feedIntervalMs: config.feedIntervalMs ?? undefined,
    indexKey: config.indexKey ?? undefined,
    indexKeyPrevious: config.indexKeyPrevious ?? undefined,
    registerSigningKey: config.registerSigningKey ?? undefined,
    now,
    log,
    tell,
  });
  closers.add(() => app.close());
  const status = () => statusOf(app);
  const metrics = createMetrics(status);
  const server = await buildHttp({
    gateway: app.gateway,
    trust: backend.trust,
    roles: () => [...app.policies().roles.keys()],
    agencies: [...new Set([...app.agencies.ids, ...app.policies().organisations])],
    notReady: () => app.notReady(),
    graphiql: graphiqlParts(join(root, 'dist/graphiql'), app, config, log),
    demo: backend.demo,
    log,
    metrics,
    now,
  });
  return { server, operator: buildOperator({ metrics, status, log }) };
}

function statusOf({ agencies, register }: App): GatewayStatus {
  return {
    agencies: agencies.ids.map((id) => {
      const { adapter, state } = agencies.get(id);
      return { id, name: adapter.name, state: state() };
    }),
    register: register.status(),
  };
}

function addressOf(host: string, port: number, prefix: string): Address {
  return { host, port, settings: { host: `${prefix}HOST`, port: `${prefix}PORT` } };
}
