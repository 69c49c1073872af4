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
let worker: Visit;
let guardian: Visit;

beforeAll(async () => {
  if (noChromium) return console.warn(`The gateway was not opened in a browser: ${noChromium}`);
  demo = await startDemoInBrowser();
  worker = await openGraphiql(demo.browser, demo.url);
  guardian = await openGraphiql(demo.browser, demo.url);
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});
afterAll(() => demo?.close());

const TRUST = 'Northshire Mental Health';
const askAction = (page: Page) =>
  page.getByRole('button', { name: new RegExp(`^Ask ${TRUST}.* to decide on clinical of Maya Kerr …$`) });
const clinicalIn = ({ answer }: Awaited<ReturnType<typeof run>>) =>
  answer.data.findPeople.people[0].person.clinical;
const ofTrust = ({ sources }: { sources: { agency: { id: string } }[] }) =>
  sources.find(({ agency }) => agency.id === 'mental-health');

describe('a social worker who needs what the trust decides each time, and its guardian', () => {
  it('the gap says whom to ask about what, and the account is written there', async () => {
    await choosePersona(worker.page, 'mash-social-worker');
    await chooseExample(worker.page, 'What a person of the agency decides');
    expect(ofTrust(clinicalIn(await run(worker.page)))).toMatchObject({ reason: 'NEEDS_REVIEW' });
    await askAction(worker.page).click();
    const dialog = worker.page.getByRole('dialog', { name: /^Ask .* to decide on clinical of Maya Kerr$/ });
    await dialog.getByLabel('Why you need it').fill('12345678');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await dialog.getByRole('alert').getByText('why must say in words').waitFor();
    expect(await seriousFindings(worker.page)).toEqual([]);
    await dialog.getByLabel('Why you need it').fill('The enquiry turns on what she was told at discharge.');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await worker.page.getByText(/was asked, and answers by/).waitFor();
    expect(await askAction(worker.page).count()).toBe(0);
  });

  it('the guardian reads it among the requests that wait, and permits it once', async () => {
    const { page } = guardian;
    await choosePersona(page, 'governance-officer');
    await chooseExample(page, 'Requests waiting for a decision');
    const [request] = (await run(page)).answer.data.disclosureRequests.items;
    expect(request).toMatchObject({
      ...{
        state: 'WAITING',
        section: 'clinical',
        why: 'The enquiry turns on what she was told at discharge.',
      },
      askedBy: { role: 'mash-social-worker', organisation: 'childrens-services' },
    });
    await typeQuery(
      page,
      `mutation { decideDisclosure(id: "${request.id}", verdict: PERMIT, level: FULL, note: "Spoke to the ward.") { state } }`,
    );
    expect((await run(page)).answer.data.decideDisclosure).toEqual({ state: 'PERMITTED' });
  });

  it('she looks, is told, and reads it with the next query; the one after is withheld as before', async () => {
    await worker.page.getByRole('button', { name: 'Look whether they have answered' }).click();
    await worker.page.getByText(/lets you see it/).waitFor();
    const shown = clinicalIn(await run(worker.page));
    expect(ofTrust(shown)).toMatchObject({ state: 'DISCLOSED', level: 'FULL' });
    expect(ofTrust(clinicalIn(await run(worker.page)))).toMatchObject({ reason: 'NEEDS_REVIEW' });
    await askAction(worker.page).waitFor();
    expect(await worker.page.getByText(/lets you see it/).count()).toBe(0);
  });

  it('another persona at the same desk is told nothing of it', async () => {
    await choosePersona(worker.page, 'response-officer');
    expect(await worker.page.getByText(/lets you see it/).count()).toBe(0);
    expect(await askAction(worker.page).count()).toBe(0);
  });

  it('and none of it broke a rule of the page’s own Content-Security-Policy', () => {
    expect(
      [...worker.problems, ...guardian.problems].filter((text) => !/400 \(Bad Request\)/.test(text)),
    ).toEqual([]);
  });
});
