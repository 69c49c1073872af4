import type { FastifyInstance } from 'fastify';
import { deliverAlerts } from '../alerts/deliver-alerts.ts';
import { countAlerts } from '../alerts/outbox.ts';
import type { Receivers } from '../alerts/receivers.ts';
import type { AppOptions } from '../app/options.ts';
import { type App, createApp } from '../app.ts';
import { checkNames } from '../caller/check-issuer.ts';
import type { IssuerStatus } from '../caller/issuer-keys.ts';
import type { TrustedIssuer } from '../caller/verify-token.ts';
import {
  type DocumentMode,
  openTrustedDocuments,
  type TrustedDocuments,
} from '../documents/trusted-documents.ts';
import { closeServer } from '../http/listen.ts';
import { createMetrics, type GatewayStatus } from '../http/metrics.ts';
import type { DemoSignIn, HttpParts } from '../http/parts.ts';
import { buildHttp, buildOperator } from '../http/server.ts';
import type { PagesConfig } from '../pages/config.ts';
import { Closers } from './closers.ts';

/** What a gateway stands on, who may ask it, and the page on which people ask. */
export interface GatewayParts extends AppOptions {
  issuers: readonly TrustedIssuer[];
  /** How the issuers do; left out where nobody need be told. */
  issuerStatus?(): readonly IssuerStatus[];
  /** Who takes the alerts of each agency; left out where nobody delivers them, and they wait in the store. */
  alerts?: Receivers;
  /** Null outside the demo. */
  demo: DemoSignIn | null;
  page: PageParts;
  publicUrl?: URL | null;
  /** Whether documents have ids, and whether others are answered; off if not said. */
  trustedDocuments?: DocumentMode | undefined;
  /** Texts of the documents that our own pages ask. */
  pageDocuments?: readonly string[] | undefined;
  /** The clock by which tokens are good or not; that of everything else if not said. */
  tokenClock?: (() => Date) | undefined;
}

/** GraphiQL's files, and what its page is told besides what the gateway knows itself. */
export interface PageParts extends Omit<HttpParts['graphiql'], 'config'> {
  config: Omit<PagesConfig, 'purposes' | 'purposesOf' | 'agencies'>;
}

/** A gateway put together, its two servers not yet listening. */
export interface ComposedGateway {
  app: App;
  documents: TrustedDocuments;
  /** The public listener. */
  server: FastifyInstance;
  operator: FastifyInstance;
  /** Lets requests finish within ten seconds, then stops everything behind. */
  close(): Promise<void>;
}

/**
 * Puts a gateway together, for the server, tests and benches alike: they differ in what they stand on, and in nothing
 * that answers. Throws as `createApp`; then nothing is left running.
 */
export async function composeGateway(parts: GatewayParts): Promise<ComposedGateway> {
  const { issuers, demo, page, publicUrl = null, log, now = () => new Date() } = parts;
  const closers = new Closers();
  const metrics = createMetrics(() => status());
  const app = await createApp({ ...parts, registerMetrics: metrics });
  const status = async () => ({
    ...(await statusOf(app, now())),
    issuers: parts.issuerStatus?.() ?? [],
  });
  closers.add(() => app.close());
  if (parts.alerts) {
    const { storeUrl, alerts: receivers } = parts;
    const delivery = deliverAlerts({ storeUrl, receivers, organisations: app.agencies.ids, log });
    closers.add(() => delivery.close());
  }
  try {
    for (const issuer of issuers)
      for (const { message } of checkNames(issuer, app.policies()))
        log.warn({ issuer: issuer.issuer, problem: message }, 'an issuer’s entry names what nobody knows');
    const { trustedDocuments: mode = 'off', pageDocuments: pages = [], storeUrl } = parts;
    const documents = await openTrustedDocuments({
      ...{ mode, pages, storeUrl, db: app.store.db, metrics, log, now },
    });
    closers.add(() => documents.close());
    const operator = buildOperator({ metrics, status, log });
    closers.add(() => closeServer(operator));
    const server = await buildHttp({
      gateway: app.gateway,
      documents,
      policy: app.policies,
      desks: app.desks,
      agencies: [...new Set([...app.agencies.ids, ...app.policies().organisations])],
      notReady: () => app.notReady(),
      graphiql: { ...page, config: { ...page.config, ...knownToPage(app) } },
      ...{ issuers, demo, publicUrl, log, metrics, now: parts.tokenClock ?? now },
    });
    closers.add(() => closeServer(server));
    return { app, documents, server, operator, close: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** What the page knows of policy and agencies. */
function knownToPage({ agencies, policies }: App): Pick<PagesConfig, 'purposes' | 'purposesOf' | 'agencies'> {
  const { roles, purposes } = policies();
  const mayAssert = (role: string) =>
    [...purposes.values()].filter((purpose) => purpose.roles.includes(role)).map(({ id }) => id);
  return {
    purposes: [...purposes.keys()],
    purposesOf: Object.fromEntries([...roles.keys()].map((role) => [role, mayAssert(role)])),
    agencies: Object.fromEntries(agencies.ids.map((id) => [id, agencies.get(id).adapter.name])),
  };
}

async function statusOf(
  { agencies, register, policyStatus, withdrawnAgreements, feedStates, store }: App,
  now: Date,
): Promise<Omit<GatewayStatus, 'issuers'>> {
  const feeds = await feedStates().catch(() => null);
  const { policy, since, problem } = policyStatus();
  return {
    agencies: agencies.ids.map((id) => {
      const { adapter, state, why } = agencies.get(id);
      const down = why();
      const { asOf = null, overdue = true } = feeds?.get(id) ?? {};
      const ageSeconds = asOf === null ? 0 : (now.getTime() - asOf.getTime()) / 1_000;
      return {
        ...{ id, name: adapter.name, state: state(), ...(down !== null && { why: down }) },
        feed: asOf && { asOf, ageSeconds, overdue },
      };
    }),
    register: register.status(),
    alerts: await countAlerts(store.db).catch(() => null),
    policy: {
      version: policy.version,
      since,
      failing: problem !== null,
      withdrawn: withdrawnAgreements().size,
    },
  };
}
