/** Those who count in GraphiQL, before the whole gateway: what they are answered as table, bars and file. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import {
  chooseExample,
  choosePersona,
  completionsAfter,
  openDocumentation,
  openGraphiql,
  run,
  seriousFindings,
  typeQuery,
  type Visit,
} from './steps.ts';

vi.setConfig({ testTimeout: 200_000 });

let demo: DemoInBrowser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody counted in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  visit = await openGraphiql(demo.browser, demo.url);
  page = visit.page;
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

const panel = () => page.getByRole('region', { name: 'Result as table and bars' });
const rows = async (within: Locator): Promise<string[][]> => {
  const found = await within.locator('tbody tr, tfoot tr').all();
  return Promise.all(found.map((row) => row.locator('th, td').allTextContents()));
};
const widths = async (within: Locator): Promise<number[]> =>
  Promise.all(
    (await within.locator('.count-bar:not(.none)').all()).map(
      async (bar) => (await bar.boundingBox())?.width ?? 0,
    ),
  );
/** The file that the button gives, as a program reads it. */
async function saved(): Promise<{ name: string; records: Record<string, string>[] }> {
  const coming = page.waitForEvent('download');
  await panel().getByRole('button', { name: 'Download CSV' }).press('Enter');
  const download = await coming;
  const text = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), records: parse(text, { bom: true, columns: true }) };
}

const ASKED_OF_THE_TRUST = [
  'The call at 3am, by the officer',
  'Before a visit',
  'A claim and the rent',
  'What a person of the agency decides',
  'A family with several disadvantages',
];
const BARRIERS =
  '{ walls: barriers(from: "2026-01-01", to: "2030-12-31", by: [SECTION, REASON]) { from to note asked { value suppressed } refused { value suppressed } rows { keys { dimension value } refused { value suppressed } asked { value suppressed } } } }';

describe('barriers', () => {
  it('stand under the answer as a table with bars: what the table says is what was answered', async () => {
    for (const example of ASKED_OF_THE_TRUST) {
      await chooseExample(page, example);
      await run(page);
      expect(await panel().count()).toBe(0);
    }
    await choosePersona(page, 'governance-officer');
    await typeQuery(page, BARRIERS);
    const { walls } = (await run(page)).answer.data;
    expect(walls.rows.length).toBeGreaterThan(3);
    const shown = await rows(panel());
    expect(shown.map((cells) => cells.slice(-2))).toEqual([
      ...walls.rows.map(({ refused, asked }: Row) => [String(refused.value), String(asked.value)]),
      [String(walls.refused.value), String(walls.asked.value)],
    ]);
    expect(shown[0]?.slice(0, 2).join()).toMatch(/^[A-Z][a-z ]+,[a-z ]+/);
    const [longest = 0, ...others] = await widths(panel());
    expect(others).toHaveLength(walls.rows.length - 1);
    const share = walls.rows.at(-1).refused.value / walls.rows[0].refused.value;
    expect(Math.abs((others.at(-1) ?? 0) / longest - share)).toBeLessThan(0.05);
    expect(await panel().textContent()).toContain(walls.note);
  });

  it('are saved as they are shown, with method, suppression, coverage, time and question', async () => {
    const shown = await rows(panel());
    const { name, records } = await saved();
    expect(name).toMatch(/^what-was-refused-\d{4}-\d\d-\d\d\.csv$/);
    const cells = records.map(({ Section, Reason, Refused, Asked }) => [Section, Reason, Refused, Asked]);
    expect(cells.slice(1)).toEqual(shown.slice(0, -1));
    expect(records[0]).toMatchObject({ Row: 'all', Section: 'all', Reason: 'all' });
    for (const record of records) {
      expect(record).toMatchObject({
        Purpose: 'governance',
        Whole: 'yes',
        Method: expect.stringContaining('Exact'),
        Coverage: expect.stringContaining('from 2026-01-01'),
        Suppression: expect.stringContaining('may be none'),
        'Answered at': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        Query: expect.stringContaining('walls:barriers('),
      });
    }
  });

  it('are gone when somebody else asks', async () => {
    await choosePersona(page, 'analyst');
    expect(await panel().count()).toBe(0);
  });

  it('of which nothing is large enough say so to the analyst, and not that there were none', async () => {
    await chooseExample(page, 'What stood in the way, and why');
    const { barriers } = (await run(page)).answer.data;
    expect([barriers.rows, barriers.refused]).toEqual([[], { value: null, suppressed: true }]);
    expect(await panel().textContent()).toContain('No row is large enough to be told.');
    expect(await panel().textContent()).toContain('may be none');
    expect(await rows(panel())).toEqual([['Everything together', 'suppressed', 'suppressed']]);
    const { records } = await saved();
    expect(records).toEqual([expect.objectContaining({ Row: 'all', Refused: 'suppressed' })]);
  });
});

describe('whoever sees nobody', () => {
  it('and asks about somebody is told so, by what they may ask, and opens a count in one tap', async () => {
    await chooseExample(page, 'Before a visit');
    await run(page);
    const offer = page.getByRole('region', { name: 'Count instead' });
    await choosePersona(page, 'analyst');
    expect(await offer.count()).toBe(0);
    await run(page);
    await offer
      .getByText(/^Your role sees nobody at this purpose; count instead\. All (\d+) of \1 /)
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await offer.getByRole('button').press('Enter');
    const { answer } = await run(page);
    expect(Object.keys(answer.data)).toEqual([expect.stringMatching(/^(cohort|barriers)$/)]);
    expect(await offer.count()).toBe(0);
    await panel().waitFor();
  });

  it('is not who may not count', async () => {
    for (const persona of ['housing-officer', 'governance-officer', 'data-subject']) {
      await chooseExample(page, 'Before a visit');
      await choosePersona(page, persona);
      await run(page);
      expect([persona, await page.getByRole('region', { name: 'Count instead' }).count()]).toEqual([
        persona,
        0,
      ]);
    }
  });
});

describe('examples for analysts', () => {
  it('stand together under their own heading, and each is answered', async () => {
    await page.getByRole('button', { name: 'Examples' }).press('Enter');
    const names = await page
      .getByRole('group', { name: 'For analysts' })
      .getByRole('menuitem')
      .locator('strong')
      .allTextContents();
    await page.keyboard.press('Escape');
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      await chooseExample(page, name);
      expect(await page.getByLabel('Persona').inputValue()).toBe('analyst');
      const { status, answer } = await run(page);
      expect([name, status, answer.errors]).toEqual([name, 200, undefined]);
    }
  });
});

describe('the level of each field', () => {
  it('stands in the docs explorer and in completion, and is of who asks now', async () => {
    await choosePersona(page, 'response-officer');
    await openDocumentation(page, ['Query', 'person', 'Person', 'crisisPlan', 'CrisisPlan']);
    const explorer = page.getByRole('region', { name: 'Documentation Explorer' });
    const said = async (field: string) =>
      (await explorer.locator('.graphiql-doc-explorer-item', { hasText: field }).first().textContent()) ?? '';
    await explorer.getByText('Given to you').first().waitFor();
    expect(await said('whatHelps')).toMatch(/Given to you .*helps/);
    expect(await said('triggers')).toMatch(/Withheld from you /);
    const officer = await completionsAfter(page, '{ person(id: "x") { crisisPlan { trig');
    expect(officer.details).toMatch(
      /^Withheld from you .*Level: full\. .*withheld, more detail than is shared/s,
    );

    await choosePersona(page, 'triage-nurse');
    await expect.poll(() => said('triggers')).toMatch(/Given to you /);
    const nurse = await completionsAfter(page, '{ person(id: "x") { crisisPlan { trig');
    expect(nurse.details).toMatch(/^Given to you .*may still be withheld/s);

    await choosePersona(page, 'analyst');
    await expect.poll(() => said('triggers')).toMatch(/Withheld from you /);
    expect(await explorer.getByText('Given to you').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('says what opens in an emergency, what somebody decides, and that without a purpose nothing is known', async () => {
    await choosePersona(page, 'response-officer');
    await openDocumentation(page, ['Query', 'person', 'Person', 'clinical', 'Clinical']);
    const explorer = page.getByRole('region', { name: 'Documentation Explorer' });
    await explorer.getByText('Only by break-glass').first().waitFor();
    await choosePersona(page, 'mash-social-worker');
    await explorer.getByText('Only if the agency decides so').first().waitFor();
    expect(await explorer.getByText('Only by break-glass').count()).toBe(0);
    await page.getByLabel('Purpose').selectOption('');
    await explorer.getByText('Not known whether you may have it').first().waitFor();
    expect(await explorer.getByText('Only if the agency decides so').count()).toBe(0);
  });
});

interface Row {
  refused: { value: number };
  asked: { value: number };
}

describe.each([
  ['on a desk, by day', { width: 1400, height: 900 }, 'light'],
  ['on a desk, by night', { width: 1400, height: 900 }, 'dark'],
  ['on a phone', { width: 360, height: 740 }, 'light'],
] as const)('%s', (_, viewport, colorScheme) => {
  it('what was counted fits the screen and has no serious finding of accessibility', async () => {
    const other = await openGraphiql(demo.browser, demo.url, { viewport, colorScheme });
    await choosePersona(other.page, 'governance-officer');
    await typeQuery(other.page, BARRIERS);
    await run(other.page);
    await other.page.getByRole('region', { name: 'Result as table and bars' }).waitFor();
    expect(await seriousFindings(other.page)).toEqual([]);
    expect(
      await other.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    await other.close();
  });
});
