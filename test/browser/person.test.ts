/** The call at 3am on a telephone: an officer and a nurse beside each other, before the whole demo. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo.ts';
import {
  become,
  card,
  DESK,
  everything,
  MAYA,
  NOBODY,
  nothingOf,
  openPerson,
  openPersonPage,
  openSection,
  outcome,
  PHONE_AT_NIGHT,
  picture,
  search,
  tooSmall,
  tooWide,
} from './person-steps.ts';
import { seriousFindings, type Visit } from './steps.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let demo: DemoInBrowser | undefined;
let officer: Visit;
let nurse: Visit;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody was looked for in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  officer = await openPersonPage(demo);
  nurse = await openPersonPage(demo, PHONE_AT_NIGHT);
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

/** Why, what the person says, and what happens. */
async function account(page: Visit['page']) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why it is needed').selectOption('LACKS_CAPACITY');
  await dialog.getByLabel('What the person says to it').selectOption('UNABLE');
  await dialog.getByLabel('What is happening').fill('Unconscious on the pavement, empty blister packs.');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Open for 30 minutes' }).click();
}

describe('an officer on the bridge', () => {
  it('is told what to compare with the person before anything of hers is opened', async () => {
    const { page } = officer;
    expect(await search(page, MAYA)).toBe('Found');
    await outcome(page).getByText('born 14 Mar 2002 ·').waitFor();
    await outcome(page).getByText('Agrees: same date of birth').waitFor();
    expect(await everything(page)).not.toContain('blades');
    expect([await tooWide(page), await tooSmall(page), await seriousFindings(page)]).toEqual([0, [], []]);
  });

  it('reads whom to call first, what to watch for, whether to see her alone and what helps', async () => {
    const { page } = officer;
    await page.getByRole('button', { name: 'Open Maya Kerr' }).click();
    const first = card(page, 'Who is involved').getByRole('listitem').first();
    expect(await first.textContent()).toMatch(/Call first: Mental health crisis/);
    expect(
      await first.getByRole('link', { name: /^Call Mental health crisis line/ }).getAttribute('href'),
    ).toBe('tel:01632960200');
    await card(page, 'Warnings').getByText('Ask before you search.').waitFor();
    await page.getByText('See them alone').waitFor();
    await card(page, 'Crisis plan').getByText('holding her keys', { exact: false }).waitFor();
    await picture(page, 'person-officer');
    // Whoever hears the page hears who it is.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Maya Kerr');
    expect([await tooWide(page), await tooSmall(page), await seriousFindings(page)]).toEqual([0, [], []]);
  });

  it('and every row says whose it is and how old', async () => {
    const rows = card(officer.page, 'Warnings').locator('.item');
    for (const row of await rows.allTextContents())
      expect(row).toMatch(/, as of \d+ \w+ \d{4}: (today|\d+ \w+ old)/);
  });

  it('is told of the rest that it is withheld, and not that there is none', async () => {
    const plan = await card(officer.page, 'Crisis plan').textContent();
    expect(plan).not.toMatch(/Anniversary|sirens/);
    expect(plan).toMatch(/What sets it off\s*Withheld/);
    const clinical = await openSection(officer.page, 'Clinical');
    expect(await clinical.textContent()).toMatch(/says nothing of whether there is anything/);
    expect(await clinical.textContent()).toMatch(
      /Ask the street-triage mental-health nurse of .* beside you/,
    );
    expect(await clinical.textContent()).not.toMatch(/disorder|Anxiety|Asthma|Penicillin/);
    // Nothing withheld is counted, and nothing of it has a number but a telephone's.
    expect(await clinical.locator('.standing').textContent()).not.toMatch(/\d/);
  });

  it('opens in an emergency what policy lets her open, from the gap, and no more', async () => {
    const { page } = officer;
    await page.getByRole('button', { name: /^Open medication and allergies of Maya Kerr/ }).click();
    await account(page);
    await page.getByRole('heading', { level: 4, name: 'Allergies' }).waitFor();
    const clinical = page.locator('.opened[data-open="true"]');
    await clinical.getByText('Penicillin').first().waitFor();
    expect(await clinical.textContent()).toMatch(/Diagnoses\s*Withheld/);
    await expect.poll(() => page.getByRole('timer').textContent()).toMatch(/^2\d:[0-5]\d$/);
    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('button', { name: /^Open medication and allergies/ }).waitFor();
    await expect.poll(() => clinical.textContent()).not.toContain('Penicillin');
  });

  it('reads the line of time, and what is not shown of it', async () => {
    const line = await openSection(officer.page, 'Timeline');
    expect(await line.getByRole('listitem').first().textContent()).toMatch(/\d{4}: /);
    expect([await tooWide(officer.page), await seriousFindings(officer.page)]).toEqual([0, []]);
  });

  it('finds nobody by the way back or forward, and nothing of her in the browser', async () => {
    const { page } = officer;
    expect(page.url()).toMatch(/\/#person$/);
    await page.goBack();
    await page.getByRole('heading', { name: 'Find a person' }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: 'Find a person' }).waitFor();
    await nothingOf(page, ['blades', 'Ellen', 'holding her keys']);
  });

  it('sees her go at once with another case, another purpose or another persona', async () => {
    const { page } = officer;
    for (const change of [
      () => page.getByLabel('Case or incident').selectOption('police:26/000124'),
      () => page.getByRole('combobox', { name: 'Purpose', exact: true }).selectOption('child-protection'),
      () => page.getByLabel('Persona').selectOption('triage-nurse'),
    ]) {
      await become(page, 'response-officer');
      await openPerson(page, MAYA);
      await page.getByRole('button', { name: 'Change' }).click();
      await change();
      // In the same moment: before anything else was asked.
      expect(await page.getByRole('heading', { name: 'Find a person' }).isVisible()).toBe(true);
      await nothingOf(page, ['blades', 'Ellen', 'holding her keys']);
    }
    // It does not come back with what was left, either.
    await become(page, 'response-officer');
    expect(await page.getByRole('heading', { name: 'Find a person' }).isVisible()).toBe(true);
  });

  it('is told of somebody whom nobody knows what was looked at, and whom to call', async () => {
    const { page } = officer;
    await become(page, 'response-officer');
    expect(await search(page, NOBODY)).toBe('Nobody found whom you may see. They may still be known');
    await outcome(page).getByText('Searched for: Osbert Quillfeather, born 31 Jan 1950.').waitFor();
    expect(
      await outcome(page)
        .getByRole('link', { name: /^Call / })
        .count(),
    ).toBeGreaterThan(2);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('and of one who only may fit, that nobody is shown', async () => {
    const { page } = officer;
    expect(await search(page, { ...MAYA, familyName: 'Kerx', dateOfBirth: '2002-03-19' })).toMatch(
      /^Somebody may fit, but not surely enough to show/,
    );
    expect(await outcome(page).getByRole('button', { name: /^Open/ }).count()).toBe(0);
  });
});

describe('the nurse beside her, at night', () => {
  it('reads the whole of the plan, what she takes and what would harm her', async () => {
    const { page } = nurse;
    await become(page, 'triage-nurse');
    await openPerson(page, MAYA);
    await card(page, 'Crisis plan').getByText('sirens close by', { exact: false }).waitFor();
    await card(page, 'Crisis plan').scrollIntoViewIfNeeded();
    await picture(page, 'person-nurse');
    const clinical = await openSection(page, 'Clinical');
    for (const known of ['Penicillin', 'Sertraline', 'Asthma'])
      await clinical.getByText(known, { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: /^Open medication/ }).count()).toBe(0);
    expect([await tooWide(page), await tooSmall(page), await seriousFindings(page)]).toEqual([0, [], []]);
  });

  it('and what neither the benefits nor the landlord are asked for tonight', async () => {
    const { page } = nurse;
    for (const [section, word] of [
      ['Benefits', 'Universal'],
      ['Housing', 'tenancy'],
    ] as const) {
      const body = await openSection(page, section);
      expect(await body.locator('.standing').textContent()).toMatch(/^Withheld/);
      expect(await body.locator('.items').count()).toBe(0);
      expect(await body.textContent()).not.toContain(word);
    }
  });

  it('asks nothing of what she does not open', async () => {
    const asked: string[] = [];
    nurse.page.on('request', (request) => asked.push(request.postData() ?? ''));
    await nurse.page.getByRole('button', { name: 'Ask again' }).last().click();
    await nurse.page.getByText('asked just now').first().waitFor();
    await expect.poll(() => asked.filter((body) => body.includes('PersonNow')).length).toBe(1);
    expect(asked.filter((body) => body.includes('policeEvents')).length).toBe(0);
  });
});

describe('at a desk', () => {
  it('the whole call is made with the keyboard alone', async () => {
    const { page, problems, close } = await openPersonPage(demo as DemoInBrowser, DESK);
    const press = async (key: string, until: string) => {
      for (let times = 0; times < 60; times++) {
        const at = await page.evaluate<string>(
          '(document.activeElement.labels?.[0] ?? document.activeElement).textContent',
        );
        if (at.startsWith(until)) return;
        await page.keyboard.press(key);
      }
      throw new Error(`The keyboard does not reach ${until}`);
    };
    await press('Tab', 'Family name');
    await page.keyboard.type('Kerr');
    await press('Tab', 'Given name');
    await page.keyboard.type('Maya');
    await press('Tab', 'Date of birth');
    await page.keyboard.type('03142002');
    await page.keyboard.press('Enter');
    await outcome(page).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Found');
    await press('Tab', 'Open Maya Kerr');
    await page.keyboard.press('Enter');
    await card(page, 'Crisis plan').waitFor();
    await press('Tab', 'Clinical');
    await page.keyboard.press('Enter');
    await press('Tab', 'Open medication');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
    await close();
  });
});

it('speaks to nobody but the gateway, and breaks no rule of its Content-Security-Policy', () => {
  for (const { origins, problems } of [officer, nurse]) {
    expect([...origins]).toEqual([new URL(demo?.url ?? '').origin]);
    // An answer that is no 200 is no fault of the page.
    expect(problems.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  }
});
