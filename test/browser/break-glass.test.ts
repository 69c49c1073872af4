import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import {
  chooseExample,
  choosePersona,
  openGraphiql,
  run,
  seriousFindings,
  typeQuery,
  type Visit,
} from './steps.ts';

let demo: DemoInBrowser | undefined;
let officer: Visit;
let guardian: Visit;

beforeAll(async () => {
  if (noChromium) return console.warn(`The gateway was not opened in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  officer = await openGraphiql(demo.browser, demo.url);
  guardian = await openGraphiql(demo.browser, demo.url);
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

const openAction = (page: Page) => page.getByRole('button', { name: /^Open .* for 30 minutes …$/ });
const clinicalIn = ({ answer }: Awaited<ReturnType<typeof run>>) =>
  answer.data.findPeople.people[0].person.clinical;

/** What the page asks by itself once something was opened or ended. */
async function askedAgain(page: Page, act: () => Promise<void>) {
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith('/graphql') && (response.request().postData()?.includes('findPeople') ?? false),
  );
  await act();
  return { answer: await (await answered).json() } as Awaited<ReturnType<typeof run>>;
}

describe('an officer beside an unconscious woman, and the trust’s guardian', () => {
  it('the gap says what can be opened, of whom and for how long', async () => {
    await chooseExample(officer.page, 'Break-glass: she is unconscious');
    const clinical = clinicalIn(await run(officer.page));
    expect(clinical).toMatchObject({ state: 'WITHHELD', medication: null, allergies: null });
    // What policy offers is asked once the gap is there.
    await expect
      .poll(() => openAction(officer.page).allTextContents())
      .toEqual(['Open medication and allergies of Maya Kerr for 30 minutes …']);
  });

  it('and who in the car may know what the officer is not shown', async () => {
    const told = officer.page.getByText(/Ask the street-triage mental-health nurse of .+ beside you\./);
    await told.first().waitFor();
  });

  it('nothing is opened without an account of why; what the gateway refuses is said there', async () => {
    await openAction(officer.page).click();
    const dialog = officer.page.getByRole('dialog', { name: 'Open medication and allergies of Maya Kerr' });
    await dialog.getByRole('button', { name: 'Open for 30 minutes' }).click();
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByLabel('Why it is needed').selectOption('LACKS_CAPACITY');
    await dialog.getByLabel('What the person says to it').selectOption('AGREES');
    await dialog.getByLabel('What is happening').fill('Unconscious on the pavement, empty blister packs.');
    await dialog.getByRole('button', { name: 'Open for 30 minutes' }).click();
    await dialog.getByRole('alert').getByText('personsView must be UNABLE').waitFor();
    expect(await seriousFindings(officer.page)).toEqual([]);
  });

  it('then medication and allergies stand in the answer, diagnoses do not, and the time runs', async () => {
    const dialog = officer.page.getByRole('dialog');
    await dialog.getByLabel('What the person says to it').selectOption('UNABLE');
    const clinical = clinicalIn(
      await askedAgain(officer.page, () =>
        dialog.getByRole('button', { name: 'Open for 30 minutes' }).click(),
      ),
    );
    expect(clinical.allergies.map(({ substance }: { substance: string }) => substance)).toContain(
      'Penicillin',
    );
    expect(clinical.medication.length).toBeGreaterThan(0);
    expect(clinical.diagnoses).toBeNull();
    const timer = officer.page.getByRole('timer');
    await expect.poll(() => timer.textContent()).toMatch(/^2\d:[0-5]\d$/);
    await expect.poll(() => openAction(officer.page).count()).toBe(0);
  });

  it('the guardian reads the account, and gives the trust’s word on it', async () => {
    const { page } = guardian;
    await choosePersona(page, 'governance-officer');
    await chooseExample(page, 'Break-glass to review');
    const [glass] = (await run(page)).answer.data.breakGlassGrants.items;
    expect(glass).toMatchObject({
      state: 'OPEN',
      openedBy: { name: 'Sam Okafor', organisation: 'police' },
      statement: 'Unconscious on the pavement, empty blister packs.',
      reviews: [],
    });
    await typeQuery(
      page,
      `mutation { reviewBreakGlass(id: "${glass.id}", finding: JUSTIFIED, personTold: LATER, why: "She could not say it.") { reviews { finding } } }`,
    );
    expect((await run(page)).answer.data.reviewBreakGlass.reviews).toEqual([{ finding: 'JUSTIFIED' }]);
  });

  it('the officer ends it, and the next answer withholds as before', async () => {
    const clinical = clinicalIn(
      await askedAgain(officer.page, () => officer.page.getByRole('button', { name: 'End now' }).click()),
    );
    expect(clinical).toMatchObject({ state: 'WITHHELD', medication: null, allergies: null });
    await openAction(officer.page).waitFor();
    expect(await officer.page.getByRole('timer').count()).toBe(0);
  });

  it('another persona at the same desk is offered nothing of it', async () => {
    await choosePersona(officer.page, 'triage-nurse');
    expect(await openAction(officer.page).count()).toBe(0);
    expect(await officer.page.getByRole('timer').count()).toBe(0);
    const asked = clinicalIn(await run(officer.page));
    expect(asked.diagnoses).not.toBeNull();
    expect(await openAction(officer.page).count()).toBe(0);
  });

  it('and none of it broke a rule of the page’s own Content-Security-Policy', () => {
    expect(
      [...officer.problems, ...guardian.problems].filter((text) => !/400 \(Bad Request\)/.test(text)),
    ).toEqual([]);
  });
});
