/** Counts over agencies in GraphiQL, before the whole gateway, real sign-in and an agency that can be cut off. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { stripIgnoredCharacters } from 'graphql';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { USUAL_AMOUNT } from '../../fixtures/seed.ts';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import {
  ARREARS,
  ATTENDANCE,
  absentOften,
  all,
  type By,
  both,
  DOMESTIC_ABUSE,
  EARLY_HELP,
  peopleBy,
  peopleByDistrict,
  SANCTIONED,
} from '../support/counted-in-sql.ts';
import { noChromium } from './chromium.ts';
import { type Desk, signInAs, startDesk } from './desk.ts';
import { picture } from './person-steps.ts';
import { chooseExample, run, seriousFindings, typeQuery, untilReady } from './steps.ts';

vi.setConfig({ testTimeout: 200_000, hookTimeout: 600_000 });

let desk: Desk;
let police: TcpProxy;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody counted in a browser: ${noChromium}`);
  desk = await startDesk({
    // As many as the demo has, so that some groups can be told.
    people: USUAL_AMOUNT.people,
    examples: EXAMPLES,
    lifetimeSeconds: 8 * 3_600,
    async agencyUrls(urls) {
      const url = new URL(urls.police as string);
      police = await startProxy(url.hostname, Number(url.port));
      url.port = String(police.port);
      return { ...urls, police: url.href };
    },
  });
  page = await desk.open();
  await signInAs(page, 'AN0042');
  await page.locator('.who').waitFor();
  await untilReady(page);
  await page.getByLabel('Purpose').selectOption('service-planning');
});
afterAll(async () => {
  await desk?.close();
  await police?.close();
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});

/** By which a count may lie beside the truth (docs/counting.md). */
const MOST_NOISE = 10;
const DISTRICTS = {
  ZZ1: 'NORTHMOOR',
  ZZ2: 'EASTHAVEN',
  ZZ3: 'MILLBROOK_CROSS',
  ZZ4: 'HARROWBY_SANDS',
  ZZ5: 'WEXCOMBE',
  ZZ6: 'GARSBY_AND_THORNWICK',
  ZZ7: 'GARSBY_AND_THORNWICK',
  ZZ8: 'SALTRY',
};

const TOLD = `people { value suppressed }
  groups { keys { dimension value } people { value suppressed } }
  sources { agency { name } state reason message asOf }
  method`;
const BY_DISTRICT = `{ cohort(where: { policeEvents: { role: { is: VICTIM } } }, by: [DISTRICT]) { ${TOLD} } }`;
const BY_KIND = `{ cohort(where: { policeEvents: { role: { in: [VICTIM, WITNESS, INVOLVED] } } }, by: [POLICE_EVENTS_CATEGORY]) { ${TOLD} } }`;
const OF_TWO = `{ cohort(where: { policeEvents: { role: { is: VICTIM } }, housing: { arrearsBand: { in: [UNDER_4_WEEKS, FROM_4_TO_8_WEEKS, OVER_8_WEEKS] } } }) { ${TOLD} } }`;

const panel = () => page.getByRole('region', { name: 'Result as table and bars' });
async function count(query: string): Promise<Counted> {
  await typeQuery(page, stripIgnoredCharacters(query));
  const { answer } = await run(page);
  expect(answer.errors).toBeUndefined();
  await panel().waitFor();
  return answer.data.cohort;
}
async function shownRows(): Promise<{ cells: string[]; bar: number | null }[]> {
  const found = await panel().locator('tbody tr').all();
  return Promise.all(
    found.map(async (row) => ({
      cells: await row.locator('th, td').allTextContents(),
      bar:
        (await row.locator('.count-bar.none').count()) > 0
          ? null
          : ((await row.locator('.count-bar').boundingBox())?.width ?? 0),
    })),
  );
}
async function saved(): Promise<Record<string, string>[]> {
  const coming = page.waitForEvent('download');
  await panel().getByRole('button', { name: 'Download CSV' }).press('Enter');
  return parse(await readFile(await (await coming).path(), 'utf8'), { bom: true, columns: true });
}
const inWords = ({ value, suppressed }: Count) => (suppressed ? 'suppressed' : String(value));
const note = (term: string) => panel().locator('dl > div', { hasText: term }).locator('dd').textContent();

describe('people by group', () => {
  it('stand as a table: each group with its number as it was answered, and the longest bar at the most', async () => {
    const { people, groups } = await count(BY_DISTRICT);
    const told = groups.filter((group) => !group.people.suppressed);
    expect(told.length).toBeGreaterThan(2);
    const shown = await shownRows();
    expect(shown.map(({ cells }) => cells.at(-1))).toEqual(groups.map((group) => inWords(group.people)));
    expect(new Set(shown.map(({ cells }) => cells[0])).size).toBe(groups.length);
    expect(await panel().locator('tfoot td').textContent()).toBe(inWords(people));
    const most = Math.max(...told.map((group) => group.people.value ?? 0));
    const longest = Math.max(...shown.map(({ bar }) => bar ?? 0));
    for (const [at, group] of groups.entries())
      if (!group.people.suppressed)
        expect(Math.abs((shown[at]?.bar ?? 0) / longest - (group.people.value ?? 0) / most)).toBeLessThan(
          0.05,
        );
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 1200, height: 900 });
    await picture(page, 'counts', panel());
    await page.setViewportSize({ width: 1400, height: 900 });
  });

  it('that are suppressed have the word and no bar, and it is said that they may be none', async () => {
    const { groups } = await count(BY_DISTRICT);
    const suppressed = (await shownRows()).filter((_, at) => groups[at]?.people.suppressed);
    expect(suppressed.length).toBeGreaterThan(0);
    for (const { cells, bar } of suppressed) expect([cells.at(-1), bar]).toEqual(['suppressed', null]);
    expect(await note('Suppression')).toContain('it may be none');
  });

  it('of which most are too small are not told one by one: everything together is, and why', async () => {
    const { people, groups } = await count(BY_KIND);
    expect([groups, people.suppressed]).toEqual([[], false]);
    expect(await shownRows()).toEqual([]);
    expect(await panel().locator('tfoot td').textContent()).toBe(inWords(people));
    expect(await note('Method')).toContain('More than half of the groups of this table would be suppressed.');
  });

  it('are saved as they are shown, with whom they cover and how they were made on every row', async () => {
    const { people, method } = await count(BY_DISTRICT);
    const shown = await shownRows();
    const [all, ...groups] = await saved();
    expect(all).toMatchObject({ Row: 'all', People: inWords(people) });
    expect(groups.map((record) => Object.values(record).slice(1, 3))).toEqual(
      shown.map(({ cells }) => cells),
    );
    for (const record of [all, ...groups])
      expect(record).toMatchObject({
        Purpose: 'service-planning',
        Whole: 'yes',
        Method: method,
        Coverage: expect.stringMatching(/^Counted over .*Northshire Police/),
        Query: stripIgnoredCharacters(BY_DISTRICT),
      });
  });
});

describe('what analysts ask is told, from the menu of examples as it stands', () => {
  /** The cohorts of an example's answer by their keys there; the tables say the same. */
  async function told<Key extends string>(example: string, ...keys: Key[]): Promise<Record<Key, Counted>> {
    await chooseExample(page, example);
    const { answer } = await run(page);
    expect(answer.errors).toBeUndefined();
    await panel().waitFor();
    const cohorts: Record<Key, Counted> = answer.data;
    expect(Object.keys(cohorts)).toEqual(keys);
    const shown = await panel().locator('tbody tr, tfoot tr').locator('td:last-of-type').allTextContents();
    expect(shown).toEqual(
      Object.values<Counted>(cohorts).flatMap(({ groups, people }) =>
        [...groups.map((group) => group.people), people].map(inWords),
      ),
    );
    return cohorts;
  }
  const find = (agency: string, select: string) => peopleBy(desk.sightline, agency, select);

  /** As many as SQL finds, and the noise of one count. */
  function isCount({ value }: Count, people: ReadonlySet<string> = new Set()): void {
    expect(value).not.toBeNull();
    expect(people.size).toBeGreaterThanOrEqual(10);
    expect(Math.abs((value ?? 0) - people.size), `${value} of ${people.size}`).toBeLessThanOrEqual(
      MOST_NOISE,
    );
  }
  /** Most groups are told, each with as many as SQL finds. */
  function areCounts({ groups }: Counted, expected: By, within: ReadonlySet<string> = all(expected)): void {
    const shown = groups.filter(({ people }) => !people.suppressed);
    expect(shown.length * 2).toBeGreaterThanOrEqual(groups.length);
    expect(shown.length).toBeGreaterThan(1);
    for (const { keys, people } of shown) isCount(people, both(within, expected.get(keys[0]?.value ?? '')));
  }

  it('domestic-abuse incidents by month', async () => {
    const { cohort } = await told('Domestic-abuse incidents by month', 'cohort');
    const months = await find('police', DOMESTIC_ABUSE);
    isCount(cohort.people, all(months));
    expect(cohort.groups).toHaveLength(12);
    areCounts(cohort, months);
  });

  it('children known to domestic-abuse incidents and persistently absent', async () => {
    const { cohort } = await told('Children in domestic-abuse incidents who miss school', 'cohort');
    const abused = all(await find('police', DOMESTIC_ABUSE));
    isCount(cohort.people, both(abused, absentOften(await find('education', ATTENDANCE))));
  });

  it('people in arrears with a sanctioned benefit', async () => {
    const { cohort } = await told('In arrears, with a sanctioned benefit', 'cohort');
    const owing = all(await find('housing', ARREARS));
    isCount(cohort.people, both(owing, all(await find('work-and-pensions', SANCTIONED))));
  });

  it('open early-help cases by district and attendance band', async () => {
    const { byDistrict, byAttendance, inNorthmoor } = await told(
      'Early help by district and attendance',
      'byDistrict',
      'byAttendance',
      'inNorthmoor',
    );
    const open = all(await find('childrens-services', EARLY_HELP));
    const districts = await peopleByDistrict(desk.sightline, DISTRICTS);
    const bands = await find('education', ATTENDANCE);
    const there = both(open, districts.get('NORTHMOOR'));
    for (const { people } of [byDistrict, byAttendance]) isCount(people, open);
    isCount(inNorthmoor.people, there);
    areCounts(byDistrict, districts, open);
    areCounts(byAttendance, bands, open);
    areCounts(inNorthmoor, bands, there);
  });
});

describe('an agency that is away', () => {
  it('is named over the table; what rests on it is suppressed and never told as none', async () => {
    const before = await count(OF_TWO);
    expect(before.sources.map(({ state }) => state)).toEqual(['DISCLOSED', 'DISCLOSED']);
    expect(await note('Covers')).not.toContain('Could not be asked');
    police.cut();
    const { people, sources } = await count(OF_TWO);
    expect(sources.find(({ agency }) => agency.name === 'Northshire Police')?.state).toBe('UNAVAILABLE');
    expect(people).toEqual({ value: null, suppressed: true });
    expect(await note('Covers')).toMatch(
      /^Counted over Northshire Borough Council housing\. Could not be asked: Northshire Police .*What rests on it is not told\.$/,
    );
    expect(await panel().locator('tfoot td').textContent()).toBe('suppressed');
    expect(await panel().locator('.count-notes.gapped').count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    for (const record of await saved())
      expect(record).toMatchObject({
        People: 'suppressed',
        Whole: 'no',
        Coverage: expect.stringContaining('Could not be asked: Northshire Police'),
      });
  });

  it('that is back is counted again', async () => {
    police.restore();
    const { sources } = await count(OF_TWO);
    expect(sources.map(({ state }) => state)).toEqual(['DISCLOSED', 'DISCLOSED']);
    expect(await panel().locator('.count-notes.gapped').count()).toBe(0);
  });
});

interface Count {
  value: number | null;
  suppressed: boolean;
}
interface Counted {
  people: Count;
  groups: { keys: { value: string | null }[]; people: Count }[];
  sources: { agency: { name: string }; state: string }[];
  method: string;
}
