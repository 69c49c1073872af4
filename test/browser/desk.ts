import { createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { issuerKeys } from '../../src/caller/issuer-keys.ts';
import { ISSUER_DEFAULTS } from '../../src/caller/issuers.ts';
import type { Example } from '../../src/pages/config.ts';
import { pageFiles } from '../../src/pages/page-files.ts';
import { type OidcProvider, PAGE_CLIENT, startOidcProvider } from '../support/oidc-provider.ts';
import { type Sightline, type SightlineOptions, startSightline } from '../support/sightline.ts';
import { currentBundle } from './bundle.ts';
import { startChromium } from './chromium.ts';
import { PATIENCE_MS } from './steps.ts';

/** A desk with a browser, before the whole gateway and a real issuer. */
export interface Desk {
  provider: OidcProvider;
  sightline: Sightline;
  /** Minutes by which the gateway's clock is ahead. */
  ahead: number;
  /** One of our pages, GraphiQL where none is named, in a browser profile of its own; close its context. */
  open(path?: string): Promise<Page>;
  close(): Promise<void>;
}

interface DeskOptions
  extends Pick<SightlineOptions, 'agencyUrls' | 'agencyTimeoutMs' | 'people' | 'cohortRate'> {
  /** What stands in the menu of examples; nothing if not said. */
  examples?: readonly Example[];
  /** How long the issuer's tokens are good. */
  lifetimeSeconds?: number;
}

export async function startDesk({
  lifetimeSeconds = 300,
  examples = [],
  ...agencies
}: DeskOptions = {}): Promise<Desk> {
  const port = await freePort();
  const provider = await startOidcProvider({
    redirectUri: `http://127.0.0.1:${port}/graphiql`,
    lifetimeSeconds,
  });
  const { url: issuer } = provider;
  const now = () => new Date(Date.now() + desk.ahead * 60_000);
  const client = {
    issuer,
    clientId: PAGE_CLIENT,
    scope: 'openid sightline',
    resource: 'https://sightline.example',
    maxAgeSeconds: null,
  };
  const sightline = await startSightline({
    ...agencies,
    signIn: {
      issuers: [{ ...ISSUER_DEFAULTS, issuer, audiences: ['sightline'], keys: issuerKeys(issuer, now) }],
      page: { client, port, examples, files: pageFiles(await currentBundle()) },
      now,
    },
  });
  const browser: Browser = await startChromium();
  const desk: Desk = {
    provider,
    sightline,
    ahead: 0,
    async open(path = '/graphiql') {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await page.goto(sightline.url + path);
      return page;
    },
    async close() {
      await browser.close();
      await sightline.close();
      await provider.kill();
    },
  };
  return desk;
}

/** Signs in through the issuer's own page; every sign-in asks who sits there. */
export async function signInAs(page: Page, staff: string, button = 'Sign in'): Promise<void> {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: button, exact: true }).click();
  const window = await opened;
  await window.getByLabel('Staff number').fill(staff);
  await window.getByRole('button', { name: 'Go on' }).click();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
