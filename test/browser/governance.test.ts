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

/** Somebody else signs in to GraphiQL, with a purpose and on a case, and asks there. */
async function sitAtGraphiql(staff: string, purpose: string, reference: string) {
  const page = await desk.open();
  await signInAs(page, staff);
  await untilReady(page);
  await page.getByLabel('Purpose').selectOption(purpose);
  await page.getByLabel('Reference').fill(reference);
  return {
    async ask(query: string) {
      await typeQuery(page, query);
      return (await run(page)).answer.data;
    },
    leave: () => page.context().close(),
  };
}
const MAYA = (fields: string) =>
  `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { id ${fields} } } } }`;
const lookAgain = (page: Page) => page.getByRole('button', { name: 'Look again' }).first().click();

describe('break-glass', () => {
  it('the trust’s guardian reads who opened what and why, and reviews it', async () => {
    const officer = await sitAtGraphiql('PC4417', 'mental-health-crisis', 'police:26/000123');
    const [{ person }] = (await officer.ask(MAYA(''))).findPeople.people;
    const opened = await officer.ask(
      `mutation { breakGlass(person: "${person.id}", sections: ["clinical"], ground: LACKS_CAPACITY, personsView: UNABLE, statement: "Unconscious on the pavement.") { state } }`,
    );
    expect(opened.breakGlass).toEqual({ state: 'OPEN' });
    await officer.leave();
    await lookAgain(trust);
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
    await lookAgain(police);
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

describe('a request that somebody decides', () => {
  it('is decided by the agency it was made to, and the one who asked is then shown it', async () => {
    const worker = await sitAtGraphiql('SW1031', 'child-protection', 'childrens-services:26018');
    const clinical = MAYA('clinical { state diagnoses { diagnosis { text } } }');
    const [{ person }] = (await worker.ask(clinical)).findPeople.people;
    expect(person.clinical).toEqual({ state: 'WITHHELD', diagnoses: null });
    await worker.ask(
      `mutation { requestDisclosure(person: "${person.id}", section: "clinical", agency: "mental-health", why: "The enquiry turns on what she was told at discharge.") { state } }`,
    );
    await part(trust, 'Requests');
    const card = trust.getByRole('article', { name: /^Clinical, of Northshire Mental Health/ });
    await card.getByText('Grace Adeyemi, mash social worker, ').waitFor();
    await card.getByText('The enquiry turns on what she was told at discharge.').waitFor();
    await card.getByLabel('Your decision').selectOption('PERMIT');
    await card.getByLabel('at most').selectOption('FULL');
    await card.getByLabel('Note').fill('Spoke to the ward.');
    await card.getByRole('button', { name: 'Record the decision' }).click();
    await card.getByText('Permitted').waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
    const [after] = (await worker.ask(clinical)).findPeople.people;
    expect(after.person.clinical.diagnoses.length).toBeGreaterThan(0);
    await worker.leave();
  });

  it('is not in the queue of another agency’s officer', async () => {
    await part(police, 'Requests');
    await police.getByText('No requests of this kind.').waitFor();
  });
});

describe('who looked', () => {
  it('the trust’s officer finds who saw a record, when, on which case and what of it', async () => {
    await part(trust, 'Who looked');
    await trust.getByLabel('Record number').fill('40018');
    await trust.getByRole('button', { name: 'Look', exact: true }).click();
    const entry = trust
      .getByRole('article', { name: /Sam Okafor, response officer, Northshire Police/ })
      .first();
    await entry.getByText('police:26/000123').waitFor();
    await trust
      .getByRole('article', { name: /Grace Adeyemi/ })
      .first()
      .waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
  });

  it('and by that number the police’s officer finds nothing: it is no record of theirs', async () => {
    await part(police, 'Who looked');
    await police.getByLabel('Record number').fill('40018');
    await police.getByRole('button', { name: 'Look', exact: true }).click();
    await police.getByText('Nothing of this kind.').waitFor();
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

describe('proof', () => {
  it('is one page for a board: whole, by which heads and which key, what was checked and what cannot be', async () => {
    await part(trust, 'Proof');
    await trust.getByText('The register is whole').waitFor();
    for (const heading of ['What was checked', 'What cannot be checked this way'])
      await trust.getByRole('heading', { name: heading }).waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
    // On paper there is no bar, no menu and no button.
    await trust.emulateMedia({ media: 'print' });
    expect(await trust.getByRole('navigation').isVisible()).toBe(false);
    expect(await trust.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    expect(await trust.getByText('The register is whole').isVisible()).toBe(true);
    await trust.emulateMedia({ media: 'screen' });
  });

  it('says so at once when somebody changed an entry in the database', async () => {
    const { sightline } = desk;
    const [first] = await sightline.store('select seq, entry from register_entry order by seq limit 1');
    const changed = String(first?.entry).replace('"role":"response-officer"', '"role":"triage-nurse"');
    const write = async (entry: unknown) => {
      await sightline.store('alter table register_entry disable trigger all');
      await sightline.store('update register_entry set entry = $1 where seq = $2', [entry, first?.seq]);
      await sightline.store('alter table register_entry enable trigger all');
    };
    await write(changed);
    await part(trust, 'Break-glass');
    await part(trust, 'Proof');
    await trust.getByText('The register is not whole').waitFor();
    await write(first?.entry);
  });
});
