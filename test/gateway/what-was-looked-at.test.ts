/** "None" is said only where the whole of the scope was looked at: not of another site, not of what the caller left out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { found, idsOf, maya, PEOPLE, tie } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  // The lead's concern is about Ava too, a pupil of her school; her twin goes to another, and was excluded there.
  await sightline.sql(
    'education',
    `insert into "SAFEG_LINK" ("LOG_REF", "STUD_ID") values ('SG-000142', '90025'), ('SG-000142', '90041')`,
  );
  await sightline.sql('education', `update "STUD" set "SCHOOL" = '9012003' where "STUD_ID" = '90041'`);
  await sightline.sql('education', `update "ENROL" set "SCHOOL" = '9012003' where "STUD_ID" = '90041'`);
  await sightline.sql(
    'education',
    `insert into "EXCL" ("EXCL_ID", "STUD_ID", "EXCL_TYPE", "START_DT", "SESSIONS") values ('E90041', '90041', 'SUSP', '20261005', '4')`,
  );
  await sightline.sql(
    'education',
    `insert into "SAFEG_LOG" ("LOG_REF", "STUD_ID", "LOG_STAT", "LOG_DTTM") values ('SG-990041', '90041', 'O', '202610060900')`,
  );
}, 120_000);
afterAll(() => sightline?.close());

const errorsAt = (answer: Answer, field: string) =>
  answer.errors
    .filter(({ path }) => path?.includes(field))
    .map(({ extensions: { code, reason, agency } }) => ({ code, reason, agency }));

describe('a pupil of another school, to the lead of one', () => {
  const SCHOOLING = `education { state exclusions { sessions } safeguardingConcern attendanceBand school { name } specialNeeds { code }
    sources { agency { id } state reason level scope asOf } }`;
  const ask = (givenName: string, fields = SCHOOLING, site: string | undefined = '9012001') => {
    const who = personaOf('school-safeguarding-lead');
    const { site: _, ...anywhere } = who;
    return sightline.tokens
      .issue(site ? { ...who, site } : anywhere)
      .then((token) =>
        sightline.askAs(
          token,
          `{ findPeople(by: { familyName: "Doyle", givenName: "${givenName}", dateOfBirth: "2017-02-11" }) { people { person { ${fields} } } } }`,
          { purpose: who.purpose, reference: who.reference },
        ),
      );
  };

  test('is not one without exclusions and concern: nothing of hers was looked at', async () => {
    const answer = await ask('Eva');
    const { education } = found(answer);
    expect(education).toMatchObject({
      state: 'NOT_HELD',
      exclusions: null,
      safeguardingConcern: null,
      attendanceBand: null,
      school: null,
      specialNeeds: null,
      sources: [
        { agency: { id: 'education' }, state: 'NOT_HELD', reason: 'NO_LINKED_RECORD', level: 'FULL' },
      ],
    });
    for (const field of ['exclusions', 'safeguardingConcern', 'attendanceBand', 'school', 'specialNeeds'])
      expect(errorsAt(answer, field)).toEqual([
        { code: 'NOT_AVAILABLE', reason: 'NO_LINKED_RECORD', agency: 'education' },
      ]);
    expect(answer.holes).toContainEqual(
      expect.objectContaining({ section: 'education', agency: 'education', state: 'NOT_HELD' }),
    );
  });

  test('asked for how the section stands alone, is answered the same', async () => {
    const alone = found(await ask('Eva', 'education { state sources { state reason scope } }')).education;
    expect(alone).toMatchObject({
      state: 'NOT_HELD',
      sources: [{ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }],
    });
  });

  test('scope says of every pupil that only those of the own school are looked at', async () => {
    for (const name of ['Ava', 'Eva'])
      expect(found(await ask(name)).education.sources[0].scope).toMatch(/^own school only(;|$)/);
  });

  test('and one of the own school without any has none: there all was looked at', async () => {
    const answer = await ask('Ava');
    expect(found(answer).education).toMatchObject({
      state: 'DISCLOSED',
      exclusions: [],
      safeguardingConcern: false,
      school: { name: 'Northmoor Primary School' },
    });
    expect(answer.errors).toEqual([]);
    const none = found(
      await ask('Ava', 'education { state exclusions { sessions } sources { state reason } }'),
    );
    expect(none.education).toEqual({
      state: 'NOT_HELD',
      exclusions: [],
      sources: [{ state: 'NOT_HELD', reason: 'NONE_IN_SCOPE' }],
    });
  });

  test('who changed schools is of the school on whose roll she now is, whatever stands of her elsewhere', async () => {
    const enrolled = `insert into "ENROL" ("ENROL_ID", "STUD_ID", "SCHOOL", "ENR_STAT", "ST_DT") values ('E9004102', '90041', '9012001', 'S', '20240901')`;
    await sightline.sql('education', enrolled);
    const answer = await ask('Eva');
    await sightline.sql('education', `delete from "ENROL" where "ENROL_ID" = 'E9004102'`);
    expect(found(answer).education).toMatchObject({
      state: 'NOT_HELD',
      school: null,
      safeguardingConcern: null,
    });
  });

  test('a lead whose token names no school sees the pupils of all', async () => {
    const { education } = found(await ask('Eva', SCHOOLING, ''));
    expect(education).toMatchObject({ safeguardingConcern: true, exclusions: [{ sessions: 4 }] });
    expect(education.sources[0].scope).not.toContain('own school');
  });
});

describe('what the caller filters', () => {
  const events = (args: string, more = '') =>
    maya(`policeEvents { state ${args} ${more} sources { agency { id } state level reason scope asOf } }`);
  const ask = async (query: string) => {
    const answer = await sightline.ask('response-officer', query);
    return { events: found(answer).policeEvents, errors: answer.errors, holes: answer.holes };
  };
  const unfiltered = () => ask(events('items { category }'));

  // Without the mend: NOT_HELD, NONE_IN_SCOPE, with five events in scope.
  test('to nothing is an empty list, and the section stands as without the filter', async () => {
    const all = await unfiltered();
    expect(all.events.items.length).toBeGreaterThan(1);
    const { events: none, errors } = await ask(events('items(since: "2199-01-01") { category }'));
    expect(none.items).toEqual([]);
    expect(errors).toEqual([]);
    expect(none.state).toBe(all.events.state);
    expect(none.sources.map(({ scope: _, ...rest }: { scope: string }) => rest)).toEqual(
      all.events.sources.map(({ scope: _, ...rest }: { scope: string }) => rest),
    );
    expect(all.events.sources[0].scope).not.toContain('filtered');
    for (const { scope } of none.sources) expect(scope).toMatch(/as you filtered$/);
  });

  test('to fewer than there are stands as without the filter, and says so', async () => {
    const all = await unfiltered();
    const { events: one } = await ask(events('items(first: 1) { category }'));
    expect(one.items).toHaveLength(1);
    expect(one.sources[0].asOf).toBe(all.events.sources[0].asOf);
    expect(one.sources[0].scope).toMatch(/as you filtered$/);
  });

  test.each([
    ['nulls', 'items(since: null, first: null) { category }'],
    ['the usual number', 'items(first: 50) { category }'],
  ])('by %s is no filter', async (_how, args) => {
    const all = await unfiltered();
    expect((await ask(events(args))).events).toEqual(all.events);
  });

  test('is told of whomever: of somebody whom the trust has not, notes stay unknown and scope says the same', async () => {
    await tie(sightline, '26/000123', ['100021']);
    const [her = '', him = ''] = await idsOf(sightline, 'police', ['100018', '100021'], {
      organisation: 'mental-health',
    });
    const answer = await sightline.ask(
      'triage-nurse',
      PEOPLE(
        'clinical { state notes(before: "1990-01-01T00:00:00Z") { text } sources { state reason scope } }',
      ),
      { variables: { ids: [her, him] } },
    );
    const [known, unknown] = answer.data.people;
    expect(known.clinical).toMatchObject({ notes: [], state: expect.stringMatching(/DISCLOSED|PARTIAL/) });
    expect(unknown.clinical).toMatchObject({ notes: null, sources: [{ reason: 'NO_LINKED_RECORD' }, {}] });
    const scopes = ({ clinical }: typeof known) =>
      clinical.sources.map(({ scope }: { scope: string }) => scope);
    expect(scopes(unknown)).toEqual(scopes(known));
    for (const scope of scopes(known)) expect(scope).toMatch(/as you filtered$/);
  });
});
