import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { kept, PATIENCE_MS, type Visit } from './steps.ts';

/** A telephone that many have, held upright. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
export const PHONE_AT_NIGHT = { ...PHONE, colorScheme: 'dark' } as const;
export const DESK = { viewport: { width: 1400, height: 900 } } as const;

/** Opens the practitioner's page in a browser profile of its own, and waits until somebody can be looked for. */
export async function openPersonPage(
  { browser, url }: { browser: Browser; url: string },
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
  if (purpose) await page.getByRole('combobox', { name: 'Purpose', exact: true }).selectOption(purpose);
  if (reference) await page.getByLabel('Case or incident').selectOption(reference);
}

export interface Known {
  familyName: string;
  givenName: string;
  dateOfBirth: string;
}
export const MAYA: Known = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
export const LEILA: Known = { familyName: 'Haddad', givenName: 'Leila', dateOfBirth: '1991-07-02' };
/** Whom no agency knows. */
export const NOBODY: Known = { familyName: 'Quillfeather', givenName: 'Osbert', dateOfBirth: '1950-01-31' };

export const outcome = (page: Page) => page.getByRole('region', { name: 'What was found' });

/** Types what is known of somebody and searches; gives the heading of the outcome. */
export async function search(page: Page, { familyName, givenName, dateOfBirth }: Known): Promise<string> {
  await page.getByLabel('Family name').fill(familyName);
  await page.getByLabel('Given name').fill(givenName);
  await page.getByLabel('Date of birth').fill(dateOfBirth);
  await page.getByRole('button', { name: /^(Search|Show my record)$/ }).click();
  return (await outcome(page).getByRole('heading', { level: 3 }).textContent()) ?? '';
}

/** Finds somebody and opens them; waits until what is needed at once is there. */
export async function openPerson(page: Page, known: Known): Promise<void> {
  await search(page, known);
  await outcome(page)
    .getByRole('button', { name: /^Open / })
    .click();
  await page.getByRole('heading', { level: 3, name: /arnings/ }).waitFor();
}

/** A section of somebody that is asked for itself: opens it, and gives what stands there once it is answered. */
export async function openSection(page: Page, title: string) {
  const button = page.getByRole('button', { name: new RegExp(`^${title}`) });
  await button.click();
  const body = page.locator(`[id="${await button.getAttribute('aria-controls')}"]`);
  await body.locator('.standing').waitFor();
  return body;
}

/** One of what is shown of somebody at once. */
export const card = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

/** All that stands on the page, in its fields, in its address and its history. */
export const everything = (page: Page) =>
  page.evaluate<string>(`[
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea, select')].map((field) => field.value),
    location.href,
    JSON.stringify(history.state),
  ].join(' ')`);

/** None of these words stands anywhere in the browser, and it keeps nothing beyond the page. */
export async function nothingOf(page: Page, words: readonly string[]): Promise<void> {
  const shown = await everything(page);
  for (const word of words) expect(shown).not.toContain(word);
  expect(await kept(page)).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '' });
}

/** What can be tapped and is too small for a thumb: less than 44 by 44 pixels. A number within a sentence may be. */
export const tooSmall = (page: Page) =>
  page.evaluate<
    string[]
  >(`[...document.querySelectorAll('main :is(button, select, input, textarea, summary, a)')]
    .filter((each) => each.checkVisibility() && !each.closest('p') && !(each.type === 'radio'))
    .filter((each) => { const { width, height } = each.getBoundingClientRect(); return width < 43.5 || height < 43.5; })
    .map((each) => each.textContent.slice(0, 40) + ' ' + each.getBoundingClientRect().height)`);

/** With PICTURES set, the picture of the page, or of a part of it, that README shows is taken anew. */
export async function picture(page: Page, name: string, part: Page | Locator = page): Promise<void> {
  if (!process.env.PICTURES) return;
  await page.evaluate('scrollTo(0, 0)');
  await part.screenshot({ path: join(projectRoot(), 'docs/images', `${name}.png`) });
}

/** How far the page is wider than the screen. */
export const tooWide = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
