import { join } from 'node:path';
import { agencyIds } from './adapters-found.ts';
import { fileReceivers, httpReceivers } from './alerts/receivers.ts';
import { alertKey } from './alerts/signing-key.ts';
import type { Issuer } from './caller/issuers.ts';
import { hostsAt } from './config/agency-settings.ts';
import type { Config } from './config.ts';
import type { DemoOptions } from './demo/open-demo.ts';
import { assertFree, type ListenAddress, startListening } from './http/listen.ts';
import type { Logger } from './logger.ts';
import { openBackend } from './main/backend.ts';
import { Closers } from './main/closers.ts';
import { composeGateway, type PageParts } from './main/compose.ts';
import type { PagesConfig } from './pages/config.ts';
import { EXAMPLES, EXAMPLES_FOR_ANYBODY } from './pages/examples.ts';
import { pageDocuments } from './pages/page-documents.ts';
import { type PageFile, PageFilesError, pageFiles } from './pages/page-files.ts';

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
  /** Takes how far long work is, in a line, often. */
  tell: (line: string) => void;
  now: () => Date;
}

export interface Sightline {
  /** Of the public listener, and the operator's. */
  url: string;
  operatorUrl: string;
  /**
   * Settles when it is ready: names of agencies that after retries could not be read into the person index, null where it
   * was closed before. It answers from the beginning, and names what it could not look at.
   */
  ready: Promise<readonly string[] | null>;
  /** Stops listening, lets requests finish within ten seconds, then stops everything behind. */
  close(): Promise<void>;
}

/**
 * Starts everything: databases in the demo, gateway, both listeners; the index is filled after that. If one part fails, those before it are stopped.
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
    const { app, server, operator, close } = await openGateway(options, closers);
    closers.add(close);
    const operatorUrl = await startListening(operator, operatorAddress);
    const url = await startListening(server, publicAddress);
    let closed = false;
    const ready = app.filled.then((missing) =>
      closed ? null : missing.map((id) => app.agencies.get(id).adapter.name),
    );
    return {
      url,
      operatorUrl,
      ready,
      close() {
        closed = true;
        return closers.closeAll();
      },
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** The gateway over the databases and issuers that the settings name, or the demo's own. */
async function openGateway(options: SightlineOptions, closers: Closers) {
  const { config, root, log, tell, now } = options;
  const absent = agencyIds(root).filter((agency) => !config.agencies.has(agency));
  if (absent.length > 0) log.info({ absent }, 'agencies that have an adapter are not enabled');
  const key = () => alertKey(config.dataDir, config.alertsSigningKey);
  // A setting that is no key is told now, and not with the first alert.
  if (config.alertsSigningKey !== null) await key();
  const backend = await openBackend(options);
  closers.add(() => backend.close());
  return composeGateway({
    ...{ root, now, log, tell, dataDir: config.dataDir, publicUrl: config.publicUrl },
    storeUrl: backend.storeUrl,
    agencies: backend.agencies,
    hosts: hostsAt(config.agencies, config.dataDir),
    feedIntervalMs: config.feedIntervalMs ?? undefined,
    indexKey: config.indexKey ?? undefined,
    indexKeyPrevious: config.indexKeyPrevious ?? undefined,
    registerSigningKey: config.registerSigningKey ?? undefined,
    countingKey: config.countingKey ?? undefined,
    countingTable: config.countingTable ?? undefined,
    policySignatures: config.policySignatures,
    trustedDocuments: config.trustedDocuments,
    pageDocuments: pageDocuments(root),
    alerts: backend.demo ? fileReceivers(config.dataDir) : httpReceivers(addressesOf(config), key, now),
    issuers: backend.issuers,
    issuerStatus: backend.issuerStatus,
    demo: backend.demo,
    page: {
      ...bundledPages(join(root, 'dist/pages'), config, log),
      connectTo: backend.signInOrigins,
    },
  });
}

/** Where each agency's alerts are posted, of those that say so. */
function addressesOf({ agencies }: Config): ReadonlyMap<string, string> {
  const given = [...agencies].flatMap(([agency, { alertsUrl }]) =>
    alertsUrl === null ? [] : [[agency, alertsUrl] as const],
  );
  return new Map(given);
}

function addressOf(host: string, port: number, prefix: string): ListenAddress {
  return { host, port, settings: { host: `${prefix}HOST`, port: `${prefix}PORT` } };
}

/** GraphiQL's files and what the settings say of its page. Where it was not bundled the gateway answers without it, and says so. */
function bundledPages(folder: string, { deployment, idleLockMinutes }: Config, log: Logger): PageParts {
  const demo = deployment.kind === 'demo';
  const config = {
    demo,
    oidc: deployment.kind === 'demo' ? null : clientOf(deployment.issuers),
    examples: demo ? EXAMPLES : EXAMPLES_FOR_ANYBODY,
    idleLockMinutes,
  };
  return { config, files: filesIn(folder, log) };
}

/** The page signs in with the first issuer that has a client for it. */
function clientOf(issuers: readonly Issuer[]): PagesConfig['oidc'] {
  for (const { issuer, signIn } of issuers) if (signIn) return { issuer, ...signIn };
  return null;
}

function filesIn(folder: string, log: Logger): ReadonlyMap<string, PageFile> {
  try {
    return pageFiles(folder);
  } catch (error) {
    if (!(error instanceof PageFilesError)) throw error;
    log.warn({ problem: error.message }, 'GraphiQL is not served');
    return new Map();
  }
}
