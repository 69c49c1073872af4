/** Two governance officers without code, each at a desk of their own, before the whole gateway and a real issuer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
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

describe('what people wish', () => {
  it('an objection that a nurse wrote down is decided by the trust, and the nurse reads that it was', async () => {
    const nurse = await sitAtGraphiql('RMN2208', 'direct-care', 'mental-health:R2600018');
    const [{ person }] = (await nurse.ask(MAYA(''))).findPeople.people;
    await nurse.ask(
      `mutation { recordObjection(person: "${person.id}", section: "mentalHealth", agency: "mental-health", why: "She wants it kept on the ward.") { state } }`,
    );
    await part(trust, 'Objections, mistakes, consents');
    const card = trust.getByRole('article', { name: /^Mental health/ });
    await card.getByText('She wants it kept on the ward.').waitFor();
    await card.getByLabel('Is it upheld?').selectOption('no');
    await card.getByLabel('Why').fill('Spoke to her: her own team must know.');
    await card.getByRole('button', { name: 'Record the decision' }).click();
    await trust.getByRole('article', { name: /^Mental health\s*Not upheld/ }).waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
    await nurse.leave();
  });

  it('a mistake that an officer at the door reports is answered by the agency whose record it is', async () => {
    const officer = await sitAtGraphiql('PC4417', 'mental-health-crisis', 'police:26/000123');
    const markers = 'warningMarkers { items { guidance source { record agency { id } } } }';
    const [{ person }] = (await officer.ask(MAYA(markers))).findPeople.people;
    const theirs = person.warningMarkers.items.find(
      ({ source }: { source: { agency: { id: string } } }) => source.agency.id === 'mental-health',
    );
    await officer.ask(
      `mutation { reportMistake(record: "${theirs.source.record}", section: "warningMarkers", field: "items.guidance", why: "She has no blades any more.") { state } }`,
    );
    await officer.leave();
    await lookAgain(trust);
    await trust.getByRole('button', { name: 'Look again' }).nth(1).click();
    const card = trust.getByRole('article', { name: /^Warning markers/ });
    await card.getByText('She has no blades any more.').waitFor();
    await card.getByLabel('Is it corrected in your own system?').selectOption('yes');
    await card.getByLabel('Why').fill('Her team took it off today.');
    await card.getByRole('button', { name: 'Record the answer' }).click();
    await trust.getByRole('article', { name: /^Warning markers.*\s*Corrected/ }).waitFor();
  });

  it('a consent that a housing officer wrote down for a request of her own is confirmed by the trust', async () => {
    const housing = await sitAtGraphiql('HO207', 'homelessness-referral', 'housing:004418/01');
    const [{ person }] = (await housing.ask(MAYA(''))).findPeople.people;
    const recorded = await housing.ask(
      `mutation { recordConsent(person: "${person.id}", purpose: "homelessness-referral", to: "housing", evidence: "She signed the form at the counter.") { confirmed } }`,
    );
    expect(recorded.recordConsent).toEqual({ confirmed: false });
    await housing.leave();
    await trust.getByRole('button', { name: 'Look again' }).nth(2).click();
    const card = trust.getByRole('article', { name: /^Homelessness referral, to / });
    await card.getByText('She signed the form at the counter.').waitFor();
    await card.getByRole('button', { name: 'Confirm the consent' }).click();
    await trust.getByText('No consent waits for your word.').waitFor();
  });

  it('is not in the lists of another agency’s officer', async () => {
    await part(police, 'Objections, mistakes, consents');
    await police.getByText('No objections of this kind.').waitFor();
    await police.getByText('No consent waits for your word.').waitFor();
  });
});

describe('who looked', () => {
  it('what a nurse told the officer beside her stands there as the trust’s own disclosure, without what she said', async () => {
    const nurse = await sitAtGraphiql('RMN2208', 'mental-health-crisis', 'police:26/000123');
    const [{ person }] = (await nurse.ask(MAYA('clinical { medication { name } }'))).findPeople.people;
    expect(person.clinical.medication.length).toBeGreaterThan(0);
    await nurse.ask(
      `mutation { recordRelay(person: "${person.id}", section: "clinical", item: "medication", to: "PC4417", why: "He holds the inhaler for her in the van.") { id } }`,
    );
    await nurse.leave();
    await part(trust, 'Who looked');
    await trust.getByLabel('Kind').selectOption('RELAY');
    await trust.getByRole('button', { name: 'Look', exact: true }).click();
    const entry = trust.getByRole('article', { name: /Ade Balogun/ });
    await entry.getByText('police:26/000123').waitFor();
    expect(await entry.getByText(/Sertraline|inhaler/).count()).toBe(0);
    await trust.getByLabel('Kind').selectOption('');
  });

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
    await trust.getByText('not shared for this purpose').waitFor();
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

describe('agreements', () => {
  const TRUST = 'Northshire Mental Health NHS Trust';

  it('an officer signs their own rules, and nobody else’s', async () => {
    await part(trust, 'Agreements');
    const own = trust.getByRole('article', { name: TRUST });
    await own.getByText(/^nobody yet; 1 more must sign$/).waitFor();
    await own.getByRole('button', { name: 'Sign', exact: true }).click();
    await own.getByText('Miriam Cope', { exact: true }).waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
    await part(police, 'Agreements');
    const theirs = police.getByRole('article', { name: TRUST });
    await theirs.getByText('Miriam Cope', { exact: true }).waitFor();
    expect(await theirs.getByRole('button').count()).toBe(0);
  });

  it('what a proposed file would change is told in words, and for how many of the last requests', async () => {
    const file = join(projectRoot(), 'adapters/mental-health/sharing.yaml');
    const proposed = readFileSync(file, 'utf8').replace(
      /opens: \[medication, allergies\]/,
      'opens: [allergies]',
    );
    const form = trust.getByRole('region', { name: 'Try a proposed sharing file' });
    await form.getByLabel('The whole file').fill(proposed);
    await form.getByLabel('in the last days').fill('30');
    await form.getByRole('button', { name: 'What would change?' }).click();
    const changes = trust.getByRole('region', { name: 'What would change' });
    await changes
      .getByRole('row', { name: /Response officer/ })
      .first()
      .waitFor();
    expect(await seriousFindings(trust)).toEqual([]);
  });

  it('a file that does not load is told with its line, and changes nothing', async () => {
    const form = trust.getByRole('region', { name: 'Try a proposed sharing file' });
    await form.getByLabel('The whole file').fill('agency: mental-health\nagreement: [');
    await form.getByRole('button', { name: 'What would change?' }).click();
    await form
      .getByText(/sharing\.yaml:\d+/)
      .first()
      .waitFor();
  });

  it('an agreement is withdrawn once it was told whose cases lose something, and not before', async () => {
    await part(police, 'Agreements');
    const own = police.getByRole('article', { name: 'Northshire Police' });
    const asking = own.getByRole('form', { name: /^Withdraw / });
    await asking.getByLabel('Why').fill('The trust asked for a pause.');
    await asking.getByRole('button', { name: 'What would this do?' }).click();
    await own.getByText(/^(Live cases|No live case) of your own people/).waitFor();
    expect(await desk.sightline.store('select from agreement_withdrawal')).toHaveLength(0);
    await own.getByRole('button', { name: 'Withdraw now' }).click();
    await own.getByText(/, version \d+.*: The trust asked for a pause\.$/).waitFor();
    expect(await desk.sightline.store('select from agreement_withdrawal')).toHaveLength(1);
  });
});

describe('barriers', () => {
  it('an officer sees as bars what was refused, why and by which rule', async () => {
    await part(trust, 'Barriers');
    await trust
      .getByRole('row', { name: /Clinical/ })
      .first()
      .waitFor();
    const table = trust.getByRole('region', { name: 'What was refused' });
    const [bar] = await table.locator('tbody .count-bar').all();
    expect((await bar?.boundingBox())?.width).toBeGreaterThan(50);
    await table
      .getByRole('link', { name: /sharing\.yaml, line \d+/ })
      .first()
      .waitFor();
    const download = trust.waitForEvent('download');
    await trust.getByRole('button', { name: 'Download CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^what-was-refused-.*\.csv$/);
    expect(await seriousFindings(trust)).toEqual([]);
  });

  it('an analyst sees the bars alone, of whole months that are over, and none of so few', async () => {
    const analyst = await sitDown('AN0042', 'Piotr Zielak');
    await analyst.getByText(/^Whole months that are over/).waitFor();
    expect(await analyst.getByRole('row', { name: /Clinical/ }).count()).toBe(0);
    expect(await analyst.getByRole('navigation', { name: 'Governance' }).getByRole('link').count()).toBe(1);
    await analyst.context().close();
  });
});

describe('on a phone, and without a mouse', () => {
  it('every part is reached by keyboard, fits the screen and has nothing serious to find', async () => {
    await trust.setViewportSize({ width: 360, height: 740 });
    const links = trust.getByRole('navigation', { name: 'Governance' }).getByRole('link');
    for (const link of await links.all()) {
      await link.focus();
      await trust.keyboard.press('Enter');
      const name = (await link.textContent()) ?? '';
      await trust.getByRole('heading', { level: 2, name, exact: true }).waitFor();
      await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
      const wider = await trust.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect([name, wider <= 0]).toEqual([name, true]);
      expect([name, await seriousFindings(trust)]).toEqual([name, []]);
    }
  });
});
