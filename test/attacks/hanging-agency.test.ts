/** An agency that hangs, or is gone, takes nobody else's answer with it, and its statement does not run on. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { testServer } from '../support/postgres.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const LIMIT_MS = 2_500;
let sightline: Sightline;
let proxy: TcpProxy;
/** The trust's own database, as whoever runs it: one to hold tables, one to look on. */
let trust: pg.Client;
let onlooker: pg.Client;

beforeAll(async () => {
  let database = '';
  sightline = await startSightline({
    agencyTimeoutMs: LIMIT_MS,
    agencyUrls: async (own) => {
      const url = new URL(own['mental-health'] as string);
      database = url.pathname.slice(1);
      proxy = await startProxy(url.hostname, Number(url.port));
      url.hostname = '127.0.0.1';
      url.port = String(proxy.port);
      return { ...own, 'mental-health': url.href };
    },
  });
  const connectionString = (await testServer()).url(database);
  trust = new pg.Client({ connectionString });
  onlooker = new pg.Client({ connectionString });
  await Promise.all([trust.connect(), onlooker.connect()]);
});
afterAll(async () => {
  await Promise.all([trust?.end(), onlooker?.end()]);
  await sightline?.close();
  await proxy?.close();
});

const QUERY = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome people { person {
  id relationship
  crisisPlan { state exists whatHelps contacts { value } sources { agency { id } state reason } }
  mentalHealth { state detained team { desk } }
  identity { state name records { name source { agency { id } } } }
  warningMarkers { state items { type source { agency { id } } } sources { agency { id } state reason } }
  policeEvents { state items(first: 2) { category } } } } } }`;
const PLAN =
  '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { crisisPlan { whatHelps } } } } }';
const person = ({ data }: Answer) => data.findPeople.people[0].person;

/** What stands whatever the trust does, and how what is the trust's is said to be missing. */
function expectTheRest(answer: Answer, reason: string) {
  expect(answer.status).toBe(200);
  const her = person(answer);
  expect(her).toMatchObject({
    id: expect.any(String),
    relationship: 'VERIFIED',
    crisisPlan: { state: 'UNAVAILABLE', exists: null, whatHelps: null, contacts: null },
    mentalHealth: { state: 'UNAVAILABLE', detained: null, team: null },
    identity: { state: 'PARTIAL', name: expect.any(String) },
    policeEvents: { state: 'DISCLOSED' },
  });
  expect(her.crisisPlan.sources).toEqual([{ agency: { id: 'mental-health' }, state: 'UNAVAILABLE', reason }]);
  expect(
    her.warningMarkers.items.map((item: { source: { agency: { id: string } } }) => item.source.agency.id),
  ).toContain('police');
  const holes = answer.errors.filter(({ extensions }) => extensions.code === 'SOURCE_UNAVAILABLE');
  expect(new Set(holes.map(({ extensions }) => extensions.agency))).toEqual(new Set(['mental-health']));
  expect(answer.holes[0]).toMatchObject({ state: 'UNAVAILABLE', agency: 'mental-health' });
}

describe('its database does not move', () => {
  /** Tables that nobody can read while `work` runs. */
  async function locked(work: () => Promise<void>) {
    await trust.query('begin');
    await trust.query('lock table "CarePlan", "Alert", "Client" in access exclusive mode');
    try {
      await work();
    } finally {
      await trust.query('rollback');
    }
  }
  /** Processes of the trust's server that run a statement of the gateway's. */
  const running = async (): Promise<number[]> => {
    const { rows } = await onlooker.query(
      "select pid from pg_stat_activity where datname = current_database() and usename like '%reader' and state = 'active'",
    );
    return rows.map(({ pid }) => pid);
  };
  const waiting = (token: string, signal: AbortSignal) =>
    fetch(`${sightline.url}/graphql`, {
      method: 'POST',
      signal,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'sharing-purpose': 'mental-health-crisis',
        'sharing-reference': 'police:26/000123',
      },
      // One statement, so that whose it is can be told.
      body: JSON.stringify({ query: PLAN }),
    }).catch((error: unknown) => error);

  // Seen to fail without goneSignal(), and without cancelStatement(): those who stayed were told that time was up first.
  test('the statements of a caller who hangs up are stopped, and those of one who stays are not', async () => {
    const token = await sightline.tokens.issue(personaOf('triage-nurse'));
    await locked(async () => {
      const stays = waiting(token, new AbortController().signal);
      await expect.poll(running, { interval: 20 }).not.toEqual([]);
      const staying = await running();
      const gone = new AbortController();
      const leaves = waiting(token, gone.signal);
      const leaving = async () => (await running()).filter((pid) => !staying.includes(pid));
      await expect.poll(leaving, { interval: 20 }).not.toEqual([]);
      gone.abort();
      await expect.poll(leaving, { interval: 20 }).toEqual([]);
      expect(await running()).toContain(staying[0]);
      await Promise.all([stays, leaves]);
    });
    await expect
      .poll(async () => person(await sightline.ask('triage-nurse', QUERY)).crisisPlan.state, {
        timeout: 10_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
  });

  test('it is said to have timed out, the others answer, and its statement is stopped at the server', async () => {
    await locked(async () => {
      expectTheRest(await sightline.ask('triage-nurse', QUERY), 'TIMED_OUT');
      await expect.poll(running).toEqual([]);
    });
  });

  test('afterwards it answers as before', async () => {
    await expect
      .poll(async () => person(await sightline.ask('triage-nurse', QUERY)).crisisPlan.state, {
        timeout: 10_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
  });
});

describe('the wire to it', () => {
  // Seen to fail without AbortSignal.timeout in guarded(): the request hung.
  test('passes nothing on: it is said to have timed out, and the others answer', async () => {
    proxy.stall();
    expectTheRest(await sightline.ask('triage-nurse', QUERY), 'TIMED_OUT');
    proxy.restore();
    await expect
      .poll(async () => person(await sightline.ask('triage-nurse', QUERY)).crisisPlan.state, {
        timeout: 10_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
  });

  // Seen to fail with `exists: Boolean!` in the SDL's CrisisPlan: the whole person was null.
  test('is cut: nothing non-null is lost with it, and known to be down it says so of the unlinked too', async () => {
    proxy.cut();
    const answers: Answer[] = [];
    for (let at = 0; at < 5; at += 1) answers.push(await sightline.ask('triage-nurse', QUERY));
    for (const answer of answers) expectTheRest(answer, 'FAILED');
    const unlinked = await sightline.ask(
      'response-officer',
      '{ findPeople(by: { familyName: "Rudd", givenName: "Liam", dateOfBirth: "1999-09-27" }) { people { person { crisisPlan { sources { state reason } } } } } }',
    );
    expect(person(unlinked).crisisPlan.sources).toEqual([{ state: 'UNAVAILABLE', reason: 'FAILED' }]);
    proxy.restore();
    await expect
      .poll(async () => person(await sightline.ask('triage-nurse', QUERY)).crisisPlan.state, {
        timeout: 10_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
  });
});

test('nothing of where the agency is, or how it is asked, is told or logged', () => {
  expect(sightline.logged.join('\n')).not.toMatch(/127\.0\.0\.1|select |CarePlan|postgres:|ECONN\w+ \d/);
});
