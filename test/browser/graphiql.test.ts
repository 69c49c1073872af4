import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GraphiqlFile, graphiqlFiles } from '../../src/graphiql/routes.ts';
import { currentBundle } from './bundle.ts';
import { noChromium, startChromium } from './chromium.ts';
import { type SmallGateway, startSmallGateway } from './small-gateway.ts';
import { CLIENT_ID, type SmallIssuer, startSmallIssuer } from './small-issuer.ts';
import {
  chooseExample,
  choosePersona,
  completionsAfter,
  kept,
  openGraphiql,
  openPage,
  run,
  shownGaps,
  signIn,
  typeQuery,
  type Visit,
} from './steps.ts';

let dir: string;
let files: Map<string, GraphiqlFile>;
let browser: Browser;

beforeAll(async () => {
  dir = await currentBundle();
  files = graphiqlFiles(dir);
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
      '2 gaps in this answer asked as PC Sam Okoro for mental-health-crisis on police:INC-0310',
    );
    expect(gaps).toEqual([
      expect.stringMatching(
        /^Warning markers · Housing .*No answer: the agency did not answer in time\. Call Housing desk\.$/,
      ),
      expect.stringMatching(
        /^Crisis plan · Northshire Mental Health Trust .*2 places.*Withheld: more detail than is shared with you\. Call Crisis team 01632 960 123 \(24 hours\)\.$/,
      ),
    ]);
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
    gateway = await startSmallGateway(files, { issuer: issuer.url, clientId: CLIENT_ID, scope: 'openid' });
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
    await visit.page.getByText('Your sign-in has ended.').waitFor();
    await signIn(visit.page, 'Sign in again');
    expect((await run(visit.page)).answer.data).toEqual({ viewer: { role: 'triage-nurse' } });
    expect(await visit.page.getByText('# mine').count()).toBe(1);
    expect(issuer.tokens).toHaveLength(before + 2);
  });
});

describe('the files of GraphiQL', () => {
  it('may be kept for good where the name carries a hash, and never where it does not', () => {
    const unhashed = [...files.keys()].filter((path) => !/-[A-Z0-9]{8}\.(js|css|ttf|woff2?)$/.test(path));
    expect(unhashed).toEqual(['/graphiql']);
    for (const [path, { immutable }] of files) expect(immutable, path).toBe(path !== '/graphiql');
  });

  it('name no other host to load anything from', () => {
    const page = files.get('/graphiql')?.body.toString() ?? '';
    expect(page).not.toMatch(/https?:/);
    for (const [path, { body }] of files) {
      if (path.endsWith('.css')) expect(body.toString(), path).not.toMatch(/url\("?https?:|@import/);
    }
  });

  it('are missed with a word on how to make them', () => {
    expect(() => graphiqlFiles(join(dir, 'nowhere'))).toThrow(/is not bundled in .*nowhere: npm run prepare/);
  });
});
