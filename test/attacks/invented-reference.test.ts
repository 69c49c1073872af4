/**
 * While the police's system hangs, nobody can say whether an incident is one. A number that the police cannot have issued is
 * none all the same: it opens nothing to anybody, as when they answer.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let police: TcpProxy;
beforeAll(async () => {
  sightline = await startSightline({
    agencyTimeoutMs: 1_500,
    async agencyUrls(urls) {
      const url = new URL(urls.police as string);
      police = await startProxy(url.hostname, Number(url.port));
      url.port = String(police.port);
      return { ...urls, police: url.href };
    },
  });
  police.stall();
});
afterAll(async () => {
  police?.restore();
  await sightline?.close();
  await police?.close();
});

const MAYA = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) {
  outcome people { person { relationship } } } }`;
const asked = async (reference: string) =>
  (await sightline.ask('triage-nurse', MAYA, { reference })).data.findPeople;

test('a number as the police give them is worth what each agency lists for that', async () => {
  expect(await asked('police:26/999999')).toEqual({
    outcome: 'MATCH',
    people: [{ person: { relationship: 'UNVERIFIED' } }],
  });
});

test.each(['26-000123', 'tonight', '26/123456789', '26/000123A', 'INC/000123', '2026/000123'])(
  'police:%s is no incident number, and nobody is shown',
  async (number) => {
    expect(await asked(`police:${number}`)).toEqual({ outcome: 'NO_MATCH', people: [] });
  },
);
