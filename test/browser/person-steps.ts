import type { BrowserContextOptions, Page } from 'playwright-core';
import type { DemoInBrowser } from './demo.ts';
import { PATIENCE_MS, type Visit } from './steps.ts';

/** A telephone that many have, held upright. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** Opens the practitioner's page in a browser profile of its own, and waits until somebody can be looked for. */
export async function openPersonPage(
  { browser, url }: Pick<DemoInBrowser, 'browser' | 'url'>,
  device: BrowserContextOptions = PHONE,
): Promise<Visit> {
  const context = await browser.newContext(device);
  context.setDefaultTimeout(PATIENCE_MS);
  const origins = new Set<string>();
  const problems: string[] = [];
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(new URL('/', url).href);
  await page.getByRole('heading', { name: 'Find a person' }).waitFor();
  return { page, origins, problems, close: () => context.close() };
}

/** Becomes a persona of the demo, at a purpose and on a case other than the first where they are named. */
export async function become(page: Page, persona: string, purpose?: string, reference?: string) {
  const token = page.waitForResponse((response) => response.url().endsWith('/demo/token'));
  await page.getByLabel('Persona').selectOption(persona);
  await (await token).finished();
  if (purpose) await page.getByLabel('Purpose').selectOption(purpose);
  if (reference) await page.getByLabel('Case or incident').selectOption(reference);
}

export interface Known {
  familyName: string;
  givenName: string;
  dateOfBirth: string;
}
export const MAYA: Known = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
export const LEILA: Known = { familyName: 'Haddad', givenName: 'Leila', dateOfBirth: '1991-07-02' };

/** Types what is known of somebody and searches; gives the heading of the outcome. */
export async function search(page: Page, { familyName, givenName, dateOfBirth }: Known): Promise<string> {
  await page.getByLabel('Family name').fill(familyName);
  await page.getByLabel('Given name').fill(givenName);
  await page.getByLabel('Date of birth').fill(dateOfBirth);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  return (
    (await page
      .getByRole('region', { name: 'What was found' })
      .getByRole('heading', { level: 3 })
      .textContent()) ?? ''
  );
}

/** Finds somebody and opens them; waits until what is needed at once is there. */
export async function openPerson(page: Page, known: Known): Promise<void> {
  await search(page, known);
  await page.getByRole('button', { name: `Open ${known.givenName} ${known.familyName}` }).click();
  await page.getByRole('heading', { level: 3, name: 'Warnings' }).waitFor();
}

/** A section of somebody as it stands on the page, opened where it is asked for itself. */
export async function openSection(page: Page, title: string) {
  const button = page.getByRole('button', { name: new RegExp(`^${title}`) });
  await button.click();
  const body = page.locator(`[id="${await button.getAttribute('aria-controls')}"]`);
  await body.locator('.standing').waitFor();
  return body;
}
