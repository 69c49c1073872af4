/**
 * While an agency's database hangs, whoever it knows must look like whoever it does not know, wherever the bare link
 * says too much: which men are the other side of a case, which child goes to which school.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '../support/postgres.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

const LIMIT_MS = 1_500;
const CHARITY = 'domestic-abuse-service';
const SCHOOLS = 'education';
/** Tables that are locked while the agency hangs: those of references stay open. */
const TABLES: Readonly<Record<string, string>> = {
  [CHARITY]: '"CLIENT", "CLIENT_TEL", "MARAC_CASE", "CASE_CHILD"',
  [SCHOOLS]: '"STUD", "ENROL", "EXCL", "STUD_ADDR", "STUD_TEL", "ATT_MARK"',
};

let sightline: Sightline;
/** The agencies' own databases, as whoever runs them. */
const owners = new Map<string, pg.Client>();

beforeAll(async () => {
  const server = await testServer();
  sightline = await startSightline({
    agencyTimeoutMs: LIMIT_MS,
    agencyUrls: (own) => {
      for (const agency of Object.keys(TABLES)) {
        const database = new URL(own[agency] as string).pathname.slice(1);
        owners.set(agency, new pg.Client({ connectionString: server.url(database) }));
      }
      return own;
    },
  });
  for (const owner of owners.values()) await owner.connect();
  // The officer's incident names the other side of a case, and a witness of whom the charity has never heard.
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD")
       values ('26/000131', '100214', 'S'), ('26/000131', '100161', 'W')`,
  );
  // The lead's concern is about Ava too, whose twin goes to another school and whose mother to none.
  await sightline.sql(
    SCHOOLS,
    `insert into "SAFEG_LINK" ("LOG_REF", "STUD_ID") values ('SG-000142', '90025')`,
  );
  await sightline.sql(SCHOOLS, `update "STUD" set "SCHOOL" = '9012003' where "STUD_ID" = '90041'`);
  await sightline.sql(SCHOOLS, `update "ENROL" set "SCHOOL" = '9012003' where "STUD_ID" = '90041'`);
}, 180_000);
afterAll(async () => {
  await Promise.all([...owners.values()].map((owner) => owner.end()));
  await sightline?.close();
});

const STANDING =
  'state sources { agency { id } state level reason scope message asOf retrievedAt contact { desk } }';
const FIELDS: Readonly<Record<string, string>> = {
  domesticAbuse: 'seeAlone items { caseStatus }',
  contact: 'safeContact items { value }',
  identity: 'name records { name }',
  involvements: 'items { service }',
  education: 'exclusions { from } safeguardingConcern attendanceBand school { name }',
  addresses: 'items { postcode }',
};
type Source = { agency: { id: string }; state: string; reason: string | null };
type Sections = Record<string, Record<string, unknown> & { sources: Source[] }>;

/** What one agency said of each section of a person, with the errors and holes that are its own. */
function saidBy(agency: string, person: Sections, answer: Answer, at: string) {
  const within = (path: unknown) => JSON.stringify(path).startsWith(at);
  const without = ({ path, ...rest }: { path?: unknown[] }) => [JSON.stringify(path).slice(at.length), rest];
  return {
    sources: Object.entries(person).map(([section, { sources }]): [string, Source | undefined] => [
      section,
      sources.find((one) => one.agency.id === agency),
    ]),
    errors: answer.errors
      .filter(({ path, extensions }) => extensions.agency === agency && within(path))
      .map(without),
    holes: answer.holes.filter((hole) => hole.agency === agency && within(hole.path)).map(without),
  };
}
const statesOf = ({ sources }: ReturnType<typeof saidBy>) =>
  new Set(sources.map(([, source]) => `${source?.state} ${source?.reason}`));

/** Tables that nobody can read while `work` runs. */
async function hanging<T>(agency: string, work: () => Promise<T>): Promise<T> {
  const owner = owners.get(agency) as pg.Client;
  await owner.query('begin');
  await owner.query(`lock table ${TABLES[agency]} in access exclusive mode`);
  try {
    return await work();
  } finally {
    await owner.query('rollback');
  }
}
const UNAVAILABLE = new Set(['UNAVAILABLE TIMED_OUT']);
const UNLINKED = new Set(['NOT_HELD NO_LINKED_RECORD']);

describe('of the other side of a case, to an officer', () => {
  type Who = { familyName: string; givenName: string; dateOfBirth: string };
  const leila: Who = { familyName: 'Haddad', givenName: 'Leila', dateOfBirth: '1991-07-02' };
  const perpetrator: Who = { familyName: 'Cole', givenName: 'Dean', dateOfBirth: '1988-11-23' };
  const stranger: Who = { familyName: 'Marlow', givenName: 'Peter', dateOfBirth: '1957-05-30' };
  const ask = (by: Who, fields: string) =>
    sightline.ask(
      'response-officer',
      `query ($by: PersonSearch!) { findPeople(by: $by) { people { person { ${fields} } } } }`,
      { variables: { by }, reference: 'police:26/000131', purpose: 'domestic-abuse' },
    );
  const said = async (by: Who, fields: string) => {
    const answer = await ask(by, fields);
    const person = answer.data.findPeople.people[0].person;
    return saidBy(CHARITY, person, answer, '["findPeople","people",0,"person"');
  };
  const answering = () =>
    expect
      .poll(async () => statesOf(await said(leila, `domesticAbuse { ${STANDING} }`)), {
        timeout: 20_000,
        interval: 300,
      })
      .toEqual(new Set(['DISCLOSED null']));

  const questions = [
    ...['domesticAbuse', 'contact', 'identity', 'involvements'].map((section): [string, string] => [
      `for its ${section}`,
      `${section} { ${FIELDS[section]} ${STANDING} }`,
    ]),
    ['for how a section stands, and no field', `domesticAbuse { ${STANDING} }`] as [string, string],
    ['for one flag alone', `domesticAbuse { seeAlone ${STANDING} }`] as [string, string],
  ];
  test.each(questions)('a charity that hangs is asked %s: he looks like a stranger', async (_how, fields) => {
    await answering();
    await hanging(CHARITY, async () => {
      const [him, nobody] = await Promise.all([said(perpetrator, fields), said(stranger, fields)]);
      expect(him).toEqual(nobody);
      expect(statesOf(him)).toEqual(UNAVAILABLE);
    });
  });

  test.each(questions)('a charity that answers is asked %s: by the same statements', async (_how, fields) => {
    await answering();
    const during = async (by: Who) => {
      if (!sightline.statements) return { answer: await said(by, fields), statements: [] };
      const { result, statements } = await sightline.statements.during(() => said(by, fields));
      return {
        answer: result,
        statements: statements
          .filter(({ agency }) => agency === CHARITY)
          .map(({ sql }) => sql)
          .sort(),
      };
    };
    const timeless = (value: unknown) => JSON.stringify(value).replace(/"retrievedAt":"[^"]*"/g, '');
    const him = await during(perpetrator);
    const nobody = await during(stranger);
    expect(timeless(him.answer)).toBe(timeless(nobody.answer));
    expect(statesOf(him.answer)).toEqual(UNLINKED);
    expect(him.statements).toEqual(nobody.statements);
    if (sightline.statements) expect(him.statements).not.toEqual([]);
  });

  test('whom the charity supports is disclosed all the while it answers', async () => {
    await answering();
    const answer = await ask(leila, `domesticAbuse { ${FIELDS.domesticAbuse} }`);
    expect(answer.data.findPeople.people[0].person.domesticAbuse.seeAlone).toBe(true);
  });
});

describe('of a child at another school, to the lead of one', () => {
  // In a list of involvements another agency's may stand, so that there is no error: of those the standing alone.
  const sections = ['education', 'addresses', 'contact'];
  const query = `{ findPeople(by: { familyName: "Doyle", givenName: "Ava", dateOfBirth: "2017-02-11" }) { people { person {
    household { members { person { id ${sections.map((one) => `${one} { ${FIELDS[one]} ${STANDING} }`).join(' ')} involvements { ${STANDING} } } } }
    education { ${STANDING} } } } } }`;
  const ask = () => sightline.ask('school-safeguarding-lead', query);
  const family = (answer: Answer) => {
    const person = answer.data.findPeople.people[0].person;
    const members = person.household.members as { person: (Sections & { id: string }) | null }[];
    const people = members.flatMap(({ person: one }, at) => (one ? [{ one, at }] : []));
    // Two agencies name the twin, one her mother.
    expect(new Set(people.map(({ one }) => one.id)).size).toBe(2);
    return people.map(({ one: { id: _, ...sections }, at }) =>
      saidBy(
        SCHOOLS,
        sections as Sections,
        answer,
        `["findPeople","people",0,"person","household","members",${at},"person"`,
      ),
    );
  };

  test('the schools that hang say the same of her as of her mother', async () => {
    await expect
      .poll(async () => (await ask()).data.findPeople.people[0].person.education.sources[0].state, {
        timeout: 20_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
    await hanging(SCHOOLS, async () => {
      const [first, ...others] = family(await ask());
      for (const other of others) expect(other).toEqual(first);
      expect(statesOf(first as never)).toEqual(UNAVAILABLE);
    });
  });

  test('the schools that answer say the same of her as of her mother', async () => {
    await expect
      .poll(async () => (await ask()).data.findPeople.people[0].person.education.sources[0].state, {
        timeout: 20_000,
        interval: 300,
      })
      .toBe('DISCLOSED');
    const [first, ...others] = family(await ask());
    for (const other of others) expect(other).toEqual(first);
    expect(statesOf(first as never)).toEqual(UNLINKED);
  });
});
