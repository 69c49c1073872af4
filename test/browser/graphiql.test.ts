import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PageFile, pageFiles } from '../../src/pages/page-files.ts';
import { currentBundle } from './bundle.ts';
import { noChromium, startChromium } from './chromium.ts';
import { type SmallGateway, startSmallGateway } from './small-gateway.ts';
import { CLIENT_ID, type SmallIssuer, startSmallIssuer } from './small-issuer.ts';
import {
  chooseExample,
  choosePersona,
  completionsAfter,
  gapGroups,
  kept,
  openGraphiql,
  openPage,
  resultText,
  run,
  seriousFindings,
  shownGaps,
  shownResult,
  signIn,
  typeQuery,
  type Visit,
} from './steps.ts';

let dir: string;
let files: Map<string, PageFile>;
let browser: Browser;

beforeAll(async () => {
  dir = await currentBundle();
  files = pageFiles(dir);
  if (noChromium) console.warn(`GraphiQL was not opened in a browser: ${noChromium}`);
  else browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
});

describe('GraphiQL in the demo', () => {
  let gateway: SmallGateway;
  let visit: Visit;

  beforeAll(async () => {
    if (noChromium) return;
    gateway = await startSmallGateway(files);
    visit = await openGraphiql(browser, gateway.url);
  });
  beforeEach(({ skip }) => {
    if (noChromium) skip(noChromium);
  });
  afterAll(async () => {
    await visit?.close();
    await gateway?.close();
  });

  it('opens an example by keyboard as the persona it is told by, and leaves one’s own query in its tab', async () => {
    await chooseExample(visit.page, 'Who am I');
    expect((await run(visit.page)).answer.data).toEqual({ viewer: { role: 'triage-nurse' } });
    expect(await visit.page.getByRole('tab').count()).toBe(1);

    await typeQuery(visit.page, '{ viewer { role } } # mine');
    await chooseExample(visit.page, 'The crisis plan');
    expect((await run(visit.page)).answer.data.person.crisisPlan.whatHelps).toContain('(p-1)');
    expect(await visit.page.getByRole('tab').count()).toBe(2);
  });

  it('sends a purpose and a reference of one’s own choice, or none', async () => {
    await visit.page.getByLabel('Purpose').selectOption('early-help');
    await visit.page.getByLabel('Reference').fill('police:INC-9999');
    await visit.page.getByLabel('List gaps without errors').check();
    await run(visit.page);
    expect(gateway.seen.at(-1)).toMatchObject({
      'sharing-purpose': 'early-help',
      'sharing-reference': 'police:INC-9999',
      'sharing-errors': 'holes',
    });

    await visit.page.getByLabel('Purpose').selectOption('none');
    await visit.page.getByLabel('Reference').fill('');
    await visit.page.getByLabel('List gaps without errors').uncheck();
    await run(visit.page);
    for (const name of ['sharing-purpose', 'sharing-reference', 'sharing-errors']) {
      expect(gateway.seen.at(-1)).not.toHaveProperty(name);
    }
  });

  it('says in plain words what is missing and whom to call, once for what reads the same', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    const { heading, gaps } = await shownGaps(visit.page);
    expect(heading).toBe(
      '6 gaps in this answer asked as PC Sam Okoro for mental-health-crisis on police:INC-0310',
    );
    expect(gaps).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Warning markers · Housing .*No answer: the agency did not answer in time\. Call Housing desk\.$/,
        ),
        expect.stringMatching(
          /^Crisis plan · Northshire Mental Health Trust .*2 places.*Withheld: more detail than is shared with you\. Call Crisis team 01632 960 123 \(24 hours\)\.$/,
        ),
      ]),
    );
  });

  it('lists gaps by what can be done: what can be opened, whom to call, what was not found; what policy always withholds is folded', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    const groups = await gapGroups(visit.page);
    expect(groups).toEqual([
      { heading: 'Can be opened', open: true, about: ['Clinical'] },
      { heading: 'Call to find out', open: true, about: ['Crisis plan', 'Warning markers'] },
      { heading: 'Asked, and nothing found', open: true, about: ['Contact'] },
      {
        heading: '2 withheld from everybody in your role, for this purpose',
        open: false,
        about: ['Education', 'Benefits'],
      },
    ]);
  });

  it('clears the answers of the former persona in every tab when another is chosen, and says so', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    expect(await shownResult(visit.page)).toContain('A quiet voice');
    await visit.page.getByRole('button', { name: 'New tab' }).click();
    await typeQuery(visit.page, '{ viewer { role } } # other tab');
    await run(visit.page);
    await choosePersona(visit.page, 'triage-nurse');
    const { heading, gaps } = await shownGaps(visit.page);
    expect(heading).toBe('The answers to PC Sam Okoro were cleared: nothing was asked as Ruth Adeyemi yet');
    expect(gaps).toEqual([]);
    expect(await resultText(visit.page)).toBe('');
    expect(await visit.page.getByText('# other tab').count()).toBe(1);
    for (const tab of await visit.page.getByRole('tab').all()) {
      await tab.click();
      expect(await resultText(visit.page)).toBe('');
    }
  });

  it('shows nobody an answer that comes after the persona was changed', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    gateway.delayAnswers(1_500);
    const late = visit.page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await visit.page.getByRole('button', { name: 'Execute query' }).click();
    await choosePersona(visit.page, 'triage-nurse');
    await (await late).finished();
    gateway.delayAnswers(0);
    await visit.page.locator('.graphiql-response .graphiql-spinner').waitFor({ state: 'detached' });
    expect(await resultText(visit.page)).not.toContain('A quiet voice');
    expect(await resultText(visit.page)).toContain('was asked as PC Sam Okoro');
    expect((await shownGaps(visit.page)).gaps).toEqual([]);
  });

  it('says which case each reference of the persona is, and takes one by choosing it', async () => {
    await choosePersona(visit.page, 'response-officer');
    const cases = visit.page.getByLabel('Case or incident');
    expect(await cases.locator('option').allTextContents()).toEqual([
      'the 3am call (police:INC-0310)',
      'the same call, in a flat (police:INC-0311)',
      'another',
    ]);
    await cases.selectOption('police:INC-0311');
    expect(await visit.page.getByLabel('Reference').inputValue()).toBe('police:INC-0311');
    await visit.page.getByLabel('Reference').fill('police:INC-9999');
    expect(await cases.locator('option:checked').textContent()).toBe('another');
  });

  it('speaks to a data subject of what is held about them, and not of roles and purposes', async () => {
    await choosePersona(visit.page, 'data-subject');
    await run(visit.page);
    const { gaps } = await shownGaps(visit.page);
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps.join(' ')).not.toMatch(/your role|this purpose|emergency|this person/);
    expect(gaps).toContainEqual(expect.stringMatching(/^Contact · .*linked to you/));
    expect(gaps).toContainEqual(expect.stringMatching(/^Benefits · .*ask them in writing/));
  });

  it('lets the panel of gaps be drawn higher and lower, by mouse and by keyboard', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    const panel = visit.page.getByRole('region', { name: 'What is missing from this answer' });
    const height = async () => (await panel.boundingBox())?.height ?? 0;
    const handle = visit.page.getByRole('separator', { name: 'Height of the panel of gaps' });
    const before = await height();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the panel has no handle');
    await visit.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await visit.page.mouse.down();
    await visit.page.mouse.move(box.x + box.width / 2, box.y - 80, { steps: 4 });
    await visit.page.mouse.up();
    const drawn = await height();
    expect(drawn).toBeGreaterThan(before + 50);
    await handle.press('ArrowDown');
    expect(await height()).toBeLessThan(drawn);
  });

  it('wraps long lines of the query and of the answer', async () => {
    await typeQuery(visit.page, `{ viewer { role } } # ${'a long remark '.repeat(30)}`);
    const editor = visit.page.locator('.graphiql-query-editor');
    const lines = editor.locator('.view-line');
    await lines.nth(2).waitFor();
    const right = (await editor.boundingBox())?.x ?? 0;
    const width = (await editor.boundingBox())?.width ?? 0;
    for (const line of await lines.locator('> span').all()) {
      const box = await line.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(right + width);
    }
  });

  it('can be read on a phone: caller, query and answer one below the other, each as wide as the screen', async () => {
    await visit.page.setViewportSize({ width: 390, height: 844 });
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    for (const part of ['.graphiql-query-editor', '.graphiql-response', '.gaps']) {
      expect((await visit.page.locator(part).boundingBox())?.width, part).toBeGreaterThan(330);
    }
    expect(await visit.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await visit.page.setViewportSize({ width: 1400, height: 900 });
  });

  it.each([
    ['on a desk, by day', { width: 1400, height: 900 }, 'light'],
    ['on a desk, by night', { width: 1400, height: 900 }, 'dark'],
    ['on a phone', { width: 390, height: 844 }, 'light'],
  ] as const)('has no serious finding of accessibility %s', async (_, viewport, colorScheme) => {
    const { page, close } = await openGraphiql(browser, gateway.url, { viewport, colorScheme });
    await run(page);
    await page.locator('details.gap-group').last().locator('summary').click();
    expect(await seriousFindings(page)).toEqual([]);
    await close();
  });

  it('takes the gaps of the last answer away with it', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    await choosePersona(visit.page, 'triage-nurse');
    await run(visit.page);
    expect(await shownGaps(visit.page)).toEqual({
      heading: expect.stringContaining('No gaps named in this answer asked as Ruth Adeyemi'),
      gaps: [],
    });
    await typeQuery(visit.page, '{ nothing }');
    await run(visit.page);
    expect(await shownGaps(visit.page)).toEqual({
      heading: expect.stringContaining('does not say what it leaves out'),
      gaps: [],
    });
  });

  it('fetches a new token when the old one has run out', async () => {
    await chooseExample(visit.page, 'The crisis plan');
    await run(visit.page);
    gateway.endTokens();
    const before = gateway.tokensGiven();
    expect((await run(visit.page)).status).toBe(200);
    expect(gateway.tokensGiven()).toBe(before + 1);
  });

  it('completes what is typed, and tells of each field what it means', async () => {
    const { offered, details } = await completionsAfter(visit.page, '{ person(id: "x") { crisisPlan { ');
    expect(offered).toEqual(expect.arrayContaining(['whatHelps', 'triggers']));
    expect(details).toBe('What helps the person in a crisis, in their own words.');
  });

  it('says so when the gateway gives no token', async () => {
    gateway.giveNoTokens();
    await choosePersona(visit.page, 'triage-nurse');
    await visit.page.getByText('No token for this persona: demo/token answered 500').waitFor();
  });
});

describe('GraphiQL outside the demo', () => {
  let gateway: SmallGateway;
  let issuer: SmallIssuer;
  let visit: Visit;

  beforeAll(async () => {
    if (noChromium) return;
    issuer = await startSmallIssuer((token) => gateway.trust(token));
    gateway = await startSmallGateway(files, {
      ...{ issuer: issuer.url, clientId: CLIENT_ID, scope: 'openid' },
      ...{ resource: null, maxAgeSeconds: null },
    });
  });
  beforeEach(async ({ skip }) => {
    if (noChromium) skip(noChromium);
    visit = await openPage(browser, gateway.url);
    return () => visit.close();
  });
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
  });

  it('asks for nothing before the sign-in, and with the issuer’s token after it', async () => {
    await visit.page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect([...visit.origins]).toEqual([gateway.url]);
    await signIn(visit.page);
    await visit.page.getByLabel('Purpose').selectOption('mental-health-crisis');
    const { headers } = await run(visit.page);
    expect(headers).toMatchObject({
      authorization: `Bearer ${issuer.tokens.at(-1)}`,
      'sharing-purpose': 'mental-health-crisis',
    });
    expect([...visit.origins].sort()).toEqual([gateway.url, issuer.url].sort());
    expect(visit.problems).toEqual([]);
  });

  it('keeps the token nowhere, and the query where it was when the sign-in has ended', async () => {
    const before = issuer.tokens.length;
    await signIn(visit.page);
    expect(await kept(visit.page)).toEqual({
      local: [],
      session: [],
      databases: [],
      caches: [],
      cookies: '',
    });
    await typeQuery(visit.page, '{ viewer { role } } # mine');
    gateway.endTokens();
    await visit.page.getByRole('button', { name: 'Execute query' }).click();
    await visit.page.getByText('Your sign-in has ended. Sign in again').waitFor();
    expect(await visit.page.locator('.graphiql-container').count()).toBe(0);
    await signIn(visit.page, 'Sign in again');
    expect((await run(visit.page)).answer.data).toEqual({ viewer: { role: 'triage-nurse' } });
    expect(await visit.page.getByText('# mine').count()).toBe(1);
    expect(issuer.tokens).toHaveLength(before + 2);
  });

  // GraphiQL stores what is typed a moment later. Here that moment is far longer than the lock and the next sign-in take.
  it.each([
    ['at once', 0],
    ['after a while', 5_000],
  ])(
    'gives back what was typed in the last moment before the sign-in ended to who signs in again %s',
    async (_, wait) => {
      const { page } = visit;
      await page.addInitScript(`{
      const inTime = setTimeout;
      setTimeout = (work, ms = 0, ...rest) => inTime(work, ms === 100 || ms === 500 ? ms + 3_000 : ms, ...rest);
    }`);
      await page.reload();
      await signIn(page);
      await typeQuery(page, '{ viewer { role } } # first');
      await page.getByRole('button', { name: 'New tab' }).click();
      await typeQuery(page, '{ viewer { name } } # second');
      gateway.endTokens();
      await page.getByRole('button', { name: 'Execute query' }).click();
      await page.getByText('Your sign-in has ended. Sign in again').waitFor();
      await setTimeout(wait);
      await signIn(page, 'Sign in again');
      expect((await run(page)).answer.data).toEqual({ viewer: { name: 'Ruth Adeyemi' } });
      expect(await page.getByRole('tab').count()).toBe(2);
      await page.getByRole('tab').first().click();
      expect((await run(page)).answer.data).toEqual({ viewer: { role: 'triage-nurse' } });
    },
  );

  it('gets another token by the refresh token, each good for one use, and asks a person only when that fails', async () => {
    issuer.giveRefreshTokens();
    await signIn(visit.page);
    for (let time = 0; time < 2; time += 1) {
      const before = issuer.tokens.length;
      gateway.endTokens();
      expect((await run(visit.page)).status).toBe(200);
      expect(issuer.tokens).toHaveLength(before + 1);
    }
    issuer.endRefreshTokens();
    gateway.endTokens();
    await visit.page.getByRole('button', { name: 'Execute query' }).click();
    await visit.page.getByRole('button', { name: 'Sign in again' }).waitFor();
  });

  it('offers only purposes that the caller’s role may assert, and says name, role and organisation', async () => {
    await signIn(visit.page);
    expect(await visit.page.getByLabel('Purpose').locator('option').allTextContents()).toEqual([
      ...['none', 'mental-health-crisis', 'child-protection'],
    ]);
    expect(await visit.page.locator('.who').textContent()).toBe(
      'Ruth Adeyemi Triage nurse, Northshire Mental Health Trust',
    );
  });
});

describe('the files of GraphiQL', () => {
  it('may be kept for good where the name carries a hash, and never where it does not', () => {
    const unhashed = [...files.keys()].filter((path) => !/-[A-Z0-9]{8}\.(js|css|ttf|woff2?)$/.test(path));
    expect(unhashed.sort()).toEqual(['/', '/governance', '/graphiql']);
    for (const [path, { immutable }] of files) expect(immutable, path).toBe(!unhashed.includes(path));
  });

  it('name no other host to load anything from', () => {
    const page = files.get('/graphiql')?.body.toString() ?? '';
    expect(page).not.toMatch(/https?:/);
    for (const [path, { body }] of files) {
      if (path.endsWith('.css')) expect(body.toString(), path).not.toMatch(/url\("?https?:|@import/);
    }
  });

  it('are missed with a word on how to make them', () => {
    expect(() => pageFiles(join(dir, 'nowhere'))).toThrow(/are not bundled in .*nowhere: npm run prepare/);
  });
});
