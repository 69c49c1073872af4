/** What is asked, decided and used while the own store is away: nothing is half done, and nothing is shown that was not used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { found, glassOf, maya } from '../scenarios/break-glass.ts';
import { rows } from '../support/rows.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let store: TcpProxy;
/** The store itself, past the wire that the test cuts. */
let direct = '';
beforeAll(async () => {
  sightline = await startSightline({
    async storeUrl(url) {
      direct = url;
      const address = new URL(url);
      store = await startProxy(address.hostname, Number(address.port));
      address.hostname = '127.0.0.1';
      address.port = String(store.port);
      return address.href;
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await store?.close();
});

const { asOfficer } = glassOf(() => sightline);
const look = () =>
  sightline.ask(
    'mash-social-worker',
    maya('clinical { state medication { name } sources { agency { id } state } }'),
  );
const request = (person: string) =>
  sightline.ask(
    'mash-social-worker',
    `mutation ($person: ID!) { requestDisclosure(person: $person, section: "clinical", agency: "mental-health",
       why: "What she was told at discharge.") { id } }`,
    { variables: { person } },
  );
const permit = (id: string) =>
  asOfficer(
    'mental-health',
    `mutation ($id: ID!) { decideDisclosure(id: $id, verdict: PERMIT, level: FULL, note: "Discharge summary.") { state usesLeft } }`,
    { id },
  );
const kept = () =>
  rows(
    direct,
    `select (select count(*)::int from disclosure_request) as requests,
       (select count(*)::int from disclosure_request where verdict is not null) as decided,
       (select count(*)::int from disclosure_use) as uses,
       (select count(*)::int from index_outbox where kind = 'DISCLOSURE_TO_DECIDE') as alerts`,
    [],
  );
const answersAgain = async () => {
  // An act waits for what the register had put aside meanwhile.
  await expect.poll(() => sightline.app.register.status().mode, { timeout: 60_000 }).toBe('STORE');
  await expect.poll(async () => (await look()).status, { timeout: 60_000 }).toBe(200);
};

test('asking, deciding and using are 503 while it is away, and leave nothing; afterwards each is done once', async () => {
  const person = found(await look()).id as string;
  store.cut();
  expect((await request(person)).status).toBe(503);
  store.restore();
  await answersAgain();
  expect(await kept()).toEqual([{ requests: 0, decided: 0, uses: 0, alerts: 0 }]);

  const asked = await request(person);
  expect(asked.errors).toEqual([]);
  const { id } = asked.data.requestDisclosure;
  store.cut();
  expect((await permit(id)).status).toBe(503);
  store.restore();
  await answersAgain();
  expect(await kept()).toEqual([{ requests: 1, decided: 0, uses: 0, alerts: 1 }]);

  expect((await permit(id)).data.decideDisclosure).toEqual({ state: 'PERMITTED', usesLeft: 1 });
  store.cut();
  const away = await look();
  expect(away.status).toBe(503);
  expect(away.text).not.toMatch(/Sertraline/);
  store.restore();
  await expect.poll(async () => (await look()).text, { timeout: 60_000 }).toMatch(/Sertraline/);
  expect(await kept()).toEqual([{ requests: 1, decided: 1, uses: 1, alerts: 1 }]);
  expect((await look()).text).not.toMatch(/Sertraline/);
});
