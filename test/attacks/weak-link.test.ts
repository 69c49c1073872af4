/**
 * The charity never says on which side of a case somebody is: where its rows are not for this caller, a man it knows and a
 * man it does not know are answered alike. So is a man who may be whom it knows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

/** Whom the charity does not know; an incident ties her. */
const CARYS = { agency: 'police', record: '190140' };
const REFERENCE = 'police:26/000140';
const HER = 'familyName: "Lowe", givenName: "Carys", dateOfBirth: "1990-05-06"';
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'police',
    `insert into "T_NOMINAL" ("NOM_ID", "SURNAME", "FORENAME1", "DOB", "SEX_CD", "UPD_DTTM")
     values ('190140', 'LOWE', 'CARYS', '19900506', 'F', '202601010000')`,
  );
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD") values ('26/000140', '190140', 'I')`,
  );
  await sightline.sql(
    'domestic-abuse-service',
    `insert into "CLIENT" ("CLIENT_ID", "SURNAME", "FORENAME", "DOB", "SEX", "PARTY_CD")
     values ('C9150', 'Elsewhere', 'Some', '06/05/1960', 'F', 'P')`,
  );
  await sightline.app.refreshIndex();
});
afterAll(() => sightline?.close());

const QUESTION = `{ findPeople(by: { ${HER} }) { outcome people { person {
  domesticAbuse { state sources { agency { id } state reason asOf } }
  contact { state sources { agency { id } state reason } }
  involvements { state sources { agency { id } state reason } }
  identity { name sources { agency { id } state reason } } } } } }`;

/** The charity's record as matching would leave it: nobody's here, hers, or perhaps hers. */
async function charityRecordIs(link: 'NOT_HERS' | 'HERS' | 'PERHAPS_HERS'): Promise<void> {
  const of = 'select person from index_record where agency = $1 and record = $2';
  const [row] = await sightline.store(of, [CARYS.agency, CARYS.record]);
  await sightline.store(
    "delete from index_candidate where agency = 'domestic-abuse-service' and record = 'C9150'",
  );
  await sightline.store(
    "update index_record set person = $1 where agency = 'domestic-abuse-service' and record = 'C9150'",
    [link === 'HERS' ? row?.person : 'a9150000-0000-4000-8000-000000000000'],
  );
  if (link === 'PERHAPS_HERS')
    await sightline.store(
      "insert into index_candidate (agency, record, person) values ('domestic-abuse-service', 'C9150', $1)",
      [row?.person],
    );
}

test.each(['response-officer', 'triage-nurse'])(
  'whom the charity knows, does not know, or may know: to a %s they are one',
  async (who) => {
    const answers = [];
    for (const link of ['NOT_HERS', 'HERS', 'PERHAPS_HERS'] as const) {
      await charityRecordIs(link);
      const { data, errors, holes } = await sightline.ask(who, QUESTION, { reference: REFERENCE });
      expect(data.findPeople.outcome).toBe('MATCH');
      expect(data.findPeople.people[0].person.domesticAbuse.sources).toContainEqual({
        agency: { id: 'domestic-abuse-service' },
        state: 'NOT_HELD',
        reason: 'NO_LINKED_RECORD',
        asOf: expect.any(String),
      });
      answers.push({ data, errors, holes });
    }
    const [unknown, known, perhaps] = answers;
    expect(known).toEqual(unknown);
    expect(perhaps).toEqual(unknown);
  },
);

test('an agency whose link may be told still says that somebody may be theirs', async () => {
  await charityRecordIs('NOT_HERS');
  const [row] = await sightline.store('select person from index_record where agency = $1 and record = $2', [
    CARYS.agency,
    CARYS.record,
  ]);
  await sightline.store(
    `insert into index_candidate (agency, record, person)
     select agency, record, $1 from index_record where agency = 'probation' and not exists
       (select from index_record r where r.agency = 'probation' and r.person = $1)
     order by record limit 1`,
    [row?.person],
  );
  const { data } = await sightline.ask(
    'response-officer',
    `{ findPeople(by: { ${HER} }) { people { person {
         identity { sources { agency { id } state } } } } } }`,
    { reference: REFERENCE },
  );
  expect(data.findPeople.people[0].person.identity.sources).toContainEqual({
    agency: { id: 'probation' },
    state: 'POSSIBLE_MATCH_ONLY',
  });
});
