import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { vi } from 'vitest';

/** Milliseconds until it is said that something does not come: nothing is ever told by its being slow. */
export const PATIENCE_MS = 100_000;

/** GraphiQL, open in a browser, and what the browser said of it. */
export interface Visit {
  page: Page;
  /** Origins that anything of the page asked, its own included. */
  origins: Set<string>;
  /** Errors on the console, uncaught ones, and refusals by the Content-Security-Policy. */
  problems: string[];
  close(): Promise<void>;
}

/** Opens `/graphiql` of the gateway at `baseUrl` in a browser profile of its own, and waits until it can be used. */
export async function openGraphiql(
  browser: Browser,
  baseUrl: string,
  device: BrowserContextOptions = {},
): Promise<Visit> {
  const visit = await openPage(browser, baseUrl, device);
  await untilReady(visit.page);
  return visit;
}

/** The same without waiting: outside the demo there is nothing to use before the sign-in. */
export async function openPage(
  browser: Browser,
  baseUrl: string,
  device: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...device });
  context.setDefaultTimeout(PATIENCE_MS);
  const origins = new Set<string>();
  const problems: string[] = [];
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(new URL('/graphiql', baseUrl).href);
  return { page, origins, problems, close: () => context.close() };
}

/** Waits until the editor has the schema. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).waitFor();
  await page.locator('.graphiql-sidebar .graphiql-spin').waitFor({ state: 'detached' });
}

/** Switches to a persona by its id, and gives the purpose and reference that the page then suggests. */
export async function choosePersona(
  page: Page,
  persona: string,
): Promise<{ purpose: string; reference: string }> {
  const token = page.waitForResponse((response) => response.url().endsWith('/demo/token'));
  await page.getByLabel('Persona').selectOption(persona);
  await (await token).finished();
  return {
    purpose: await page.getByLabel('Purpose').inputValue(),
    reference: await page.getByLabel('Reference').inputValue(),
  };
}

/** Signs in with the issuer in the window that opens for it, and waits until the page can be used. */
export async function signIn(page: Page, button = 'Sign in'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.locator('.who').waitFor();
  await untilReady(page);
}

/** Opens an example by its name, with the keyboard alone. */
export async function chooseExample(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).press('Enter');
  await page.getByRole('menuitem', { name }).press('Enter');
}

/** Replaces the query in the editor by one that is typed key by key. */
export async function typeQuery(page: Page, query: string): Promise<void> {
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(query);
}

/** The schema, who asks, what they may have of it, and what break-glass may open: the page asks for these by itself, whenever it has a reason to. */
const ASKED_BY_THE_PAGE =
  /IntrospectionQuery|LevelsOfFields|MayAskOfAnybody|"\{ viewer \{ (?:name role roles|mayAsk \{ section opens)|"\{ disclosureRequests \{ items \{ id state/;

/** Runs what is in the editor; gives the request's headers, the status and the answer, once the page shows it. */
export async function run(page: Page) {
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith('/graphql') &&
      response.status() !== 401 &&
      !ASKED_BY_THE_PAGE.test(response.request().postData() ?? ''),
  );
  await page.getByRole('button', { name: 'Execute query' }).click();
  const response = await answered;
  await page.locator('.graphiql-response .graphiql-spinner').waitFor({ state: 'detached' });
  return {
    headers: await response.request().allHeaders(),
    status: response.status(),
    answer: await response.json(),
  };
}

/** The whole result as the page shows it, a space for every end of a line. */
export async function shownResult(page: Page): Promise<string> {
  // The editor holds no other lines than those in view.
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 1400, height: 40_000 });
  const lines = await vi.waitUntil(
    async () => {
      const inView = await page.evaluate<string[]>(RESULT_LINES);
      return inView.at(-1) === '}' && inView;
    },
    { timeout: PATIENCE_MS },
  );
  if (usual) await page.setViewportSize(usual);
  return lines.join(' ').replaceAll(/\s+/g, ' ');
}

/** In the page: the lines of the result from top to bottom. */
const RESULT_LINES = `[...document.querySelectorAll('.graphiql-response .view-line')]
  .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
  .map((line) => line.textContent)`;

/** The panel under the result: its heading, and one text for each gap. */
export async function shownGaps(page: Page): Promise<{ heading: string; gaps: string[] }> {
  const panel = page.getByRole('region', { name: 'What is missing from this answer' });
  return {
    heading: await textOf(panel.getByRole('status')),
    gaps: await panel.locator('li').allTextContents(),
  };
}

/** The groups of gaps as they stand in the panel: heading, whether it is unfolded, and the sections that its gaps are about. */
export async function gapGroups(page: Page): Promise<{ heading: string; open: boolean; about: string[] }[]> {
  const groups = await page.locator('.gap-group').all();
  return Promise.all(
    groups.map(async (group) => ({
      heading: await textOf(group.locator('summary')),
      open: (await group.getAttribute('open')) !== null,
      about: await group.locator('li strong').allTextContents(),
    })),
  );
}

/** What the result editor holds; empty after it was cleared. */
export const resultText = async (page: Page) => textOf(page.locator('.graphiql-response .view-lines'));

/**
 * What axe finds serious or critical on the page. GraphiQL's tab holds its close button inside an element of role tab, which
 * no theme variable can mend: that finding on that element is left out, and nothing else.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  const found = await page.evaluate<Finding[]>('axe.run().then(({ violations }) => violations)');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    .filter((finding) => !/^nested-interactive: .*\.graphiql-tab\b/.test(finding));
}

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

/** What the browser keeps for the page beyond its life. */
export interface Kept {
  local: string[];
  session: string[];
  databases: string[];
  caches: string[];
  cookies: string;
}

/** Everything of the kind that this page left. */
export const kept = (page: Page) =>
  page.evaluate<Kept>(`(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookies: document.cookie,
  }))()`);

/** What the documentation explorer says of a field of the query type. */
export async function documentationOf(page: Page, field: string): Promise<string> {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const explorer = page.getByRole('region', { name: 'Documentation Explorer' });
  await explorer.getByRole('link', { name: 'Query', exact: true }).click();
  await explorer.getByRole('link', { name: field, exact: true }).click();
  return textOf(explorer);
}

/** Follows these links of the documentation explorer from its first page. */
export async function openDocumentation(page: Page, links: readonly string[]): Promise<Locator> {
  const explorer = page.getByRole('region', { name: 'Documentation Explorer' });
  const show = page.getByRole('button', { name: 'Show Documentation Explorer' });
  if ((await show.count()) > 0) await show.click();
  const back = explorer.locator('.graphiql-doc-explorer-back');
  while ((await back.count()) > 0) await back.click();
  for (const name of links) await explorer.getByRole('link', { name, exact: true }).first().click();
  return explorer;
}

/** What the editor offers after `typed`, and what it says of the first of them. */
export async function completionsAfter(
  page: Page,
  typed: string,
): Promise<{ offered: string[]; details: string }> {
  await typeQuery(page, typed);
  const widget = page.locator('.graphiql-query-editor .suggest-widget.visible');
  const labels = widget.locator('.monaco-list-row .label-name');
  const details = page.locator('.graphiql-query-editor .suggest-details .docs');
  // The keys open the list, and the details beside a list that is there: by now it may have come by itself.
  for (const part of [labels.first(), details]) {
    do await page.keyboard.press('Control+Space');
    while (!(await appears(part)));
  }
  return { offered: await labels.allTextContents(), details: await textOf(details) };
}

const appears = (locator: Locator) =>
  locator.waitFor({ timeout: 1_500 }).then(
    () => true,
    () => false,
  );

/** The editor writes every space as one that does not break. */
const textOf = async (locator: Locator) => ((await locator.textContent()) ?? '').replaceAll('\u00a0', ' ');
