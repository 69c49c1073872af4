import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import {
  chooseExample,
  choosePersona,
  documentationOf,
  kept,
  openGraphiql,
  run,
  shownGaps,
  shownResult,
  typeQuery,
  untilReady,
  type Visit,
} from './steps.ts';

let demo: DemoInBrowser | undefined;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`The gateway was not opened in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  visit = await openGraphiql(demo.browser, demo.url);
  page = visit.page;
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

/** The one person that the query of an example found. */
// biome-ignore lint/suspicious/noExplicitAny: whatever shape the example has
const found = ({ answer }: Awaited<ReturnType<typeof run>>): any => answer.data.findPeople.people[0].person;

describe('the demo, opened in a browser', () => {
  it('has the 3am call at hand, and shows the officer what to do and not what is the nurse’s', async () => {
    const asked = await run(page);
    expect(asked.headers).toMatchObject({
      'sharing-purpose': 'mental-health-crisis',
      'sharing-reference': 'police:26/000123',
    });
    const maya = found(asked);
    expect(maya.identity.name).toBe('Maya Kerr');
    expect(maya.crisisPlan.whatHelps).toContain('low voice');
    expect([maya.crisisPlan.triggers, maya.clinical.diagnoses]).toEqual([null, null]);

    const shown = await shownResult(page);
    expect(shown).toContain('"whatHelps": "Sitting down together, a low voice');
    expect(shown).toContain('"triggers": null');
    expect(shown).toContain('"diagnoses": null');
    expect(shown).not.toContain('Emotionally unstable');
  });

  it('names under the officer’s answer what is missing, why, and whom to call', async () => {
    await chooseExample(page, 'The call at 3am, by the officer');
    await run(page);
    const { heading, gaps } = await shownGaps(page);
    expect(heading).toBe(
      `${gaps.length} gaps in this answer asked as Sam Okafor for mental-health-crisis on police:26/000123`,
    );
    expect(gaps).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Mental health · .*legalStatus, legalStatusTo.*more detail than is shared/),
        expect.stringMatching(/^Crisis plan · .*triggers.*more detail than is shared.*01632 960200/),
        expect.stringMatching(/^Clinical · .*only in an emergency.*01632 960200/),
        expect.stringMatching(/^Identity · Northshire Borough Council housing .*does not list it/),
      ]),
    );
  });

  it('answers the nurse in the same car otherwise, on the same incident', async () => {
    await chooseExample(page, 'The call at 3am, by the officer');
    expect(await choosePersona(page, 'triage-nurse')).toEqual({
      purpose: 'mental-health-crisis',
      reference: 'police:26/000123',
    });
    const maya = found(await run(page));
    expect(maya.crisisPlan.triggers).toContain('being surrounded');
    expect(maya.clinical.diagnoses).toContainEqual({
      diagnosis: { text: 'Emotionally unstable personality disorder' },
    });
    expect(maya.policeEvents.sources).toEqual([
      { level: 'SUMMARY', scope: expect.stringContaining('last 12 months') },
    ]);

    const shown = await shownResult(page);
    expect(shown).toContain('being surrounded; sirens close by.');
    expect(shown).toContain('Emotionally unstable personality disorder');
    const { heading, gaps } = await shownGaps(page);
    expect(heading).toContain('in this answer asked as Ade Balogun');
    expect(gaps).toContainEqual(expect.stringContaining('Identity · Northshire Borough Council housing'));
    expect(gaps.filter((gap) => /^(Mental health|Crisis plan|Police events)/.test(gap))).toEqual([]);
  });

  it('withholds from the housing officer what is the trust’s and the police’s, and says so', async () => {
    await chooseExample(page, 'Before a visit');
    const maya = found(await run(page));
    expect(maya.housing.arrearsBand).toBe('UNDER_4_WEEKS');
    expect(maya.mentalHealth.state).toBe('WITHHELD');
    expect(maya.warningMarkers.items.map(({ type }: { type: string }) => type)).toEqual(['DOG']);

    const { heading, gaps } = await shownGaps(page);
    expect(heading).toContain('asked as Priya Nair for early-help on housing:004418/01');
    expect(gaps).toContainEqual(
      expect.stringMatching(/^Warning markers · Northshire Police .*not offered here\. Call Duty inspector/),
    );
    expect(gaps).toContainEqual(expect.stringMatching(/^Mental health · .*not shared with your role/));
  });

  it('documents every field for those who browse', async () => {
    expect(await documentationOf(page, 'findPeople')).toContain('Finds a person from what you know of them.');
  });

  it('keeps nothing that was typed', async () => {
    await typeQuery(page, '{ viewer { name } } # zebra');
    await page.getByLabel('Reference').fill('police:26/009999');
    await run(page);
    await page.getByRole('button', { name: 'Prettify query' }).click();
    expect(await page.getByText('zebra').count()).toBe(1);
    const nothing = { local: [], session: [], databases: [], caches: [], cookies: '' };
    expect(await kept(page)).toEqual(nothing);

    await page.reload();
    await untilReady(page);
    expect(await page.getByText('zebra').count()).toBe(0);
    expect(await page.getByLabel('Reference').inputValue()).toBe('police:26/000123');
    expect(await kept(page)).toEqual(nothing);
  });

  it('asked nobody else in all this, and broke no rule of its own Content-Security-Policy', async () => {
    const { headers } = await fetch(`${demo?.url}/graphiql`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect([...visit.origins]).toEqual([demo?.url]);
    expect(visit.problems).toEqual([]);
  });
});
