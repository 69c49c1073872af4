/** The own store is away: nothing of what people want is written down by half, and what a consent opened is closed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { findQuery, MAYA, wishesOf } from './wishes.ts';

let proxy: TcpProxy;
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({
    storeUrl: async (url) => {
      const behind = new URL(url);
      proxy = await startProxy(behind.hostname, Number(behind.port));
      behind.hostname = '127.0.0.1';
      behind.port = String(proxy.port);
      return behind.href;
    },
  });
}, 120_000);
afterAll(async () => {
  proxy?.restore();
  await sightline?.close();
  await proxy?.close();
});

const wishes = wishesOf(() => sightline);
const WARD = {
  persona: 'triage-nurse',
  purpose: 'homelessness-referral',
  reference: 'mental-health:R2600018',
};

test('each act is refused as that, and nothing of it stands when the store is back', async () => {
  const person = await wishes.idOf(MAYA, { ...WARD, purpose: 'mental-health-crisis' });
  const recorded = (await wishes.record(person, WARD)).data.recordConsent.id;
  const raised = (await wishes.object(person, WARD)).data.recordObjection.id;
  proxy.cut();
  const attempts: Answer[] = [
    await wishes.record(person, WARD, { to: 'housing', evidence: 'Another form.' }),
    await wishes.withdraw(recorded, WARD),
    await wishes.object(person, WARD, { section: 'clinical' }),
    await wishes.decide('mental-health', raised, false),
    await wishes.report('any', WARD),
    await wishes.objections('mental-health'),
  ];
  for (const { status, errors } of attempts) {
    expect(status).toBe(503);
    expect(errors[0]?.extensions.code).toBe('REGISTER_UNAVAILABLE');
  }
  const tenancy = { ...WARD, persona: 'housing-officer', reference: 'housing:004418/01' };
  const read = await wishes.ask(findQuery(MAYA, 'contact { items { value } }'), tenancy);
  expect(read.status).toBe(503);
  proxy.restore();
  // An act waits for what the register had put aside meanwhile.
  await expect.poll(() => sightline.app.register.status().mode, { timeout: 60_000 }).toBe('STORE');
  await expect.poll(async () => (await wishes.consents(person, WARD)).status, { timeout: 30_000 }).toBe(200);
  const { consents } = (await wishes.consents(person, WARD)).data;
  expect(consents).toMatchObject([{ id: recorded, withdrawnAt: null }]);
  const { objections } = (await wishes.objections('mental-health')).data;
  expect(objections.items).toMatchObject([{ id: raised, state: 'WAITING' }]);
  expect(await wishes.entries('CONSENT')).toHaveLength(1);
  expect(await wishes.entries('OBJECTION')).toHaveLength(1);
});

test('two at once are one: the second finds what the first has recorded', async () => {
  const person = await wishes.idOf(MAYA, { ...WARD, purpose: 'mental-health-crisis' });
  const other = { persona: 'housing-officer', purpose: WARD.purpose, reference: 'housing:004418/01' };
  const theirs = await wishes.idOf(MAYA, other);
  const answers = await Promise.all([wishes.record(theirs, other), wishes.record(theirs, other)]);
  expect(answers.flatMap(({ errors }) => errors)).toHaveLength(1);
  const objections = await Promise.all(
    [1, 2, 3].map(() => wishes.object(person, WARD, { section: 'crisisPlan' })),
  );
  expect(objections.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
});
