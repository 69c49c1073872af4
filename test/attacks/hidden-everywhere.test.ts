/**
 * Everybody who may sign in, and whoever holds a case of those who hide, asks all there is about them for every purpose
 * and under every reference that they may say: by name, by every number, and over two households.
 */
import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pupilNumber } from '../../fixtures/identifiers.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { HIDDEN } from '../support/hidden-words.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { everythingOf, publicSchema } from '../support/whole-graph.ts';

// Some of these ask hundreds of questions.
vi.setConfig({ testTimeout: 300_000 });

let sightline: Sightline;
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = publicSchema();
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

/** Live, and whoever is on it may say that a person of theirs is tied to it. */
const AT_THE_DOOR = 'police:26/000131';
type Asking = [persona: string, sub: string | null, purpose: string, reference: string];
const asked = (persona: string, sub: string | null, references: readonly string[]): Asking[] =>
  [...new Set([...references, AT_THE_DOOR])].flatMap((reference) =>
    personaOf(persona).purposes.map((purpose): Asking => [persona, sub, purpose, reference]),
  );
/** Those of the demo, and those whom no demo login is for, who hold a case of hers or of her children. */
const ASKINGS: Asking[] = [
  ...PERSONAS.flatMap(({ persona, references }) =>
    asked(
      persona,
      null,
      references.map(({ reference }) => reference),
    ),
  ),
  ...asked('mash-social-worker', 'SW1047', ['childrens-services:26384', 'childrens-services:26385']),
  ...asked('housing-officer', 'HO231', ['housing:H26-00138']),
  ...asked('triage-nurse', 'RMN2051', ['mental-health:R2601383']),
  ...asked('work-coach', 'WC5530', ['work-and-pensions:UC-000138']),
  ...asked('health-visitor', 'HV1133', ['primary-care:HV-001391', 'primary-care:HV-001405']),
  ...asked('general-practitioner', 'GP3318', ['primary-care:EP-001383']),
];

const byName = (familyName: string, givenName: string, dateOfBirth: string) =>
  `findPeople(by: { familyName: "${familyName}", givenName: "${givenName}", dateOfBirth: "${dateOfBirth}" })`;
const LEILA = byName('Haddad', 'Leila', '1991-07-02');
const SAMI = byName('Haddad', 'Sami', '2016-01-25');
const FAMILY = [LEILA, SAMI, byName('Haddad', 'Noor', '2019-10-11'), byName('Cole', 'Dean', '1988-11-23')];
const AT_PLACES = ['ZZ9 7RF', 'ZZ2 6QL'].map(
  (postcode) => `findPeople(by: { familyName: "Haddad", givenName: "Leila", postcode: "${postcode}" })`,
);
const NUMBERS: [system: string, value: string, issuer?: string][] = [
  ['NHS_NUMBER', '9990001383'],
  ['NHS_NUMBER', '9990001391'],
  ['NHS_NUMBER', '9990001405'],
  ['NINO', 'QQ000138C'],
  ['UPN', pupilNumber(901, 2003, 138)],
  ['UPN', pupilNumber(901, 2003, 139)],
  ['LOCAL', '101383', 'police'],
  ['LOCAL', '91384', 'education'],
  ['LOCAL', '71391', 'primary-care'],
  ['LOCAL', '91383', 'domestic-abuse-service'],
];
const found = (fields: string) =>
  `{ outcome message contacts { desk phone } people { agreesOn differsOn person { ${fields} } } }`;
const household = (fields: string) => `household { state members { relationship person { ${fields} } } }`;

/** All sections in two parts: of ten people at once they cost a little more than a question may. */
function halves(): string[] {
  const sections = everythingOf(schema).replace('id relationship', '').split('\n');
  const middle = Math.ceil(sections.length / 2);
  return [sections.slice(0, middle), sections.slice(middle)].map((half) => half.join(' '));
}

/** Every way to look for one of them; who is found is asked about once, however many ways lead there. */
const LOOK_UPS = [
  ...[...FAMILY, ...AT_PLACES].map((lookUp) => `{ ${lookUp} ${found('id identity { name }')} }`),
  ...NUMBERS.map(([system, value, issuer]) => {
    const issued = issuer ? `, issuer: "${issuer}"` : '';
    return `{ personByIdentifier(system: ${system}, value: "${value}"${issued}) { id identity { name } } }`;
  }),
];

const byId = (fields: string) => `query ($id: ID!) { person(id: $id) { ${fields} } }`;

/** Everything of somebody, and of those with whom they live. */
const everything = (): string[] => [
  byId(everythingOf(schema)),
  ...halves().map((half) => byId(household(half))),
  ...further(),
];

/** The same of those with whom these live. Two households are the limit, so nobody is followed from the second. */
const further = (): string[] =>
  halves()
    .map((half) => half.replace('person { id }', ''))
    .map((half) => byId(household(`id ${household(half)}`)));

const tokenOf = (persona: string, change: Parameters<typeof personaOf>[1] = {}) =>
  sightline.tokens.issue(personaOf(persona, change));

describe('Leila Haddad and her children', () => {
  test.each(ASKINGS)(
    'lead a %s (%s) for %s under %s to no refuge, practice or school',
    async (persona, sub, purpose, reference) => {
      const token = await tokenOf(persona, sub ? { sub } : {});
      const ask = (one: string, variables = {}) =>
        sightline.askAs(token, one, { purpose, reference, variables });
      const answers = await Promise.all(LOOK_UPS.map((lookUp) => ask(lookUp)));
      const ids = answers.flatMap(({ data }): string[] => [
        ...(data?.findPeople?.people ?? []).flatMap(
          ({ person }: { person: { id?: string } }) => person.id ?? [],
        ),
        ...(data?.personByIdentifier?.id ? [data.personByIdentifier.id] : []),
      ]);
      for (const id of new Set(ids))
        answers.push(...(await Promise.all(everything().map((one) => ask(one, { id })))));
      for (const { status, text } of answers) {
        expect([200, 400], text.slice(0, 300)).toContain(status);
        expect(text).not.toContain('QUERY_REFUSED');
        expect(text).not.toContain('GRAPHQL_VALIDATION_FAILED');
        expect(text.match(HIDDEN)?.[0] ?? null, around(text)).toBeNull();
      }
    },
  );

  test('are found by those who hold their cases, so that the above is asked of somebody', async () => {
    const holders: [string, string | null, string, string][] = [
      ['domestic-abuse-adviser', null, 'domestic-abuse:domestic-abuse-service:M26-0017', LEILA],
      ['mash-social-worker', 'SW1047', 'child-protection:childrens-services:26384', SAMI],
      ['health-visitor', 'HV1133', 'child-protection:primary-care:HV-001391', SAMI],
      ['work-coach', 'WC5530', 'welfare-support:work-and-pensions:UC-000138', LEILA],
    ];
    for (const [persona, sub, under, lookUp] of holders) {
      const [purpose = '', ...reference] = under.split(':');
      const answer = await sightline.askAs(
        await tokenOf(persona, sub ? { sub } : {}),
        `{ ${lookUp} { outcome } }`,
        {
          purpose,
          reference: reference.join(':'),
        },
      );
      expect(answer.data.findPeople.outcome, persona).toBe('MATCH');
    }
  });
});

/** All of a response; errors of fields that were looked for side by side come in whichever order they were ready. */
function inOneOrder(answer: Answer | undefined): unknown {
  const { errors = [], ...rest } = JSON.parse(answer?.text ?? '{}') as { errors?: object[] };
  return { status: answer?.status, ...rest, errors: errors.map((one) => JSON.stringify(one)).toSorted() };
}

/** Where a hidden word stands, to be read when this fails. */
function around(text: string): string {
  const at = text.search(HIDDEN);
  return at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 100);
}

describe('those who are protected as a whole', () => {
  const PROTECTED: [string, string, string][] = [
    ['Ruth Vale', '1979-04-09', 'nhs: 9990001804 nhs: 9990001901 nino: QQ000180A'],
    ['Callum Reyes', '1990-10-30', 'nhs: 9990002002 nino: QQ000190C'],
  ];
  const holders: Asking[] = [
    ...ASKINGS,
    ...asked('work-coach', 'WC5530', ['work-and-pensions:UC-000190']),
    ...asked('triage-nurse', 'RMN2051', ['mental-health:R2600180']),
    ...asked('housing-officer', null, ['housing:004180/01', 'housing:004190/01']),
  ];

  test.each(PROTECTED)('%s is nobody to anybody', async (name, born, numbers) => {
    const [given = '', family = ''] = name.split(' ');
    const byNumber = [...numbers.matchAll(/(nhs|nino): (\w+)/g)].map(([, kind, value], at) => {
      const system = kind === 'nhs' ? 'NHS_NUMBER' : 'NINO';
      return `number${at}: personByIdentifier(system: ${system}, value: "${value}") { id identity { name } }`;
    });
    // All ways at once; the name comes last, for errors tell at which column of the query they stand.
    const question = `{ ${byNumber.join(' ')} ${byName(family, given, born)} ${found('id identity { name }')} }`;
    const nobody = question
      .replace(given, 'Gwen')
      .replace(family, 'Nemo')
      .replace(born, '1981-01-01')
      .replaceAll(/"999\d{7}"/g, '"9990009996"')
      .replaceAll('"QQ000', '"QQ999');
    for (const [persona, sub, purpose, reference] of holders) {
      const token = await tokenOf(persona, sub ? { sub } : {});
      const [them, none] = await Promise.all(
        [question, nobody].map((one) => sightline.askAs(token, one, { purpose, reference })),
      );
      expect(inOneOrder(them), `${persona} ${purpose} ${reference}`).toEqual(inOneOrder(none));
      expect(them?.data, them?.text.slice(0, 400)).toBeTruthy();
      const { findPeople, ...foundByNumber } = { ...them?.data };
      expect(findPeople?.people ?? []).toEqual([]);
      expect(Object.values(foundByNumber)).toEqual(byNumber.map(() => null));
    }
  });
});

describe('a login that is tied to somebody from whom they hide', () => {
  const KEPT_FROM: [string, string, string[], [string, string][]][] = [
    [
      'Dean Cole',
      'QQ000214C',
      [LEILA, SAMI, byName('Haddad', 'Noor', '2019-10-11')],
      [['domestic-abuse-adviser', 'domestic-abuse-service:M26-0017']],
    ],
    ['Carla Grant', 'QQ000219D', [byName('Grant', 'Tia', '2014-09-30')], []],
  ];

  test.each(KEPT_FROM)('%s finds nobody, whatever the work', async (_who, nino, lookUps, more) => {
    const person = { system: 'NINO', value: nino } as const;
    for (const [persona, sub, purpose, reference] of [
      ...ASKINGS,
      ...more.flatMap(([role, under]) => asked(role, null, [under])),
    ]) {
      if (purpose === 'subject-access') continue;
      const token = await tokenOf(persona, { ...(sub && { sub }), person });
      const [them, nobody] = await Promise.all(
        [lookUps, lookUps.map(ofNobody)].map((all) =>
          sightline.askAs(token, `{ ${all.map(answerOf).join(' ')} }`, { purpose, reference }),
        ),
      );
      expect(them?.data, `${persona} ${purpose} ${reference}`).toBeTruthy();
      expect(inOneOrder(them), `${persona} ${purpose} ${reference}`).toEqual(inOneOrder(nobody));
    }
  });

  const answerOf = (lookUp: string, at: number) => `lookUp${at}: ${lookUp} ${found('id identity { name }')}`;
  const ofNobody = (lookUp: string) =>
    lookUp.replace(/givenName: "\w+"/, 'givenName: "Zebedee"').replace(/-\d\d"/, '-28"');
});

describe('Dean Cole', () => {
  test('looks like no victim to anybody who may know him', async () => {
    await sightline.sql(
      'police',
      `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD") values ('26/000131', '100214', 'S')`,
    );
    const question = `{ ${byName('Cole', 'Dean', '1988-11-23')} { people { person { domesticAbuse { state seeAlone items { as caseStatus source { agency { id } } } sources { agency { id } state level } } contact { safeContact } } } } }`;
    let known = 0;
    for (const [persona, sub, purpose, reference] of ASKINGS) {
      const answer = await sightline.askAs(await tokenOf(persona, sub ? { sub } : {}), question, {
        purpose,
        reference,
      });
      const person = answer.data?.findPeople?.people[0]?.person;
      if (!person) continue;
      known += 1;
      expect(person.domesticAbuse.seeAlone, `${persona} ${purpose}`).not.toBe(true);
      expect(person.contact.safeContact).toBeNull();
      for (const item of person.domesticAbuse.items ?? []) expect(item.as).toBe('PERPETRATOR');
    }
    expect(known).toBeGreaterThan(0);
  });
});

describe('the school and the practice near the refuge', () => {
  const ASK = `{ ${SAMI} { people { person { ...Whole } } } }`;

  test('see their own pupil; no other school or practice sees which it is', async () => {
    const ask = async (persona: string, change: object, purpose: string, reference: string) =>
      sightline.askAs(
        await tokenOf(persona, change),
        `${ASK} fragment Whole on Person { ${everythingOf(schema)} }`,
        {
          purpose,
          reference,
        },
      );
    const own = await ask(
      'school-safeguarding-lead',
      { sub: 'DSL0909', site: '9012009' },
      'child-protection',
      'education:SG-001384',
    );
    expect(own.data.findPeople.people).toHaveLength(1);
    const elsewhere = await ask(
      'school-safeguarding-lead',
      { sub: 'DSL0909', site: '9012001' },
      'child-protection',
      'education:SG-001384',
    );
    expect(elsewhere.text.match(HIDDEN)?.[0] ?? null, around(elsewhere.text)).toBeNull();
    // What another agency wrote of the place is as hidden from the school as from everybody.
    expect(own.text).not.toMatch(/Harbour\s*Lane|ZZ9\s*7RF|999000111222|Y99009|Seaholme/i);
  });
});

test('nothing of it has been logged, registered or put in anybody’s outbox', async () => {
  const place = (text: string) => text.match(HIDDEN)?.[0] ?? null;
  expect(place(sightline.logged.join('\n'))).toBeNull();
  const kept = await sightline.store("select string_agg(entry::text, ' ') as entries from register_entry");
  expect(place(String(kept[0]?.entries).replaceAll(/"(sub|site)":"[^"]*"/g, ''))).toBeNull();
  const outbox = await sightline.store(
    "select coalesce(string_agg(payload::text, ' '), '') as told from index_outbox",
  );
  expect(place(String(outbox[0]?.told))).toBeNull();
});
