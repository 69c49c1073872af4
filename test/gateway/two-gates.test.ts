/** People of one request whose relationships differ: each is answered by their own decisions, in their own place. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { idsOf, PEOPLE, tie } from './support/people.ts';

const MAYA = '100018';
const PETER = '100161';
let root: PolicyRoot;
let sightline: Sightline;
let police: TcpProxy;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({
    root: root.root,
    agencyTimeoutMs: 1_500,
    async agencyUrls(urls) {
      const url = new URL(urls.police as string);
      police = await startProxy(url.hostname, Number(url.port));
      url.port = String(police.port);
      return { ...urls, police: url.href };
    },
  });
});
afterEach(() => root.restore());
afterAll(async () => {
  await sightline?.close();
  await police?.close();
  root?.drop();
});

const QUESTION = PEOPLE(
  'relationship mentalHealth { state openToService sources { level reason } } warningMarkers { state items { type source { agency { id } } } }',
);
const nobody = 'bm9ib2R5';
const ids = (...nominals: string[]) => idsOf(sightline, 'police', nominals);
const nurses = (...nominals: string[]) =>
  idsOf(sightline, 'police', nominals, { organisation: 'mental-health' });

describe('one tied to the incident, one only claimed, where the trust takes no claims', () => {
  let answer: Answer;
  const ask = async (order: readonly string[]) => {
    root.change(
      'adapters/mental-health/sharing.yaml',
      'claim: allowed # a stranger at 3am\n    share:\n      identity: full\n      identifiers: withheld\n      demographics: summary',
      'share:\n      identity: full\n      identifiers: withheld\n      demographics: summary',
    );
    return sightline.ask('response-officer', QUESTION, { variables: { ids: order } });
  };

  test('each is answered by their own relationship', async () => {
    const [maya = '', peter = ''] = await ids(MAYA, PETER);
    answer = await ask([peter, nobody, maya]);
    const [first, second, third] = answer.data.people;
    expect(first).toMatchObject({
      relationship: 'CLAIMED',
      mentalHealth: {
        state: 'WITHHELD',
        openToService: null,
        sources: [{ level: null, reason: 'RELATIONSHIP_UNVERIFIED' }],
      },
    });
    expect(second).toBeNull();
    expect(third).toMatchObject({
      relationship: 'VERIFIED',
      mentalHealth: {
        state: 'DISCLOSED',
        openToService: true,
        sources: [{ level: 'SUMMARY', reason: null }],
      },
    });
  });

  test('in any order', async () => {
    const [maya = '', peter = ''] = await ids(MAYA, PETER);
    const turned = await ask([maya, peter, nobody]);
    const [third, first] = turned.data.people;
    expect([first, null, third]).toEqual(answer.data.people);
  });

  test('who is asked for twice is answered twice, each place alike', async () => {
    const [maya = '', peter = ''] = await ids(MAYA, PETER);
    const { people } = (await ask([maya, peter, maya])).data;
    expect(people[2]).toEqual(people[0]);
    expect(people[1].relationship).toBe('CLAIMED');
  });

  test('errors and holes name the place of whom they are about', async () => {
    const about = (paths: (readonly (string | number)[] | undefined)[]) =>
      paths.map((path) => path?.join('.')).toSorted();
    expect(about(answer.errors.map(({ path }) => path))).toEqual([
      'people.0.mentalHealth.openToService',
      'people.1',
    ]);
    expect(answer.holes.find(({ section }) => section === 'mentalHealth')).toMatchObject({
      path: ['people', 0, 'mentalHealth'],
      agency: 'mental-health',
      state: 'WITHHELD',
      reason: 'RELATIONSHIP_UNVERIFIED',
    });
  });

  test('and so does every leaf of a list within a list', async () => {
    const [maya = '', peter = ''] = await ids(MAYA, PETER);
    const nested = await sightline.ask('triage-nurse', PEOPLE('policeEvents { items { date summary } }'), {
      variables: { ids: await nurses(PETER, MAYA) },
    });
    expect([maya, peter]).not.toContain(nested.data.people[0]);
    const [, second] = nested.data.people;
    const places = nested.errors.filter(({ path }) => path?.[1] === 1).map(({ path }) => path?.join('.'));
    expect(places).toEqual(
      second.policeEvents.items.map(
        (_: unknown, index: number) => `people.1.policeEvents.items.${index}.summary`,
      ),
    );
  });
});

describe('with the police’s own log out of reach', () => {
  test('whom the log tied earlier in the shift is still tied; the other is unverified, and told what that allows', async () => {
    const [peter = '', maya = ''] = await nurses(PETER, MAYA);
    const before = await sightline.ask('triage-nurse', QUESTION, { variables: { ids: [maya] } });
    expect(before.data.people[0].relationship).toBe('VERIFIED');
    police.cut();
    const { data } = await sightline.ask('triage-nurse', QUESTION, { variables: { ids: [peter, maya] } });
    police.restore();
    expect(data.people).toMatchObject([
      { relationship: 'UNVERIFIED', mentalHealth: { sources: [{ level: 'SUMMARY' }] } },
      { relationship: 'VERIFIED', mentalHealth: { sources: [{ level: 'FULL' }] } },
    ]);
    const agencies = (at: number) =>
      new Set(
        (data.people[at].warningMarkers.items ?? []).map(
          (item: { source: { agency: { id: string } } }) => item.source.agency.id,
        ),
      );
    // The trust lists no markers for a relationship that cannot be verified; the police cannot be asked.
    expect([...agencies(0)].filter((agency) => agency !== 'housing')).toEqual([]);
    expect(agencies(1)).toEqual(new Set(['housing', 'mental-health']));
  });
});

describe('holes', () => {
  const MANY = PEOPLE('crisisPlan { triggers } clinical { notes { text } } education { attendancePercent }');
  const crowd = async (size: number) => {
    const rows = await sightline.sql(
      'police',
      `select "NOM_ID" from "T_NOMINAL" where "MERGED_TO_NOM_ID" is null and coalesce("SENS_FLG", ' ') <> 'P' and "NOM_ID" > '100300' order by 1 limit $1`,
      [size],
    );
    const nominals = rows.map(({ NOM_ID }) => NOM_ID as string);
    await tie(sightline, '26/000123', nominals);
    return ids(...nominals);
  };
  const askMany = async (size: number, headers = {}) =>
    sightline.ask('response-officer', MANY, { variables: { ids: await crowd(size) }, headers });

  test('of a few people are named place by place', async () => {
    await expect.poll(async () => (await askMany(3)).status).toBe(200);
    const answer = await askMany(3);
    const clinical = answer.holes.filter(({ section }) => section === 'clinical');
    const trusts = clinical.filter(({ agency }) => agency === 'mental-health');
    expect(trusts.map(({ path }) => path.join('.'))).toEqual([
      'people.0.clinical',
      'people.1.clinical',
      'people.2.clinical',
    ]);
  });

  test('of many are folded: one for each section, agency, state and reason, however many there are', async () => {
    const twenty = await askMany(20);
    expect(twenty.data.people.filter(Boolean).length).toBeGreaterThan(5);
    const clinical = twenty.holes.filter(({ section }) => section === 'clinical');
    expect(clinical.map(({ path }) => path)).toEqual(clinical.map(() => ['people', '*', 'clinical']));
    expect(clinical).toContainEqual(
      expect.objectContaining({ agency: 'mental-health', reason: 'NEEDS_BREAK_GLASS' }),
    );
    const kinds = twenty.holes.map(({ section, agency, state, reason }) =>
      [section, agency, state, reason].join(),
    );
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test('alone tell of everything when the client asks so: no error that would make it drop the data', async () => {
    const answer = await askMany(3, { 'sharing-errors': 'holes' });
    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([]);
    const plain = await askMany(3);
    expect(plain.errors.length).toBeGreaterThan(5);
    expect(answer.data).toEqual(plain.data);
    expect(answer.holes).toEqual(plain.holes);
  });

  test('tell of an id that is nobody’s too, with its place and a desk to call, whoever reads holes alone', async () => {
    const [maya = ''] = await ids(MAYA);
    const answer = await sightline.ask('response-officer', PEOPLE('identity { givenName }'), {
      variables: { ids: [maya, nobody] },
      headers: { 'sharing-errors': 'holes' },
    });
    expect(answer.errors).toEqual([]);
    expect(answer.data.people[1]).toBeNull();
    expect(answer.holes.find(({ path }) => path.length === 2)).toEqual({
      path: ['people', 1],
      section: null,
      agency: null,
      state: 'NOT_AVAILABLE',
      reason: null,
      contact: expect.objectContaining({ phone: expect.any(String) }),
    });
  });
});
