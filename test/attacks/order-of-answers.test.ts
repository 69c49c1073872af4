/** Which agency answers first is no caller's business: errors, holes, notes and the register go by the question's order. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

let sightline: Sightline;
const wires = new Map<string, TcpProxy>();
beforeAll(async () => {
  sightline = await startSightline({
    agencyTimeoutMs: 20_000,
    async agencyUrls(own) {
      const wired = Object.entries(own).map(async ([agency, address]) => {
        const url = new URL(address);
        const wire = await startProxy(url.hostname, Number(url.port));
        wires.set(agency, wire);
        url.hostname = '127.0.0.1';
        url.port = String(wire.port);
        return [agency, url.href] as const;
      });
      return Object.fromEntries(await Promise.all(wired));
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await Promise.all([...wires.values()].map((wire) => wire.close()));
});

/** Milliseconds by which each agency is late, in its fixed order. */
const LATENESS: Record<string, (place: number) => number> = {
  'the first last': (place) => (10 - place) * 40,
  'the last last': (place) => place * 40,
  'every other one late': (place) => (place % 2) * 250,
  'the rest of them late': (place) => ((place + 1) % 2) * 250,
  'as it comes': (place) => ((place * 7) % 10) * 40,
};

async function late(lateness: (place: number) => number, ask: () => Promise<Answer>): Promise<Answer> {
  const agencies = sightline.app.agencies.ids;
  for (const [place, agency] of agencies.entries()) wires.get(agency)?.delay(lateness(place));
  try {
    return await ask();
  } finally {
    for (const agency of agencies) wires.get(agency)?.delay(0);
  }
}

/** Times of asking and of feeds, and the id of the request, are the only things in which two answers may differ. */
const withoutTimes = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
const idOf = (answer: Answer) => answer.headers.get('x-request-id') as string;
const entriesOf = async (answer: Answer) => {
  const kept = await sightline.store('select entry from register_entry where request_id = $1 order by seq', [
    idOf(answer),
  ]);
  return kept.map(({ entry }) => withoutTimes((entry as string).replaceAll(idOf(answer), 'this')));
};
const notesOf = (answer: Answer) =>
  sightline.logged
    .map((line) => JSON.parse(line))
    .filter(({ requestId, msg }) => requestId === idOf(answer) && msg === 'data quality')
    .map(({ agency, problem }) => [agency, problem]);

describe.each(['response-officer', 'triage-nurse', 'mash-social-worker'])('asked by %s', (persona) => {
  const question = () => {
    const whole = wholePerson(sightline.app.catalogue);
    const search = '(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" })';
    return `{
      first: findPeople${search} { people { person { ${whole} household { members { person { id orders { items { kind } } } } } } } }
      nobody: person(id: "nobody") { id }
      second: findPeople${search} { people { person { again: crisisPlan { triggers avoid } ${whole} } } }
    }`;
  };

  // Each agency writes one value that nobody can read, so that each has something to note.
  beforeAll(async () => {
    await sightline.sql('police', `update "T_NOMINAL" set "SEX_CD" = '?' where "NOM_ID" = '100018'`);
    await sightline.sql('housing', `update tenant set sex = '?' where tenant_no = '50018'`);
  });

  // Seen to fail with errors as graphql-js collects them, and with notes logged as agencies answer.
  test('agencies that are late in any order change nothing but times', async () => {
    const ask = () => sightline.ask(persona, question());
    const prompt = await ask();
    expect(prompt.status).toBe(200);
    const agencies = new Set(prompt.errors.map(({ extensions }) => extensions.agency));
    expect(agencies.size).toBeGreaterThan(3);
    for (const [how, lateness] of Object.entries(LATENESS)) {
      const answer = await late(lateness, ask);
      expect(withoutTimes(answer.text), how).toBe(withoutTimes(prompt.text));
      expect(await entriesOf(answer), how).toEqual(await entriesOf(prompt));
      expect(notesOf(answer), how).toEqual(notesOf(prompt));
    }
    expect(notesOf(prompt).length).toBeGreaterThan(1);
  });
});

describe('the order of the question is that of', () => {
  const ask = (query: string) => sightline.ask('mash-social-worker', query);
  // A lodger is met only after agencies have answered; the daughter, by her number, at once.
  test('people in the register, however long each takes to be met', async () => {
    await sightline.sql('childrens-services', 'delete from "FACT_RELATIONSHIPS"');
    await sightline.sql(
      'housing',
      `update household_member set member_tenant_no = '50161', rel_cd = 'LODG' where tenant_no = '50018'`,
    );
    const answer = await ask(`{
      maya: findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) {
        people { person { id household { members { person { identity { givenName } } } } } }
      }
      isla: personByIdentifier(system: NHS_NUMBER, value: "9990000190") { identity { givenName } }
    }`);
    const lodger = await sightline.store(
      "select person from index_record where agency = 'housing' and record = '50161'",
    );
    const maya = await sightline.store(
      "select person from index_record where agency = 'housing' and record = '50018'",
    );
    const people = (await entriesOf(answer))
      .map((entry) => JSON.parse(entry))
      .filter(({ kind }) => kind === 'DISCLOSURE');
    expect(people.map(({ person }) => person)).toEqual([
      maya[0]?.person,
      lodger[0]?.person,
      expect.any(String),
    ]);
  });

  test('searches in the register', async () => {
    const answer = await ask(`{
      found: findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome }
      broad: findPeople(by: { familyName: "Kerr" }) { outcome }
    }`);
    const searches = (await entriesOf(answer))
      .map((entry) => JSON.parse(entry))
      .filter(({ kind }) => kind === 'SEARCH');
    expect(searches.map(({ outcomes }) => outcomes[0].state)).toEqual(['MATCH', 'TOO_BROAD']);
  });
});
