/** The call at 3am on a telephone: an officer and a nurse beside each other, before the whole demo. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import { become, MAYA, openPerson, openPersonPage, openSection } from './person-steps.ts';
import { seriousFindings, type Visit } from './steps.ts';

vi.setConfig({ testTimeout: 300_000 });

let demo: DemoInBrowser | undefined;
let officer: Visit;
let nurse: Visit;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody was looked for in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  officer = await openPersonPage(demo);
  nurse = await openPersonPage(demo);
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

describe('an officer on the bridge', () => {
  it('finds her, and reads whom to call first, what to watch for and what helps', async () => {
    const { page } = officer;
    await openPerson(page, MAYA);
    const first = page.getByRole('region', { name: 'Who is involved' }).getByRole('listitem').first();
    expect(await first.textContent()).toMatch(/Call first: Mental health crisis/);
    await first.getByRole('link', { name: /^Call Mental health crisis line/ }).waitFor();
    await page.getByRole('region', { name: 'Warnings' }).getByText('Ask before you search.').waitFor();
    const plan = page.getByRole('region', { name: 'Crisis plan' });
    await plan.getByText('a low voice, holding her keys', { exact: false }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('is told of the rest that it is withheld, and not that there is none', async () => {
    const plan = officer.page.getByRole('region', { name: 'Crisis plan' });
    expect(await plan.textContent()).not.toMatch(/Anniversary|sirens/);
    expect(await plan.textContent()).toMatch(/What sets it off\s*Withheld/);
    const clinical = await openSection(officer.page, 'Clinical');
    expect(await clinical.textContent()).toMatch(/says nothing of whether there is anything/);
    expect(await clinical.textContent()).not.toMatch(/disorder|Anxiety|Asthma|Penicillin/);
  });
});

describe('the nurse beside her', () => {
  it('reads the whole of the plan', async () => {
    const { page } = nurse;
    await become(page, 'triage-nurse');
    await openPerson(page, MAYA);
    const plan = page.getByRole('region', { name: 'Crisis plan' });
    await plan.getByText('sirens close by', { exact: false }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});
