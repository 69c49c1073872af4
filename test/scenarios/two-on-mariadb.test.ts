/**
 * Two of the ten agencies keep MariaDB: whoever asks is answered what they would be if these kept PostgreSQL, byte for byte.
 * Everybody whom our own pages' questions look for is looked for by the same roles, with all that there is.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import { projectRoot } from '../../src/project-root.ts';
import { schemaSql } from '../conformance/support/agency.ts';
import { type MariaAgency, mariaServer, openMaria } from '../support/mariadb.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

const ON_MARIADB = ['education', 'housing'];

/** Of our own pages' questions those that look for somebody. */
const LOOKING = EXAMPLES.flatMap(({ name, persona, query, variables }) =>
  persona !== undefined && 'by' in variables ? [{ name, persona, query, variables, by: variables.by }] : [],
);
/** Once for each role and whom it looks for. */
const LOOKED_FOR = [
  ...new Map(
    LOOKING.map(({ persona, by }) => [
      JSON.stringify([persona, by]),
      { persona, by, whom: JSON.stringify(by) },
    ]),
  ).values(),
];

/** Times at which something was asked, and what is sealed for one gateway, are no part of what is answered. */
const plain = (text: string): string =>
  text
    .replaceAll(/"(retrievedAt|requestId|generatedAt|asked)":"[^"]*"/g, '"$1":""')
    .replaceAll(/"(id|next|after|cursor)":"[^"]{20,}"/g, '"$1":""')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) => (time > STARTED ? 'NOW' : time));
const STARTED = new Date(Date.now() - 60_000).toISOString();

describe.skipIf(mariaServer() === null)('with housing and schools on MariaDB', () => {
  const kept: MariaAgency[] = [];
  let sightline: Sightline;
  let twin: Sightline;

  beforeAll(async () => {
    const adapters = new Map(
      (await findAdapters(projectRoot(), ON_MARIADB)).map((one) => [one.id as string, one]),
    );
    twin = await startSightline();
    sightline = await startSightline({
      agencyUrls: async (urls, admin) => {
        const moved = await Promise.all(
          ON_MARIADB.map(async (agency) => [
            agency,
            await moveTo(agency, admin[agency] ?? '', adapters.get(agency)),
          ]),
        );
        return { ...urls, ...Object.fromEntries(moved) };
      },
    });
  });
  afterAll(async () => {
    await sightline?.close();
    await twin?.close();
    for (const one of kept) await one.drop();
  });

  async function moveTo(agency: string, from: string, adapter: AnyAdapter | undefined): Promise<string> {
    if (!adapter) throw new Error(`there is no adapter of ${agency}`);
    const maria = await openMaria(agency, schemaSql(agency));
    kept.push(maria);
    const client = new pg.Client({ connectionString: from });
    await client.connect();
    await maria.copyFrom(client);
    await client.end();
    await maria.grant(adapter);
    return maria.url;
  }

  test('both are asked there', () => {
    expect(ON_MARIADB.map((agency) => sightline.app.agencies.get(agency).state())).toEqual(['UP', 'UP']);
  });

  test.each(LOOKED_FOR)(
    'all that there is of $whom, asked by $persona, is answered alike',
    async ({ persona, by }) => {
      const query = `query Whole($by: PersonSearch!) {
      findPeople(by: $by) { outcome message people { confidence person { ${wholePerson(sightline.app.catalogue)} } } } }`;
      const answers = [];
      for (const one of [sightline, twin]) answers.push(await one.ask(persona, query, { variables: { by } }));
      const [there, here] = answers.map(({ text }) => plain(text));
      expect(there).toBe(here);
      expect(answers[0]?.data.findPeople.outcome).not.toBe('NO_MATCH');
    },
  );

  test.each(LOOKING)('$name is answered alike', async (example) => {
    const { persona, query, variables } = example;
    const answers = [];
    for (const one of [sightline, twin])
      answers.push(plain((await one.ask(persona, query, { variables })).text));
    expect(answers[0]).toBe(answers[1]);
  });

  test('housing and schools are among those who answer, and not only told of as down', async () => {
    const query = `query Known($by: PersonSearch!) { findPeople(by: $by) { people { person { involvements { sources { agency { id } state } }
      housing { state arrearsPence } education { state attendanceBand } } } } }`;
    const states = new Set<string>();
    for (const { persona, by } of LOOKED_FOR) {
      const { data } = await sightline.ask(persona, query, { variables: { by } });
      for (const { person } of data.findPeople.people ?? [])
        for (const section of ['housing', 'education']) states.add(`${section} ${person[section].state}`);
    }
    expect([...states]).toEqual(expect.arrayContaining(['housing DISCLOSED', 'education DISCLOSED']));
    expect([...states].join()).not.toContain('UNAVAILABLE');
  });
});
