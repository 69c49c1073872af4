/** An officer asks the register: who saw what of whom, and why; and nothing that is another agency's to know. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { found, glassOf, maya, owen } from './break-glass.ts';

let sightline: Sightline;
/** The trust's own number of Maya Kerr. */
let client = '';
beforeAll(async () => {
  sightline = await startSightline();
  const [row] = await sightline.sql(
    'mental-health',
    `select "ClientID" as id from "Client" where "NHSNumber" = '9990000018'`,
  );
  client = String(row?.id);
  await ask(maya('crisisPlan { whatHelps } clinical { notes { text } } warningMarkers { items { type } }'));
  await ask(owen('crisisPlan { whatHelps }'), 'police:26/000140');
  await sightline.ask('triage-nurse', maya('clinical { notes { text } }'));
  await sightline.ask('housing-officer', FIND_MAYA_AT_HOUSING);
});
afterAll(() => sightline?.close());

const { ask, open, asOfficer, officer } = glassOf(() => sightline);
const FIND_MAYA_AT_HOUSING = maya('housing { arrearsBand } mentalHealth { openToService }');
const ITEM = `at kind asker { sub name role organisation } purpose reference relationship ownRecord policyVersion sequence hash
  outcomes { section agency { id } given state level reason gateways }`;
const READ = `query ($by: RegisterFilter!, $first: Int, $after: ID) { register(by: $by, first: $first, after: $after) { items { ${ITEM} } next } }`;
// biome-ignore lint/suspicious/noExplicitAny: as the query of the test has it
type Item = any;
const read = (organisation: string, by: Record<string, unknown> = {}, page: Record<string, unknown> = {}) =>
  asOfficer(organisation, READ, { by, ...page });
const items = async (...args: Parameters<typeof read>): Promise<Item[]> => {
  const answer = await read(...args);
  expect(answer.errors).toEqual([]);
  return answer.data.register.items;
};
const entries = async () =>
  (await sightline.store('select entry from register_entry order by at, chain, seq')).map(({ entry }) =>
    JSON.parse(entry as string),
  );

describe('the trust’s officer', () => {
  test('reads who asked about a record, why, and how the trust answered, newest first', async () => {
    const seen = await items('mental-health', { ownRecord: client, kind: 'DISCLOSURE' });
    expect(seen.map(({ asker, purpose, reference }) => [asker.sub, purpose, reference])).toEqual([
      ['HO207', 'early-help', 'housing:004418/01'],
      [expect.any(String), 'mental-health-crisis', 'police:26/000123'],
      ['PC4417', 'mental-health-crisis', 'police:26/000123'],
    ]);
    const [, , officers] = seen;
    expect(officers).toMatchObject({ kind: 'DISCLOSURE', relationship: 'VERIFIED', ownRecord: client });
    expect(officers.asker).toMatchObject({ role: 'response-officer', organisation: 'police' });
    expect(officers.outcomes).toEqual([
      expect.objectContaining({ section: 'crisisPlan', given: true, state: 'DISCLOSED', level: 'SUMMARY' }),
      expect.objectContaining({
        section: 'clinical',
        given: false,
        state: 'WITHHELD',
        reason: 'NEEDS_BREAK_GLASS',
      }),
      expect.objectContaining({ section: 'warningMarkers', given: true, state: 'DISCLOSED', level: 'FULL' }),
    ]);
  });

  test('reads no outcome of another agency of what others asked', async () => {
    for (const { asker, outcomes } of await items('mental-health'))
      if (asker.organisation !== 'mental-health')
        expect(new Set(outcomes.map((one: Item) => one.agency.id))).toEqual(new Set(['mental-health']));
  });

  test('of what the trust’s own nurse asked reads what each policy said, and never whether another held anything', async () => {
    const [mine] = await items('mental-health', { organisation: 'mental-health', kind: 'DISCLOSURE' });
    expect(mine.outcomes.map((one: Item) => [one.agency.id, one.given, one.state])).toEqual([
      ['mental-health', true, 'DISCLOSED'],
      ['primary-care', true, null],
    ]);
  });

  test('finds an entry by its place and hash in the register itself', async () => {
    const [newest] = await items('mental-health', { kind: 'DISCLOSURE' });
    const [chain, seq] = newest.sequence.split(':');
    const [row] = await sightline.store('select hash from register_entry where chain = $1 and seq = $2', [
      chain,
      seq,
    ]);
    expect(row?.hash).toBe(newest.hash);
  });

  test('pages through all of it, each entry once', async () => {
    const whole = await items('mental-health', { to: new Date().toISOString(), kind: 'DISCLOSURE' });
    const paged: Item[] = [];
    let after: string | null = null;
    do {
      const answer = await read('mental-health', { kind: 'DISCLOSURE' }, { first: 1, after });
      paged.push(...answer.data.register.items);
      after = answer.data.register.next;
    } while (after);
    expect(paged.map(({ hash }) => hash)).toEqual(whole.map(({ hash }) => hash));
  });

  test.each([
    ['a login', { sub: 'PC4417' }, 2],
    ['a role', { role: 'housing-officer' }, 1],
    ['an organisation', { organisation: 'housing' }, 1],
    ['a section', { section: 'mentalHealth' }, 1],
    ['what nobody asked', { section: 'benefits' }, 0],
    ['a login and a record', { sub: 'PC4417', ownRecord: 'CLIENT' }, 1],
    ['a record that is nobody’s', { ownRecord: 'C-NOBODY' }, 0],
    ['before anything was', { to: '2020-01-01T00:00:00Z' }, 0],
    ['from now on', { from: '2120-01-01T00:00:00Z' }, 0],
    ['through break-glass', { breakGlass: true }, 0],
  ])('asks by %s', async (_by, by, count) => {
    const filter = {
      kind: 'DISCLOSURE',
      ...by,
      ...('ownRecord' in by && by.ownRecord === 'CLIENT' && { ownRecord: client }),
    };
    expect(await items('mental-health', filter)).toHaveLength(count);
  });
});

describe('the police’s officer', () => {
  test('10.5 reads levels and reasons of what the police asked, the same of somebody the trust holds and of somebody it does not', async () => {
    const asked = await items('police', { sub: 'PC4417', kind: 'DISCLOSURE', section: 'crisisPlan' });
    expect(asked).toHaveLength(2);
    const [owens, mayas] = asked.map(({ outcomes }) =>
      outcomes.filter((one: Item) => one.section === 'crisisPlan'),
    );
    expect(owens).toEqual(mayas);
    expect(mayas).toEqual([
      expect.objectContaining({ agency: { id: 'mental-health' }, given: true, state: null, reason: null }),
    ]);
    // While the register has both, and the trust reads both.
    const states = await items('mental-health', { sub: 'PC4417', section: 'crisisPlan' });
    expect(states.map(({ outcomes }) => outcomes[0].state)).toEqual(['NOT_HELD', 'DISCLOSED']);
  });

  test('reads no number of another agency’s record, and finds nothing by one', async () => {
    expect(await items('police', { ownRecord: client })).toEqual([]);
    const numbers = (await items('police', { sub: 'PC4417' })).map(({ ownRecord }) => ownRecord);
    expect(numbers).not.toContain(client);
    expect(numbers).toContain('100018');
  });

  test('reads what was searched and refused by the police’s own people, and nothing of what others searched', async () => {
    const searches = await items('police', { kind: 'SEARCH' });
    expect(new Set(searches.map(({ asker }) => asker.organisation))).toEqual(new Set(['police']));
    expect(searches.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect((await read('police')).text).not.toMatch(/NO_MATCH|MATCH"|person-index/);
  });
});

test('what was opened by break-glass is told by itself, to the agencies it opened and to the asker’s own', async () => {
  const { id } = found(await ask(maya()));
  expect((await open(id)).errors).toEqual([]);
  await ask(maya());
  for (const organisation of ['mental-health', 'primary-care', 'police']) {
    const kinds = (await items(organisation, { breakGlass: true })).map(({ kind }) => kind);
    expect(kinds).toEqual(['DISCLOSURE', 'BREAK_GLASS']);
  }
  expect(await items('housing', { breakGlass: true })).toEqual([]);
});

describe('asking', () => {
  test('is itself registered, by its filters and the record that it found, with nothing that was typed', async () => {
    await items('mental-health', { ownRecord: client, sub: 'somebody typed this' });
    await items('mental-health', { ownRecord: client });
    const reports = (await entries()).filter(({ kind }) => kind === 'REPORT').slice(-2);
    expect(reports.map(({ outcomes, sub }) => [sub, outcomes[0].reason, outcomes[0].records])).toEqual([
      ['IG-mental-health', 'ownRecord, sub', []],
      ['IG-mental-health', 'ownRecord', [client]],
    ]);
    expect(JSON.stringify(reports)).not.toMatch(/typed this/);
  });

  test('stands in the officer’s own list, and in no other agency’s', async () => {
    const [newest] = await items('mental-health', { kind: 'REPORT' });
    expect(newest).toMatchObject({ asker: { sub: 'IG-mental-health' }, purpose: 'governance' });
    const elsewhere = await items('housing', { kind: 'REPORT' });
    expect(elsewhere.filter(({ asker }) => asker.organisation !== 'housing')).toEqual([]);
  });

  test.each([
    ['too many', {}, { first: 101 }, 'QUERY_REFUSED'],
    ['none', {}, { first: 0 }, 'QUERY_REFUSED'],
    ['after what was never a page', {}, { after: 'nowhere' }, 'BAD_USER_INPUT'],
  ])('for %s is refused', async (_what, by, page, code) => {
    expect((await read('mental-health', by, page)).errors[0]?.extensions.code).toBe(code);
  });

  test('after a place that there is not reads nothing that it would not read else', async () => {
    const nowhere = '2120-01-01T00:00:00.000Z 00000000-0000-4000-8000-000000000000:1';
    const whole = await read('education', {}, { first: 100 });
    const after = await read('education', {}, { first: 100, after: nowhere });
    expect(after.data.register.items.slice(1)).toEqual(whole.data.register.items);
  });

  test.each([
    'response-officer',
    'triage-nurse',
    'mash-social-worker',
    'housing-officer',
    'dean-cole',
    'early-help-lead',
    'school-safeguarding-lead',
    'work-coach',
    'general-practitioner',
    'health-visitor',
    'domestic-abuse-adviser',
    'analyst',
    'data-subject',
  ])('is refused to %s, whatever they ask for, before anything is read', async (persona) => {
    const answer = await sightline.ask(persona, READ, { variables: { by: { ownRecord: client } } });
    expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
    expect(answer.data ?? null).toBeNull();
    const purpose = await sightline.ask(persona, READ, { variables: { by: {} }, purpose: 'governance' });
    expect(purpose.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
  });
});

describe('whom an officer is kept from', () => {
  const reads = async (persona: ReturnType<typeof personaOf>, by: Record<string, unknown> = {}) => {
    const answer = await sightline.askAs(await sightline.tokens.issue(persona), READ, {
      purpose: 'governance',
      variables: { by, first: 100 },
    });
    return answer.data.register.items as Item[];
  };

  test('is not in their list: neither as a record nor in what their people asked', async () => {
    const officers = officer('housing');
    const partner = {
      ...officers,
      sub: 'IG-partner',
      person: { system: 'NHS_NUMBER', value: '9990000018' },
    } as const;
    const by = { kind: 'DISCLOSURE' };
    expect(await reads(officers, by)).not.toEqual([]);
    expect(await reads(partner, by)).toEqual([]);
  });
});

describe('somebody at a hidden place', () => {
  const LEILA =
    '{ findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02" }) { people { person { warningMarkers { items { type } } policeEvents { items { date } } domesticAbuse { seeAlone } } } } }';

  test('is in the list of the agency that hides her, and in nobody else’s', async () => {
    const answer = await ask(LEILA, 'police:26/000131');
    const [person] = (await entries())
      .filter(({ requestId }) => requestId === answer.headers.get('x-request-id'))
      .flatMap((one) => one.person ?? []);
    expect(person).toBeTruthy();
    const owners = await sightline.store('select owners from index_protection where person = $1', [person]);
    const hides = owners.flatMap((row) => row.owners as string[]);
    expect(hides).toContain('domestic-abuse-service');
    for (const organisation of ['police', 'domestic-abuse-service']) {
      const seen = await items(organisation, {
        reference: undefined,
        kind: 'DISCLOSURE',
        role: 'response-officer',
      });
      const hers = seen.filter(({ reference }) => reference === 'police:26/000131');
      expect(hers.length > 0, organisation).toBe(hides.includes(organisation));
    }
  });
});
