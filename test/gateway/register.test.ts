/** No disclosure without a record that is written before the answer leaves, whatever becomes of the store. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { evidenceIn } from '../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../src/register/verify/verify-register.ts';
import { openStore } from '../../src/store/store.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: Sightline;
let wire: TcpProxy;
beforeAll(async () => {
  sightline = await startSightline({
    async storeUrl(url) {
      const wired = new URL(url);
      wire = await startProxy(wired.hostname, Number(wired.port));
      wired.port = String(wire.port);
      return wired.href;
    },
  });
});
afterAll(async () => {
  wire?.restore();
  await sightline?.close();
  await wire?.close();
});

const requestId = (answer: Answer) => answer.headers.get('x-request-id') as string;
const entriesOf = async (answer: Answer): Promise<RegisterEntry[]> => {
  const rows = await sightline.store('select entry from register_entry where request_id = $1 order by seq', [
    requestId(answer),
  ]);
  return rows.map(({ entry }) => JSON.parse(entry as string));
};
/** Every agency that supplies a field, beside the section: the one or the several whose outcome the register has. */
const suppliersOf = (place: string): string[][] => {
  const [section = '', ...path] = place.split('.');
  const field = sightline.app.catalogue.sections.get(section)?.fields.get(path.join('.'));
  return (field?.suppliers ?? []).map((agency) => [section, agency]);
};
const spool = () => readFile(join(sightline.dataDir, 'register', 'spool.log'), 'utf8');
const ask = (fields: string) => sightline.ask('response-officer', maya(fields));

describe('every answer', () => {
  test('is in the register when it arrives: who asked what of whom, and what each agency said', async () => {
    const answer = await ask(
      'crisisPlan { whatHelps triggers } clinical { notes { text } } orders { items { kind } }',
    );
    const entries = await entriesOf(answer);
    const disclosure = entries.find(({ kind }) => kind === 'DISCLOSURE');
    expect(disclosure).toMatchObject({
      sub: 'PC4417',
      role: 'response-officer',
      organisation: 'police',
      purpose: 'mental-health-crisis',
      reference: 'police:26/000123',
      regime: 'PART2',
      relationship: 'VERIFIED',
      person: expect.any(String),
      policyVersion: expect.any(String),
    });
    const outcomes = disclosure?.outcomes ?? [];
    expect(outcomes.map(({ section, agency }) => [section, agency])).toEqual(
      ['crisisPlan.whatHelps', 'clinical.notes.text', 'orders.items.kind'].flatMap(suppliersOf),
    );
    const holders = new Map([
      ['crisisPlan', 'mental-health'],
      ['clinical', 'mental-health'],
      ['orders', 'police'],
    ]);
    expect(outcomes.filter(({ section, agency }) => holders.get(section ?? '') === agency)).toEqual([
      {
        section: 'crisisPlan',
        agency: 'mental-health',
        state: 'DISCLOSED',
        level: 'SUMMARY',
        reason: null,
        asOf: expect.stringMatching(/^\d{4}-/),
        gateways: ['MHA 1983 s.136(1C)'],
        rule: { file: 'adapters/mental-health/sharing.yaml', line: expect.any(Number) },
        records: [expect.any(String)],
      },
      {
        section: 'clinical',
        agency: 'mental-health',
        state: 'WITHHELD',
        level: null,
        reason: 'NEEDS_BREAK_GLASS',
        asOf: null,
        gateways: expect.any(Array),
        rule: { file: 'adapters/mental-health/sharing.yaml', line: expect.any(Number) },
        records: [expect.any(String)],
      },
      {
        section: 'orders',
        agency: 'police',
        state: 'NOT_HELD',
        level: 'FULL',
        reason: 'NONE_IN_SCOPE',
        asOf: null,
        gateways: ['MHA 1983 s.136(1C)'],
        rule: { file: 'adapters/police/sharing.yaml', line: expect.any(Number) },
        records: [expect.any(String)],
      },
    ]);
    expect(entries.filter(({ kind }) => kind === 'SEARCH')).toHaveLength(1);
  });

  test('stands there without a value of any field', async () => {
    const answer = await ask(
      'identity { name dateOfBirth } crisisPlan { whatHelps } addresses { items { postcode } }',
    );
    expect(found(answer).crisisPlan.whatHelps).toBeTruthy();
    const entries = await entriesOf(answer);
    const withoutNumbers = entries.map((entry) => ({
      ...entry,
      outcomes: entry.outcomes.map(({ records: _, ...outcome }) => outcome),
    }));
    expect(JSON.stringify(withoutNumbers)).not.toMatch(/kerr|maya|2002-03-14|low voice|ZZ1|9990000018/i);
  });

  test('names the line of policy that decided each outcome, and each agency’s own number, asked or not', async () => {
    const answer = await ask('clinical { medication { name } } education { attendanceBand }');
    const outcomes = (await entriesOf(answer)).flatMap((entry) => entry.outcomes);
    for (const { agency, section, reason, rule } of outcomes.filter((one) => one.agency !== 'person-index')) {
      const { file, line } = rule ?? { file: '', line: 0 };
      expect(file, `${section} of ${agency}`).toBe(`adapters/${agency}/sharing.yaml`);
      const text = (await readFile(file, 'utf8')).split('\n')[line - 1];
      if (reason === 'NEEDS_BREAK_GLASS') expect(text).toMatch(/^ +clinical:/);
    }
    const [clinical] = outcomes.filter((one) => one.agency === 'mental-health' && one.section === 'clinical');
    const [client] = await sightline.sql(
      'mental-health',
      `select "ClientID" as id from "Client" where "NHSNumber" = '9990000018'`,
    );
    expect(clinical?.records).toEqual([String(client?.id)]);
  });

  test('says which sections the person is shown, by purpose, role and section alone', async () => {
    const answer = await ask('domesticAbuse { seeAlone } housing { arrearsBand } identity { name }');
    const shown = (await entriesOf(answer)).map((entry) => entry.shownToSubject);
    expect(shown.filter(Boolean)).toEqual([['housing', 'identity']]);
    const quiet = await sightline.ask('response-officer', maya('housing { arrearsBand }'), {
      purpose: 'child-protection',
    });
    expect(await entriesOf(quiet)).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ shownToSubject: expect.anything() })]),
    );
  });

  test('that is only a refusal stands there too, and so does a question that was not taken', async () => {
    const nobody = await sightline.ask('response-officer', '{ person(id: "nobody") { id } }');
    expect((await entriesOf(nobody)).map(({ kind, person }) => ({ kind, person }))).toEqual([
      { kind: 'REFUSAL', person: null },
    ]);
    const untaken = await sightline.ask('response-officer', '{ person(id: "nobody") { id } }', {
      purpose: 'direct-care',
    });
    expect(untaken.status).toBe(400);
    expect(await entriesOf(untaken)).toMatchObject([
      { kind: 'REFUSAL', outcomes: [{ reason: 'PURPOSE_NOT_PERMITTED' }] },
    ]);
  });

  test('that speaks of nobody leaves no entry', async () => {
    const answer = await sightline.ask('response-officer', '{ agencies { id } viewer { name } }');
    expect(await entriesOf(answer)).toEqual([]);
  });
});

describe('while the register’s table is held by somebody else', () => {
  test('the answer waits, and leaves only when the spool has its record', async () => {
    const holder = await storeAdmin();
    try {
      await holder.query('begin; lock table register_entry in access exclusive mode');
      const answer = await ask('crisisPlan { exists }');
      expect(found(answer)).toEqual({ crisisPlan: { exists: true } });
      expect(await spool()).toContain(requestId(answer));
    } finally {
      await holder.end();
    }
    await drained();
  });
});

describe('when the store is lost', () => {
  test('after somebody was found, the answer is finished, and its record waits on disk', async () => {
    const holder = await agencyAdmin('police');
    let answer: Answer;
    try {
      await holder.query('begin; lock table "T_WARN_MKR" in access exclusive mode');
      const asked = ask('warningMarkers { items { type } }');
      await expect.poll(() => waiting('police')).toBe(1);
      wire.cut();
      await holder.query('rollback');
      answer = await asked;
    } finally {
      await holder.end();
    }
    expect(answer.status).toBe(200);
    expect(found(answer).warningMarkers.items.length).toBeGreaterThan(0);
    expect(await spool()).toContain(requestId(answer));
    expect(sightline.app.register.status()).toMatchObject({ mode: 'SPOOL' });
  });

  test('nobody else can be found: every new request is refused, with the desks to call', async () => {
    const answers = await Promise.all([
      ask('identity { name }'),
      sightline.ask('triage-nurse', '{ person(id: "x") { id } }'),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0]?.extensions).toMatchObject({
        code: 'REGISTER_UNAVAILABLE',
        contacts: expect.arrayContaining([
          expect.objectContaining({ agency: 'police', phone: expect.any(String) }),
          expect.objectContaining({ agency: 'mental-health', desk: expect.any(String) }),
        ]),
      });
    }
  });

  test('what needs no person is still answered', async () => {
    const answer = await sightline.ask('response-officer', '{ agencies { id contact { phone } } }', {
      reference: null,
    });
    expect(answer.data.agencies.length).toBeGreaterThan(3);
  });

  test('once it is back the record reaches it, and questions are answered again', async () => {
    wire.restore();
    await drained();
    expect(await spool()).toBe('');
    await expect.poll(async () => (await ask('identity { name }')).status, { timeout: 10_000 }).toBe(200);
  });
});

test('after all this the register is whole', async () => {
  expect(await verified()).toMatchObject({ whole: true, waiting: 0 });
});

test('an answer that the register does not take is not released', async () => {
  await sightline.app.register.close();
  const answer = await ask('identity { name } crisisPlan { whatHelps }');
  expect(answer.status).toBe(503);
  expect(answer.errors[0]?.extensions.code).toBe('REGISTER_UNAVAILABLE');
  expect(answer.text).not.toMatch(/kerr|low voice/i);
  expect(await entriesOf(answer)).toEqual([]);
  expect(await verified()).toMatchObject({ whole: true, notYetSigned: 0 });
});

async function drained(): Promise<void> {
  await expect.poll(() => sightline.app.register.status().mode, { timeout: 15_000 }).toBe('STORE');
}

async function verified() {
  const store = openStore(sightline.storeUrl, { connections: 1 });
  try {
    return await verifyRegister({ db: store.db, sources: [await evidenceIn(sightline.dataDir)] });
  } finally {
    await store.close();
  }
}

async function waiting(agency: string): Promise<number> {
  const rows = await sightline.sql(
    agency,
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}

async function agencyAdmin(agency: string): Promise<pg.Client> {
  const [row] = await sightline.sql(agency, 'select current_database() as name');
  return admin(row?.name as string);
}

async function storeAdmin(): Promise<pg.Client> {
  const [row] = await sightline.store('select current_database() as name');
  return admin(row?.name as string);
}

async function admin(database: string): Promise<pg.Client> {
  const url = new URL(inject('postgres').admin);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}
