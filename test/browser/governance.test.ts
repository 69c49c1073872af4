/** Two governance officers without code, each at a desk of their own, before the whole gateway and a real issuer. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type Desk, signInAs, startDesk } from './desk.ts';
import { run, seriousFindings, typeQuery, untilReady } from './steps.ts';

// Several people sit down one after the other, and a machine that checks a change may be a busy one.
vi.setConfig({ testTimeout: 300_000 });

let desk: Desk;
let trust: Page;
let police: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody governed in a browser: ${noChromium}`);
  desk = await startDesk({ lifetimeSeconds: 8 * 3_600 });
  trust = await sitDown('IG0007', 'Miriam Cope');
  police = await sitDown('IG4400', 'Tom Adair');
});
afterAll(() => desk?.close());
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});

async function sitDown(staff: string, name: string): Promise<Page> {
  const page = await desk.open('/governance');
  await signInAs(page, staff);
  await page.locator('.who').getByText(name).waitFor();
  return page;
}
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Governance' }).getByRole('link', { name, exact: true }).click();

/** An officer on the street signs in to GraphiQL, and opens what she takes. */
async function openMedication(): Promise<void> {
  const officer = await desk.open();
  await signInAs(officer, 'PC4417');
  await untilReady(officer);
  await officer.getByLabel('Purpose').selectOption('mental-health-crisis');
  await officer.getByLabel('Reference').fill('police:26/000123');
  await typeQuery(
    officer,
    '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { id } } } }',
  );
  const [{ person }] = (await run(officer)).answer.data.findPeople.people;
  await typeQuery(
    officer,
    `mutation { breakGlass(person: "${person.id}", sections: ["clinical"], ground: LACKS_CAPACITY, personsView: UNABLE, statement: "Unconscious on the pavement.") { state } }`,
  );
  expect((await run(officer)).answer.data.breakGlass).toEqual({ state: 'OPEN' });
  await officer.context().close();
}

describe('break-glass', () => {
  it('the trust’s guardian reads who opened what and why, and reviews it', async () => {
    await openMedication();
    await trust.reload();
    await signInAs(trust, 'IG0007');
    const card = trust.getByRole('article', { name: /Clinical: medication and Clinical: allergies/ });
    await card.getByText('Sam Okafor, response officer, Northshire Police').waitFor();
    await card.getByText('Unconscious on the pavement.').waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
    await card.getByLabel('Was it needed?').selectOption('JUSTIFIED');
    await card.getByLabel('Is the person told?').selectOption('LATER');
    await card.getByLabel('Why').fill('She could not say what she takes.');
    await card.getByRole('button', { name: 'Record the review' }).click();
    await card.getByText('Justified; person told: later. She could not say what she takes.').waitFor();
    expect(await card.getByRole('button', { name: 'Record the review' }).count()).toBe(0);
  });

  it('the police’s officer confirms that he was there, and does not read what the trust wrote', async () => {
    await police.reload();
    await signInAs(police, 'IG4400');
    const card = police.getByRole('article').first();
    await card.getByText(/^Justified; person told: later\.\s*$/).waitFor();
    expect(await card.getByText('She could not say').count()).toBe(0);
    expect(await card.getByRole('button', { name: 'Record the review' }).count()).toBe(0);
    await card.getByLabel('Was Sam Okafor there?').selectOption('yes');
    await card.getByLabel('How it is known').fill('The log of the incident has him there.');
    await card.getByRole('button', { name: 'Record the confirmation' }).click();
    await card.getByText('They were there').waitFor();
  });

  it('an officer of the street who comes to the page is told that it is not theirs', async () => {
    const page = await desk.open('/governance');
    await signInAs(page, 'PC4417');
    await page.getByText('This page is for governance officers and analysts.').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.context().close();
  });
});

describe('what is shared', () => {
  it('is read cell by cell, and each says the rule, the law and the agreement it rests on', async () => {
    await part(trust, 'What is shared');
    await trust.getByLabel('Who asks, and for what').selectOption('response-officer mental-health-crisis');
    const row = trust.getByRole('row', { name: /^Crisis plan/ });
    await row.getByRole('button', { name: 'Summary' }).click();
    const detail = trust.getByRole('region', { name: /^Crisis plan, / });
    await detail.getByText(/^adapters\/mental-health\/sharing\.yaml, line \d+$/).waitFor();
    await detail.getByText(/, version \d+, from .* to be reviewed by/).waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
  });

  it('a cell that is withheld says why, and what an emergency would open says on which grounds', async () => {
    await trust.getByLabel('Agency').selectOption('mental-health');
    await trust
      .getByRole('row', { name: /^Clinical/ })
      .getByRole('button', { name: 'Break glass' })
      .click();
    const detail = trust.getByRole('region', { name: /^Clinical, / });
    await detail.getByText(/lacks capacity/).waitFor();
    await detail.getByText(/^Medication.*Allergies/).waitFor();
    await trust.getByLabel('Who asks, and for what').selectOption('housing-officer early-help');
    await trust
      .getByRole('row', { name: /^Crisis plan/ })
      .getByRole('button')
      .click();
    await trust.getByText('not shared with your role').waitFor();
  });
});
