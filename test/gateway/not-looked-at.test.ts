/** An agency whose feed is missing, overdue or still being matched is named wherever somebody is looked for: "nobody" never stands for "not looked". */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

const LIMIT_MS = 1_000;
let sightline: Sightline;
let trust: TcpProxy;
let housing: TcpProxy;
beforeAll(async () => {
  const proxied = async (url: string) => {
    const behind = new URL(url);
    const proxy = await startProxy(behind.hostname, Number(behind.port));
    behind.hostname = '127.0.0.1';
    behind.port = String(proxy.port);
    return { proxy, url: behind.href };
  };
  sightline = await startSightline({
    emptyIndex: true,
    agencyTimeoutMs: LIMIT_MS,
    async agencyUrls(own) {
      const [first, second] = await Promise.all([
        proxied(own['mental-health'] as string),
        proxied(own.housing as string),
      ]);
      [trust, housing] = [first.proxy, second.proxy];
      trust.cut();
      housing.delay(LIMIT_MS + 100);
      return { ...own, 'mental-health': first.url, housing: second.url };
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await trust?.close();
  await housing?.close();
});

const MAYA = 'familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14"';
const NOBODY = 'familyName: "Zzyzx", givenName: "Quill", dateOfBirth: "1961-01-02"';
const find = (by: string, persona = 'triage-nurse') =>
  sightline.ask(persona, `{ found: findPeople(by: { ${by} }) { outcome message people { person { id } } } }`);
const NUMBER = '{ personByIdentifier(system: NHS_NUMBER, value: "9990009996") { id } }';
const IDS = '{ person(id: "nobody") { id } people(ids: ["nobody", "no one"]) { id } }';
const notLookedAt = ({ holes }: Answer) => holes.filter(({ state }) => state === 'UNAVAILABLE');
const hole = (path: string, agency: string, reason: string) => ({
  path: [path],
  section: null,
  agency,
  state: 'UNAVAILABLE',
  reason,
  contact: expect.objectContaining({ phone: expect.any(String) }),
});

test('a feed has longer for its statements than a request has', async () => {
  const fed = await sightline.store('select agency from index_feed');
  expect(fed).toContainEqual({ agency: 'housing' });
  expect(notLookedAt(await find(MAYA)).map(({ agency }) => agency)).not.toContain('housing');
});

describe('while an agency has never been read', () => {
  test('a search names it, and in the same words whoever is looked for and whoever asks', async () => {
    const answers = await Promise.all([find(MAYA), find(NOBODY), find(NOBODY, 'housing-officer')]);
    for (const answer of answers) {
      expect(notLookedAt(answer)).toEqual([hole('found', 'mental-health', 'FAILED')]);
      expect(answer.data.found.message).toMatch(/Northshire Mental Health.* could not be looked at/);
    }
    expect(answers.map(({ data }) => data.found.outcome)).toEqual(['MATCH', 'NO_MATCH', 'NO_MATCH']);
  });

  test('so do a number and ids that lead to nobody, also where field errors are left out', async () => {
    const numbered = await sightline.ask('triage-nurse', NUMBER);
    expect(notLookedAt(numbered)).toEqual([hole('personByIdentifier', 'mental-health', 'FAILED')]);
    expect(numbered.errors[0]?.message).toMatch(/Northshire Mental Health.* could not be looked at/);
    const byIds = await sightline.ask('triage-nurse', IDS, { headers: { 'sharing-errors': 'holes' } });
    expect(notLookedAt(byIds)).toEqual([
      hole('person', 'mental-health', 'FAILED'),
      hole('people', 'mental-health', 'FAILED'),
    ]);
  });

  test('the log says once that it is missing, and nothing of a feed that only took long', () => {
    const lines = sightline.logged.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40);
    const feeds = lines.filter(({ msg }) => /feed/.test(msg));
    expect(feeds).toMatchObject([{ agency: 'mental-health', why: expect.stringContaining('connection') }]);
  });

  test('it is read as soon as it is there, and then nothing is said of it', async () => {
    trust.restore();
    await expect
      .poll(async () => notLookedAt(await find(NOBODY)), { timeout: 60_000, interval: 500 })
      .toEqual([]);
    const { data } = await find(NOBODY);
    expect(data.found.message).not.toContain('looked at');
  });
});

describe('an agency that was read', () => {
  test('more than three intervals ago is named as one that failed', async () => {
    const [before] = await sightline.store("select as_of from index_feed where agency = 'police'");
    await sightline.store("update index_feed set as_of = as_of - interval '4 hours' where agency = 'police'");
    expect(notLookedAt(await find(NOBODY))).toEqual([hole('found', 'police', 'FAILED')]);
    await sightline.store("update index_feed set as_of = $1 where agency = 'police'", [before?.as_of]);
    expect(notLookedAt(await find(NOBODY))).toEqual([]);
  });

  test('and has records that wait to be matched is named as one that starts', async () => {
    await sightline.store("update index_record set pending = true where agency = 'education'");
    expect(notLookedAt(await find(NOBODY))).toEqual([hole('found', 'education', 'STARTING')]);
    await sightline.store("update index_record set pending = false where agency = 'education'");
  });

  test('and is down now is not named: who is known there is still found', async () => {
    trust.cut();
    const asked = () =>
      sightline.ask(
        'triage-nurse',
        `{ found: findPeople(by: { ${MAYA} }) { outcome people { person { crisisPlan { state } } } } }`,
      );
    await asked();
    await expect
      .poll(async () => (await asked()).data.found.people[0].person.crisisPlan.state, { timeout: 30_000 })
      .toBe('UNAVAILABLE');
    const answer = await asked();
    expect(answer.data.found.outcome).toBe('MATCH');
    expect(notLookedAt(answer).filter(({ section }) => section === null)).toEqual([]);
  });
});
