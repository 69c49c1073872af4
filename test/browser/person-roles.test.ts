/** Others than the two at the bridge, on the same page: what each is shown, and what must not be. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import {
  become,
  card,
  everything,
  LEILA,
  MAYA,
  NOBODY,
  openPerson,
  openPersonPage,
  openSection,
  outcome,
  search,
  tooWide,
} from './person-steps.ts';
import { seriousFindings, type Visit } from './steps.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let demo: DemoInBrowser | undefined;
let visit: Visit;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody was looked for in a browser: ${noChromium}`);
  // Whatever the page asks is registered: a gateway that answers nothing else answers it.
  demo = await startDemoInBrowser({ TRUSTED_DOCUMENTS: 'only' });
});
afterAll(() => demo?.close());
beforeEach(async ({ skip }) => {
  if (noChromium) skip(noChromium);
  visit = await openPersonPage(demo as DemoInBrowser);
  return () => visit.close();
});

describe('a housing officer', () => {
  it('reads his own tenancy and the dog in the flat, and nothing of a crisis', async () => {
    const { page } = visit;
    await become(page, 'housing-officer');
    await openPerson(page, MAYA);
    await card(page, 'Warnings').getByText('ring first', { exact: false }).waitFor();
    expect(await card(page, 'Crisis plan').textContent()).toMatch(/Withheld/);
    const shown = await everything(page);
    for (const word of ['blades', 'Self harm', 'holding her keys', 'Crisis Team', 'See them alone'])
      expect(shown).not.toContain(word);
    // What is not offered here has a desk for the safety of a visit.
    await card(page, 'Warnings')
      .getByRole('link', { name: /^Call Duty inspector/ })
      .waitFor();
    expect([await tooWide(page), await seriousFindings(page)]).toEqual([0, []]);
  });

  it('asks the agency to decide where somebody there does, from the gap', async () => {
    const { page } = visit;
    await become(page, 'housing-officer');
    await openPerson(page, MAYA);
    await card(page, 'Whether to see them alone')
      .getByRole('button', { name: /^Ask .* to decide on domestic abuse/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why you need it').fill('A neighbour called about shouting at night.');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await page
      .getByText(/was asked, and answers by/)
      .first()
      .waitFor();
  });
});

describe('a social worker', () => {
  it('reads who looks after the child, and goes on to her from the household', async () => {
    const { page } = visit;
    await become(page, 'mash-social-worker');
    await openPerson(page, MAYA);
    const household = await openSection(page, 'Household');
    await household.getByRole('button', { name: 'Isla Kerr' }).first().click();
    await page.getByRole('heading', { level: 2, name: 'Isla Kerr' }).waitFor();
    await page.getByText('born 8 Jun 2021').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('writes down that somebody agrees to a referral, from the gap that waits for it', async () => {
    const { page } = visit;
    await become(page, 'housing-officer', 'homelessness-referral', 'housing:004418/01');
    await openPerson(page, MAYA);
    const contact = await openSection(page, 'How to reach them');
    await contact
      .getByRole('button', { name: /^Record that .* agrees to a homelessness referral …/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('The authority that they chose').selectOption('housing');
    await dialog.getByLabel('How it is evidenced').fill('She signed the form at the counter.');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Record the consent' }).click();
    await contact.getByText('It opens nothing until the agency whose data it is confirms it').waitFor();
  });
});

describe('a nurse', () => {
  const writeDown = async (section: Locator, what: RegExp) => {
    await section.getByText('It is wrong, they object, or you told somebody').click();
    await section.getByRole('button', { name: what }).click();
    return section.page().getByRole('dialog');
  };

  it('reports what is wrong to whose record it is, from where she reads it', async () => {
    const { page } = visit;
    await become(page, 'triage-nurse');
    await openPerson(page, MAYA);
    const dialog = await writeDown(card(page, 'Warnings'), /^Something here is wrong/);
    await dialog.getByLabel('Which').selectOption({ label: 'Northshire Borough Council housing: Dog' });
    await dialog.getByLabel('What of it').selectOption('items.guidance');
    await dialog.getByLabel('What is wrong with it').fill('The dog died in the spring.');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Report it' }).click();
    await card(page, 'Warnings').getByText('Reported to whose record it is.', { exact: false }).waitFor();
  });

  it('writes down what she told the officer beside her, without what it says', async () => {
    const { page } = visit;
    await become(page, 'triage-nurse');
    await openPerson(page, MAYA);
    const dialog = await writeDown(await openSection(page, 'Clinical'), /^I told a colleague/);
    await dialog.getByLabel('Which item').selectOption('medication');
    await dialog.getByLabel('Their number on the log').fill('PC4417');
    await dialog.getByLabel('Why they need to know').fill('He holds the inhaler for her in the van.');
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('Recorded as a disclosure of whose data it is, without what it says.').waitFor();
  });

  it('writes down that she objects, with whose data it is; the crisis goes on, and says so from then on', async () => {
    const { page } = visit;
    await become(page, 'triage-nurse');
    await openPerson(page, MAYA);
    const section = await openSection(page, 'Mental health');
    expect(await section.textContent()).not.toMatch(/has objected/);
    const dialog = await writeDown(section, /^Maya Kerr objects to its being shared for care/);
    await dialog.getByText('Child protection and a crisis go on, and say so.', { exact: false }).waitFor();
    const whose = dialog.getByLabel('Whose').locator('option');
    expect(await whose.allTextContents()).toContain('Northshire Mental Health NHS Trust');
    await dialog.getByLabel('Whose').selectOption('mental-health');
    const why = dialog.getByLabel('What the person said, in your own words');
    expect([await tooWide(page), await seriousFindings(page)]).toEqual([0, []]);
    await why.fill('She does not want her doctor to read of the ward.');
    await dialog.getByRole('button', { name: 'Record the objection' }).click();
    await section.getByText(/^Recorded\. The agency answers by \d{1,2} \w+ \d{4}\.$/).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    const later = await openPersonPage(demo as DemoInBrowser);
    await become(later.page, 'triage-nurse');
    await openPerson(later.page, MAYA);
    const after = await openSection(later.page, 'Mental health');
    await after
      .getByText(/has objected/)
      .first()
      .waitFor({ state: 'attached' });
    expect(await after.locator('.standing').textContent()).not.toMatch(/^Withheld/);
    // Said twice it is refused, with the reason, and what was typed is still there.
    const again = await writeDown(after, /^Maya Kerr objects to its being shared for care/);
    await again.getByLabel('Whose').selectOption('mental-health');
    await again.getByLabel('What the person said').fill('She said so once more.');
    await again.getByRole('button', { name: 'Record the objection' }).click();
    await expect.poll(() => again.getByRole('alert').textContent()).toMatch(/^You have said so already/);
    expect(await again.getByLabel('What the person said').inputValue()).toBe('She said so once more.');
    expect(await after.getByText(/^Recorded\./).count()).toBe(0);
    await later.close();
  });
});

describe('Maya herself', () => {
  it('reads what is held about her, in words for her, and who looked', async () => {
    const { page } = visit;
    await become(page, 'data-subject');
    await page.getByRole('heading', { name: 'Your own record' }).waitFor();
    await openPerson(page, MAYA);
    await card(page, 'Who is involved with you').waitFor();
    await openSection(page, 'Your addresses');
    await page.getByRole('button', { name: 'Show who looked' }).click();
    const looked = card(page, 'Who looked at your record');
    await looked.getByText('This is not all that the law gives you', { exact: false }).waitFor();
    await looked.getByText('Something looks wrong to you?', { exact: true }).waitFor();
    await looked.getByText('Information Commissioner', { exact: false }).first().waitFor();
    const shown = await everything(page);
    for (const word of [
      'your role',
      'break-glass',
      'Call first',
      'See them alone',
      'blades',
      'Intelligence report',
    ])
      expect(shown).not.toContain(word);
    expect([await tooWide(page), await seriousFindings(page)]).toEqual([0, []]);
  });

  it('objects to what is shared for her care, and is told that the agency speaks to her first', async () => {
    const { page } = visit;
    await become(page, 'data-subject');
    await openPerson(page, MAYA);
    const section = await openSection(page, 'Your addresses');
    await section.getByText('It is wrong, or you object to it').click();
    await section.getByRole('button', { name: /^I object to its being shared for care/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The agency speaks to you first: nothing changes until then.').waitFor();
    await dialog.getByLabel('Whose').selectOption({ index: 1 });
    await dialog.getByLabel('Why, in your own words').fill('I want to tell my doctor myself.');
    expect([await tooWide(page), await seriousFindings(page)]).toEqual([0, []]);
    await dialog.getByRole('button', { name: 'Record the objection' }).click();
    await section.getByText(/^Recorded\. The agency answers by \d{1,2} \w+ \d{4}\.$/).waitFor();
  });
});

describe('who must not see her', () => {
  it('a former partner who works as a housing officer is answered as of somebody whom nobody knows', async () => {
    const { page } = visit;
    await become(page, 'dean-cole');
    const answers: string[] = [];
    for (const known of [LEILA, NOBODY]) {
      await search(page, known);
      const shown = (await outcome(page).textContent()) ?? '';
      answers.push(
        shown
          .replaceAll(known.givenName, '')
          .replaceAll(known.familyName, '')
          .replace(/born \d+ \w+ \d+/, ''),
      );
    }
    expect(answers[0]).toBe(answers[1]);
    expect(await everything(page)).not.toMatch(/ZZ9|Harbour Lane|Quay Primary|refuge/i);
  });

  it('a curious officer with an incident that is not is shown nobody', async () => {
    const { page } = visit;
    await page.getByLabel('Case or incident').selectOption('');
    await page.getByLabel('Reference').fill('police:26/999999');
    expect(await search(page, MAYA)).toBe('Nobody found whom you may see. They may still be known');
    expect(await outcome(page).getByRole('button', { name: /^Open/ }).count()).toBe(0);
    expect(await everything(page)).not.toContain('Ellen');
  });

  it('and one who looks up a stranger on a real incident is told that it stands in the register as a claim', async () => {
    const { page } = visit;
    await become(page, 'response-officer', undefined, 'police:26/000131');
    await openPerson(page, MAYA);
    await page.getByText('Not yet tied to your reference', { exact: false }).waitFor();
  });

  it('the crew at a hidden place sees its person, and never the place', async () => {
    const { page } = visit;
    await become(page, 'response-officer', undefined, 'police:26/000131');
    await openPerson(page, LEILA);
    for (const section of ['Addresses', 'How to reach them', 'Household', 'Domestic abuse', 'Timeline'])
      await openSection(page, section);
    expect(await everything(page)).not.toMatch(/ZZ9|Harbour Lane|Quay Primary/);
  });
});

it.each([
  ['governance-officer', 'sees nobody', 'Open the page of governance'],
  ['analyst', 'sees nobody', 'Count in GraphiQL'],
])('the %s is told that the role sees nobody, and where their work is', async (persona, words, link) => {
  const { page } = visit;
  await become(page, persona);
  await page.getByRole('heading', { name: words }).waitFor();
  await page.getByRole('link', { name: link }).waitFor();
  expect(await page.getByRole('form').count()).toBe(0);
});
