/** Scenario 9: the trust's system does not answer. That is told as it is, never as "none known", and hides nobody else's answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let trust: TcpProxy;
beforeAll(async () => {
  sightline = await startSightline({
    agencyTimeoutMs: 1_500,
    async agencyUrls(urls) {
      const url = new URL(urls['mental-health'] as string);
      trust = await startProxy(url.hostname, Number(url.port));
      url.port = String(trust.port);
      return { ...urls, 'mental-health': url.href };
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await trust?.close();
});

const MAYA = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person {
  identity { state name }
  crisisPlan { state exists whatHelps sources { state reason contact { desk phone } } }
  mentalHealth { state openToService }
  warningMarkers { state items { type source { agency { id } } } }
} } } }`;
const ask = () => sightline.ask('triage-nurse', MAYA);
const person = (answer: Answer) => answer.data.findPeople.people[0].person;

describe.each([
  ['hangs', () => trust.stall(), 'TIMED_OUT'],
  ['refuses every connection', () => trust.cut(), 'FAILED'],
] as const)('when the system of the trust %s', (_how, breakIt, reason) => {
  test('its sections are unavailable and say whom to call, and the police still answer', async () => {
    expect(person(await ask()).crisisPlan).toMatchObject({ state: 'DISCLOSED', exists: true });
    await breakIt();
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(person(answer).crisisPlan).toEqual({
      state: 'UNAVAILABLE',
      exists: null,
      whatHelps: null,
      sources: [
        {
          state: 'UNAVAILABLE',
          reason,
          contact: { desk: expect.any(String), phone: expect.any(String) },
        },
      ],
    });
    expect(person(answer).mentalHealth).toEqual({ state: 'UNAVAILABLE', openToService: null });
    expect(person(answer).identity).toEqual({ state: 'PARTIAL', name: expect.stringMatching(/maya kerr/i) });
    expect(
      person(answer).warningMarkers.items.map(
        (item: { source: { agency: { id: string } } }) => item.source.agency.id,
      ),
    ).toContain('police');
    expect(
      answer.errors
        .filter(({ path }) => path?.includes('crisisPlan'))
        .map(({ extensions }) => extensions.code),
    ).toEqual(['SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE']);
    expect(answer.holes[0]).toMatchObject({ state: 'UNAVAILABLE', agency: 'mental-health' });
  });

  test('once it is known to be down, that is said of everyone, known to the trust or not', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await ask();
    expect(sightline.app.agencies.get('mental-health').state()).toBe('DOWN');
    const stranger = `{ findPeople(by: { familyName: "Tate", givenName: "Owen", dateOfBirth: "1984-06-21" }) { people { person { crisisPlan { state sources { state } } } } } }`;
    const answer = await sightline.ask('triage-nurse', stranger, { reference: 'police:26/000140' });
    expect(person(answer).crisisPlan).toEqual({ state: 'UNAVAILABLE', sources: [{ state: 'UNAVAILABLE' }] });
  });

  test('it is asked again as soon as it is back', async () => {
    await trust.restore();
    await expect
      .poll(async () => person(await ask()).crisisPlan.state, { timeout: 15_000, interval: 300 })
      .toBe('DISCLOSED');
  });
});
