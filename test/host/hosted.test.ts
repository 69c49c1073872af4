import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { UNVERIFIED_ANSWER } from '../../src/host/gateway/host-client.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import { STRICTER } from '../../src/sharing/stricter.ts';
import { databaseOfRun } from '../support/made-once.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { addressOf, testServer } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { type Between, between, keyIn, unknownKey } from './support/between.ts';
import {
  connectionTo,
  type HostFiles,
  type HostProcess,
  hostAccount,
  hostFiles,
  keysOf,
  startHost,
} from './support/host-process.ts';

const POLICE = 'police';
const TRUST = 'mental-health';
/** How long the gateway waits for the trust, in milliseconds. */
const PATIENT_MS = 20_000;

let sightline: Sightline;
let police: HostProcess;
let trust: HostProcess;
let files: Record<string, HostFiles>;
let urls: Record<string, string>;
let stores: Record<string, string>;
let wire: Between;
/** The gateway's own copy of all policies. */
let copy: PolicyRoot;

beforeAll(async () => {
  copy = await policyRoot();
  files = { [POLICE]: await hostFiles(POLICE), [TRUST]: await hostFiles(TRUST) };
  stores = { [POLICE]: await databaseOfRun('host_police'), [TRUST]: await databaseOfRun('host_trust') };
  sightline = await startSightline({
    root: copy.root,
    async hosted(of) {
      urls = of;
      police = await startHost(filesOf(POLICE), {
        databaseUrl: of[POLICE] ?? '',
        storeUrl: stores[POLICE] ?? '',
      });
      trust = await startHost(filesOf(TRUST), {
        databaseUrl: of[TRUST] ?? '',
        storeUrl: stores[TRUST] ?? '',
      });
      wire = await between(POLICE, police.url);
      return new Map([
        [POLICE, connectionTo(filesOf(POLICE), wire.url)],
        [TRUST, connectionTo(filesOf(TRUST), trust.url, { timeoutMs: PATIENT_MS })],
      ]);
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await wire?.close();
  await Promise.all([police?.stop(), trust?.stop()]);
  for (const one of Object.values(files ?? {})) one.dispose();
  copy?.drop();
});

const filesOf = (agency: string): HostFiles => files[agency] as HostFiles;

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
const QUERY = /* GraphQL */ `query ($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    people {
      person {
        relationship
        warningMarkers { state items { type guidance } ${sourcesOf()} }
        crisisPlan { state sharedExtract whatHelps ${sourcesOf()} }
        mentalHealth { state openToService ${sourcesOf()} }
      }
    }
  }
}`;
function sourcesOf(): string {
  return 'sources { agency { id } state level reason scope message }';
}
const ask = async (persona = 'response-officer') => {
  const answer = await sightline.ask(persona, QUERY, { variables: { by: MAYA } });
  return { ...answer, person: answer.data?.findPeople?.people?.[0]?.person };
};
const sourceOf = (section: { sources: { agency: { id: string }; state: string }[] }, agency: string) =>
  section.sources.find((one) => one.agency.id === agency);

describe('asked through their own hosts, two agencies', () => {
  // One that nobody else asks: somebody's own record tells of whoever looked before.
  let fromDatabases: Sightline;
  beforeAll(async () => {
    fromDatabases = await startSightline();
  });
  afterAll(() => fromDatabases?.close());

  const PEOPLE = EXAMPLES.filter(({ persona }) => persona !== 'analyst');
  test.each(PEOPLE.map((example) => [example.name, example] as const))(
    'answer as from their databases: %s',
    async (_name, { persona = 'response-officer', query, variables, ...example }) => {
      const { purpose, reference } = example as { purpose?: string; reference?: string };
      const asking = {
        variables: variables ?? {},
        ...(purpose && { purpose }),
        ...(reference && { reference }),
      };
      const direct = await fromDatabases.ask(persona, query, asking);
      const hosted = await sightline.ask(persona, query, asking);
      expect(timeless(hosted.text)).toBe(timeless(direct.text));
    },
  );

  test('write what they gave into registers of their own, before it leaves', async () => {
    await ask();
    for (const agency of [POLICE, TRUST]) {
      const entries = await registerOf(agency);
      const given = entries.filter(
        ({ kind, outcomes }) => kind === 'DISCLOSURE' && outcomes[0]?.section !== 'index',
      );
      expect(given.at(-1)).toMatchObject({
        ...{
          role: 'response-officer',
          purpose: 'mental-health-crisis',
          reference: 'police:26/000123',
          person: null,
        },
        outcomes: expect.arrayContaining([expect.objectContaining({ agency, state: 'DISCLOSED' })]),
      });
    }
  });

  test('feed the person index, and tell of what has changed', async () => {
    await sightline.sql(POLICE, `update "T_NOMINAL" set "SURNAME" = 'Kerrigan' where "SURNAME" = 'KERR'`);
    await sightline.app.refreshIndex();
    const fed = (await registerOf(POLICE)).filter(({ outcomes }) => outcomes[0]?.state === 'FED');
    expect(fed.length).toBeGreaterThan(0);
    const [indexed] = await sightline.store(
      `select count(*)::int as count from index_record where agency = 'police' and names::text ilike '%kerrigan%'`,
    );
    expect(indexed?.count).toBeGreaterThan(0);
    await sightline.sql(POLICE, `update "T_NOMINAL" set "SURNAME" = 'KERR' where "SURNAME" = 'Kerrigan'`);
    await sightline.app.refreshIndex();
  });

  test('run by an account that cannot read the gateway’s files, with metrics for their operators alone', async () => {
    await ask();
    const metrics = await (await fetch(`${trust.operatorUrl}/metrics`)).text();
    expect(metrics).toMatch(/sightline_host_questions_total\{op="answer",outcome="OK"\} [1-9]/);
    expect((await fetch(`${trust.operatorUrl}/health/ready`)).status).toBe(200);
    const status = `/proc/${trust.process.pid}/status`;
    if (hostAccount.uid !== undefined && existsSync(status))
      expect(readFileSync(status, 'utf8')).toMatch(/^Uid:\t65534\t/m);
  });
});

describe('an answer that does not stand is not data', () => {
  const told = async () => {
    const { person, text } = await ask();
    expect(sourceOf(person.warningMarkers, POLICE)).toMatchObject({
      ...{ state: 'UNAVAILABLE', reason: 'FAILED', message: UNVERIFIED_ANSWER },
    });
    expect(person.crisisPlan.state).toBe('DISCLOSED');
    return text;
  };
  const lying = async (lie: NonNullable<Between['lie']>, signs: Between['signs']): Promise<string> => {
    Object.assign(wire, { lie, signs });
    return told().finally(() => Object.assign(wire, { lie: null, signs: null }));
  };
  const hostKey = () => keyIn(join(filesOf(POLICE).folder, 'data/host/police.pem'));
  const change = (results: { data: Record<string, Record<string, unknown>[]> }[]) => {
    for (const part of Object.values(results[0]?.data ?? {}).flat()) part.planted = 'PLANTED';
  };

  test('altered on its way', async () => {
    expect(await lying(change, null)).not.toContain('PLANTED');
  });
  test('signed by a key that is not the host’s', async () => {
    expect(await lying(() => {}, unknownKey())).not.toContain('PLANTED');
  });
  test('a column that nobody asked for, by the host itself', async () => {
    expect(await lying(change, hostKey())).not.toContain('PLANTED');
  });
  test('another person’s record, by the host itself', async () => {
    const other = (results: { data: Record<string, Record<string, unknown>[]> }[]) => {
      for (const part of Object.values(results[0]?.data ?? {}).flat()) part.sightlineKey = '1';
    };
    await lying(other, hostKey());
  });
  test('and the next one that stands is', async () => {
    const { person } = await ask();
    expect(sourceOf(person.warningMarkers, POLICE)?.state).toBe('DISCLOSED');
  });
});

describe('of the agency’s own policy and the gateway’s copy, the stricter holds', () => {
  const SHARING = `adapters/${TRUST}/sharing.yaml`;
  /** What the officer at the door is given of the crisis plan. */
  const GIVEN = /(?<=- role: response-officer\n(?:.*\n){1,30}? {6})crisisPlan:\n(?: {8}.*\n)+/;
  const plan = async () => {
    const { person, text } = await ask();
    return { ...sourceOf(person.crisisPlan, TRUST), whatHelps: person.crisisPlan.whatHelps, text };
  };
  const until = (state: string) =>
    vi.waitUntil(async () => (await plan()).state === state, { timeout: 60_000, interval: 500 });

  test('what only the agency’s own withholds is withheld, with its reason and who says so, and nothing else is', async () => {
    const file = join(filesOf(TRUST).policyDir, SHARING);
    const text = readFileSync(file, 'utf8');
    expect(await plan()).toMatchObject({ state: 'DISCLOSED', message: null });
    writeFileSync(file, text.replace(GIVEN, 'crisisPlan: withheld\n'));
    await until('WITHHELD');
    expect(await plan()).toMatchObject({ reason: 'NOT_LISTED', message: STRICTER.HOST, whatHelps: null });
    expect(sourceOf((await ask()).person.mentalHealth, TRUST)?.state).toBe('DISCLOSED');
    writeFileSync(file, text);
    await until('DISCLOSED');
    expect(await plan()).toMatchObject({ message: null });
  });

  test('and what only the gateway’s copy withholds as well', async () => {
    const text = copy.read(SHARING);
    copy.replace(SHARING, text.replace(GIVEN, 'crisisPlan: withheld\n'));
    expect(await plan()).toMatchObject({ state: 'WITHHELD', message: STRICTER.GATEWAY, whatHelps: null });
    copy.restore();
    expect(await plan()).toMatchObject({ state: 'DISCLOSED', message: null });
  });
});

describe('a host that does not answer is told of as that, and nobody else waits', () => {
  test('slow', async () => {
    const holder = await holding(TRUST, 'CarePlan');
    const { person } = await ask();
    await holder.release();
    expect(sourceOf(person.crisisPlan, TRUST)).toMatchObject({ state: 'UNAVAILABLE', reason: 'TIMED_OUT' });
    expect(sourceOf(person.warningMarkers, POLICE)?.state).toBe('DISCLOSED');
  });

  test('killed while it answers, and asked again when it is back', async () => {
    const holder = await holding(TRUST, 'CarePlan');
    const asking = ask();
    await holder.someoneWaits();
    await trust.stop('SIGKILL');
    const { person } = await asking;
    await holder.release();
    expect(sourceOf(person.crisisPlan, TRUST)).toMatchObject({ state: 'UNAVAILABLE', reason: 'FAILED' });
    expect(sourceOf(person.warningMarkers, POLICE)?.state).toBe('DISCLOSED');
    await vi.waitUntil(() => sightline.app.agencies.get(TRUST).why() !== null, {
      timeout: 60_000,
      interval: 200,
    });
    expect(sightline.app.agencies.get(TRUST).why()).toBe('nothing listens at the address of its host');

    const port = Number(new URL(trust.url).port);
    trust = await startHost(filesOf(TRUST), {
      ...{ databaseUrl: urls[TRUST] ?? '', storeUrl: stores[TRUST] ?? '', port },
    });
    await vi.waitUntil(() => sightline.app.agencies.get(TRUST).state() === 'UP', {
      timeout: 60_000,
      interval: 200,
    });
    expect((await ask()).person.crisisPlan.state).toBe('DISCLOSED');
  });
});

test('a key is changed while both sides run: first both are known, then the new one signs, then the old one goes', async () => {
  const { folder, hostKeysFile } = filesOf(POLICE);
  const data = join(folder, 'data');
  const both = await keysOf(POLICE, 'host', data, '--next');
  expect(JSON.parse(both).keys).toHaveLength(2);
  writeFileSync(hostKeysFile, both);
  const now = await keysOf(POLICE, 'host', data, '--rotate');
  await readable(data);
  expect(JSON.parse(now).keys).toEqual([JSON.parse(both).keys[1]]);
  expect(sourceOf((await ask()).person.warningMarkers, POLICE)?.state).toBe('DISCLOSED');
  writeFileSync(hostKeysFile, now);
  expect(sourceOf((await ask()).person.warningMarkers, POLICE)?.state).toBe('DISCLOSED');
});

/** The host's account reads what this one wrote. */
async function readable(data: string): Promise<void> {
  if (hostAccount.uid === undefined) return;
  const { chownSync } = await import('node:fs');
  chownSync(join(data, 'host/police.pem'), 65_534, 65_534);
}

/** Times of retrieval, of feeds, and ids that are another for each store. */
const timeless = (text: string): string =>
  text.replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"TIME"');

async function registerOf(agency: string) {
  const found = await rows(
    stores[agency] ?? '',
    'select entry::text as entry from register_entry order by seq',
    [],
  );
  return found.map(({ entry }) => JSON.parse(String(entry)));
}

/** Keeps everybody from a table of an agency until it is let go. */
async function holding(agency: string, table: string) {
  const database = new URL(urls[agency] ?? '').pathname.slice(1);
  const client = new pg.Client({
    connectionString: addressOf((await testServer()).url('postgres'), database),
  });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${pg.escapeIdentifier(table)} in access exclusive mode`);
  const waiting = async () => {
    const { rows: found } = await client.query(
      `select count(*)::int as count from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
      [database],
    );
    return found[0].count > 0;
  };
  return {
    someoneWaits: () => vi.waitUntil(waiting, { timeout: 30_000, interval: 50 }),
    async release() {
      await client.query('rollback');
      await client.end();
    },
  };
}
