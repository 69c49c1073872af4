/** Two records of one agency whose numbers differ in nothing but a blank are two people, wherever their number goes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { idsOf, PEOPLE, tie } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'police',
    `insert into "T_NOMINAL" ("NOM_ID", "SURNAME", "FORENAME1", "DOB", "SEX_CD", "MERGED_TO_NOM_ID", "UPD_DTTM") values
      ('77001 ', 'Quillfeather', 'Ada', '19610203', 'F', null, '202601010000'),
      ('77001', 'Brackenbury', 'Boris', '19720304', 'M', null, '202601010000'),
      ('77003', 'Quillfeather', 'Addie', '19610203', 'F', '77001 ', '202501010000'),
      ('77004', 'Thistlewood', 'Tom', '20100101', 'M', null, '202501010000')`,
  );
  await sightline.sql(
    'police',
    `insert into "T_WARN_MKR" ("MKR_ID", "NOM_ID", "MKR_CD", "START_DT", "GUIDE_TXT", "UPD_DTTM") values
      ('M7701', '77001 ', 'DOG', '20260101', 'Ada’s dog.', '202601010000'),
      ('M7702', '77001', 'WEAPONS', '20260101', 'Boris’ knife.', '202601010000')`,
  );
  await sightline.sql(
    'police',
    `insert into "T_NOMINAL_LINK" ("NOM_ID", "REL_NOM_ID", "LINK_TYP", "SAME_ADDR_FLG") values ('77004', '77001 ', 'PRNT', 'Y')`,
  );
  await sightline.app.refreshIndex();
  await tie(sightline, '26/000123', ['77001 ', '77001']);
});
afterAll(() => sightline?.close());

const RECORDS = ['77001 ', '77001'];
const FIELDS =
  'identity { records { name kind source { record agency { id } } } } warningMarkers { items { guidance source { agency { id } } } }';

test('asked together each gets their own name and marker', async () => {
  const ids = await idsOf(sightline, 'police', RECORDS);
  expect(new Set(ids).size).toBe(2);
  const { data } = await sightline.ask('response-officer', PEOPLE(FIELDS), { variables: { ids } });
  const [ada, boris] = data.people;
  expect(ada.warningMarkers.items).toMatchObject([{ guidance: 'Ada’s dog.' }]);
  expect(boris.warningMarkers.items).toMatchObject([{ guidance: 'Boris’ knife.' }]);
  expect(JSON.stringify(ada.identity)).toMatch(/Quillfeather/);
  expect(JSON.stringify(ada.identity)).not.toMatch(/Brackenbury/);
  expect(JSON.stringify(boris.identity)).toMatch(/Brackenbury/);
  expect(JSON.stringify(boris.identity)).not.toMatch(/Quillfeather/);
});

describe('the person index', () => {
  const row = async (record: string) =>
    (
      await sightline.store(
        'select person, merged_into, relatives, household from index_record where agency = $1 and record = $2',
        ['police', record],
      )
    )[0];

  test('merges a record into the one that it names, blank and all', async () => {
    expect(await row('77003')).toMatchObject({
      merged_into: '77001 ',
      person: (await row('77001 '))?.person,
    });
  });

  test('ties a relative to the record that is named, and to no other', async () => {
    expect(await row('77004')).toMatchObject({ relatives: ['77001 '], household: ['77001 '] });
    expect((await row('77001 '))?.relatives).toEqual(['77004']);
    expect((await row('77001'))?.relatives).toEqual([]);
  });
});

describe('where a table takes the two for one', () => {
  const asked = async (fields: string, records: readonly string[]) =>
    sightline.ask('response-officer', PEOPLE(fields), {
      variables: { ids: await idsOf(sightline, 'police', records) },
    });
  const POLICE = 'warningMarkers { state items { guidance } sources { agency { id } state reason } }';

  beforeAll(async () => {
    await sightline.sql('police', 'alter table "T_WARN_MKR" alter "NOM_ID" type char(10)');
  });

  test('both asked together, that agency’s answer is refused for both, and the log has an error', async () => {
    const { data, holes, text } = await asked(POLICE, RECORDS);
    for (const person of data.people)
      expect(person.warningMarkers.sources).toContainEqual({
        agency: { id: 'police' },
        state: 'UNAVAILABLE',
        reason: 'FAILED',
      });
    expect(holes.filter(({ agency, state }) => agency === 'police' && state === 'UNAVAILABLE')).toHaveLength(
      2,
    );
    expect(text).not.toMatch(/Ada’s dog|Boris’ knife/);
    const errors = sightline.logged.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(errors).toContainEqual(
      expect.objectContaining({
        agency: 'police',
        msg: 'agency answer refused',
        problem: expect.stringContaining('KeysNotDistinctError'),
      }),
    );
  });

  test('others asked beside whose keys are nobody else’s have theirs', async () => {
    const { data } = await asked(POLICE, ['100018']);
    expect(data.people[0].warningMarkers.sources).toContainEqual({
      agency: { id: 'police' },
      state: 'DISCLOSED',
      reason: null,
    });
  });
});
