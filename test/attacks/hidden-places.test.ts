/**
 * Leila Haddad is in a refuge with her children; Ruth Vale and Callum Reyes are protected as a whole, and other systems
 * that know nothing of it have fed their records again.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { projectRoot } from '../../src/project-root.ts';
import { HIDDEN } from '../support/hidden-words.ts';
import { type Answer, type Asking, type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const LOOK_UPS = {
  leila: 'findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02" })',
  sami: 'findPeople(by: { familyName: "Haddad", givenName: "Sami", dateOfBirth: "2016-01-25" })',
  noor: 'findPeople(by: { familyName: "Haddad", dateOfBirth: "2019-10-11" })',
  dean: 'findPeople(by: { familyName: "Cole", givenName: "Dean", dateOfBirth: "1988-11-23" })',
  byNewPlace: 'findPeople(by: { familyName: "Haddad", givenName: "Leila", postcode: "ZZ9 7RF" })',
  byOldHome: 'findPeople(by: { familyName: "Haddad", givenName: "Leila", postcode: "ZZ2 6QL" })',
  byNumberAndPlace:
    'findPeople(by: { familyName: "Haddad", postcode: "ZZ9 7RF", identifier: { system: NHS_NUMBER, value: "9990001383" } })',
};
const found = (fields: string) => `{ outcome message people { agreesOn differsOn person { ${fields} } } }`;
/** Everything of everybody, and of those in their household. */
const documents = () => {
  const whole = `fragment Whole on Person { ${wholePerson(sightline.app.catalogue)} }`;
  const asked = Object.entries(LOOK_UPS).map(([name, lookUp]) => `${name}: ${lookUp} ${found('...Whole')}`);
  const numbered = `nhs: personByIdentifier(system: NHS_NUMBER, value: "9990001383") { ...Whole } nino: personByIdentifier(system: NINO, value: "QQ000138C") { ...Whole }`;
  const homes = [LOOK_UPS.leila, LOOK_UPS.sami, LOOK_UPS.dean].map(
    (lookUp) =>
      `{ ${lookUp} ${found('household { state members { relationship person { ...Whole } } }')} } ${whole}`,
  );
  return [`{ ${asked.join(' ')} ${numbered} } ${whole}`, ...homes];
};
/** All that one caller is told, in one text. */
const told = async (persona: string, asking: Asking) => {
  const answers = [];
  // One after the other: none is to wait for the others until it is given up.
  for (const document of documents()) answers.push(await sightline.ask(persona, document, asking));
  for (const { status, text } of answers) expect(status, text.slice(0, 500)).toBe(200);
  return answers.map(({ text }) => text).join('\n');
};

/** [persona, purpose, reference] of everybody who may sign in, for all that they may say of an agency that is here. */
const here = new Set((await findAdapters(projectRoot())).map(({ id }) => id as string));
const askings = PERSONAS.flatMap(({ persona, references, purposes }) =>
  references.flatMap(({ reference }) =>
    purposes.map((purpose): [string, string, string] => [persona, purpose, reference]),
  ),
).filter(([, , reference]) => here.has(reference.split(':')[0] as string));

// Seen to fail, each: without isPlaced() in decodeField() and the place flags of shapeOf(); without `near` in protect(): her children's address.
test.each(askings)(
  '%s for %s under %s is told nothing of the refuge, the practice or the school',
  async (persona, purpose, reference) => {
    expect(await told(persona, { purpose, reference })).not.toMatch(HIDDEN);
  },
);

describe('at her door', () => {
  const ask = (persona: string, fields: string, by = LOOK_UPS.leila, asking: Asking = {}) =>
    sightline.ask(persona, `{ findPeople: ${by} ${found(fields)} }`, {
      reference: 'police:26/000131',
      ...asking,
    });

  test('the crew see her, and that there is no address to see', async () => {
    for (const persona of ['response-officer', 'triage-nurse']) {
      const { data } = await ask(persona, 'relationship identity { name } addresses { items { postcode } }');
      const { person } = data.findPeople.people[0];
      expect(person.relationship).toBe('VERIFIED');
      expect(person.identity.name).toMatch(/Haddad/i);
      expect([null, []]).toContainEqual(person.addresses.items);
    }
  });

  // Seen to fail without `shielded` in findFeatures().
  test('a postcode neither finds her nor says whether it is hers', async () => {
    for (const by of [LOOK_UPS.byNewPlace, LOOK_UPS.byOldHome])
      expect((await ask('response-officer', 'id', by)).data.findPeople.outcome).toBe('NO_MATCH');
    const dated = (postcode: string) =>
      ask(
        'response-officer',
        'id',
        `findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02", postcode: "${postcode}" })`,
      );
    const [hers, other] = [await dated('ZZ9 7RF'), await dated('ZZ1 1AA')];
    expect(hers.text.replaceAll(/"id":"[^"]*"/g, '')).toBe(other.text.replaceAll(/"id":"[^"]*"/g, ''));
  });

  // Seen to fail with placesOnly() false: DISCLOSED for her, whose address is hidden.
  test('state, sources and asOf are as if she had no address', async () => {
    const standing = 'addresses { state sources { agency { id } state reason asOf } }';
    const { data } = await ask('response-officer', standing);
    type Standing = { agency: { id: string }; state: string; reason: string; asOf: string | null };
    const sources: Standing[] = data.findPeople.people[0].person.addresses.sources;
    const asked = sources.filter(({ state }) => state !== 'WITHHELD');
    const holders = asked.filter(({ reason }) => reason !== 'NO_LINKED_RECORD');
    expect(holders.map(({ agency }) => agency.id)).toEqual(['childrens-services', 'mental-health', 'police']);
    for (const one of holders)
      expect(one).toMatchObject({ state: 'NOT_HELD', reason: 'NONE_IN_SCOPE', asOf: null });
    // Of these she is not known, whatever her place.
    const strangers = asked.filter((one) => !holders.includes(one));
    expect(strangers.map(({ agency }) => agency.id)).toEqual(['adult-services', 'probation']);
  });
});

describe('a record fed again by another system', () => {
  const whole = () => wholePerson(sightline.app.catalogue);
  const PROTECTED: [string, string, string][] = [
    ['Ruth Vale', '1979-04-09', '9990001804'],
    ['Callum Reyes', '1990-10-30', '9990002002'],
  ];
  const OFFICERS: [string, string][] = [
    ['response-officer', 'police:26/000123'],
    ['triage-nurse', 'police:26/000123'],
    ['mash-social-worker', 'childrens-services:26018'],
    ['housing-officer', 'housing:004418/01'],
  ];
  const everyWay = (name: string, born: string, nhs: string) => {
    const [given, family] = name.split(' ');
    return `{ a: findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { outcome people { person { ${whole()} } } }
      b: findPeople(by: { familyName: "${family}", identifier: { system: NHS_NUMBER, value: "${nhs}" } }) { outcome people { person { id } } }
      c: personByIdentifier(system: NHS_NUMBER, value: "${nhs}") { id } }`;
  };
  const expectNobody = ({ status, data }: Answer) => {
    expect(status).toBe(200);
    expect(data).toEqual({
      a: { outcome: 'NO_MATCH', people: [] },
      b: { outcome: 'NO_MATCH', people: [] },
      c: null,
    });
  };

  describe.each(PROTECTED)('%s', (name, born, nhs) => {
    test.each(OFFICERS)('is nobody to a %s', async (persona, reference) => {
      expectNobody(await sightline.ask(persona, everyWay(name, born, nhs), { reference }));
    });
  });

  // Seen to fail with candidates left out of `followed` in protect(): officer, nurse and social worker found her.
  test('under another number, a maiden name, or none, it stays hidden', async () => {
    await sightline.sql(
      'housing',
      `insert into tenant select (jsonb_populate_record(t, '{"tenant_no":"59180","nino":null,"last_upd":"2030-01-01"}')).* from tenant t where tenant_no = '50180'`,
    );
    await sightline.sql(
      'mental-health',
      `insert into "Client" select (jsonb_populate_record(c, '{"ClientID":"49180","NHSNumber":"9990001987","LastUpd":"2030-01-01"}')).* from "Client" c where "ClientID" = '40180'`,
    );
    await sightline.app.refreshIndex();
    const [fed] = await sightline.store(
      "select count(*)::int as n from index_record where record in ('59180', '49180')",
    );
    expect(fed?.n).toBe(2);
    for (const [persona, reference] of OFFICERS) {
      expectNobody(
        await sightline.ask(persona, everyWay('Ruth Vale', '1979-04-09', '9990001987'), { reference }),
      );
      expectNobody(
        await sightline.ask(persona, everyWay('Ruth Vale', '1979-04-09', '9990001804'), { reference }),
      );
    }
  });

  // Seen to fail as the first of this file.
  test('Leila’s new record at an agency without a shield does not give her place away', async () => {
    await sightline.sql(
      'housing',
      `insert into prop select (jsonb_populate_record(p, '{"prop_ref":"P99999","line1":"7 Harbour Lane","addr1":"7 Harbour Lane","town":"Seaholme","postcode":"ZZ9 7RF","uprn":"999000111222"}')).* from prop p limit 1`,
    );
    await sightline.sql(
      'housing',
      `insert into tenancy select (jsonb_populate_record(t, '{"tenancy_ref":"009999/01","prop_ref":"P99999","status":"C","end_dt":null}')).* from tenancy t where tenancy_ref = '004418/01'`,
    );
    await sightline.sql(
      'housing',
      `insert into tenant select (jsonb_populate_record(t, '{"tenant_no":"59383","tenancy_ref":"009999/01","nino":null,"nino_chk":null,"last_upd":"2030-01-01"}')).* from tenant t where tenant_no = '51383'`,
    );
    await sightline.app.refreshIndex();
    for (const reference of ['housing:009999/01', 'housing:004418/01'])
      expect(await told('housing-officer', { purpose: 'early-help', reference })).not.toMatch(HIDDEN);
    expect(await told('mash-social-worker', {})).not.toMatch(HIDDEN);
  });
});

test('nothing of it has been logged, registered or put in anybody’s outbox', async () => {
  expect(sightline.logged.join('\n')).not.toMatch(HIDDEN);
  const kept = await sightline.store("select string_agg(entry::text, ' ') as entries from register_entry");
  expect(kept[0]?.entries).not.toMatch(HIDDEN);
  const outbox = await sightline.store(
    "select coalesce(string_agg(payload::text, ' '), '') as told from index_outbox",
  );
  expect(outbox[0]?.told).not.toMatch(HIDDEN);
});
