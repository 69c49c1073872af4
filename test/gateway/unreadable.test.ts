/** What an agency has and nobody can read is not "none": the value is null with a hole that says so, unless what can be read decides it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const PERSON = ['findPeople', 'people', 0, 'person'];
const kai = (fields: string) =>
  `{ findPeople(by: { familyName: "Shaw", givenName: "Kai", dateOfBirth: "2015-05-19" }) { people { person { ${fields} } } } }`;
const donna = (fields: string) =>
  `{ findPeople(by: { familyName: "Shaw", givenName: "Donna", dateOfBirth: "1989-08-02" }) { people { person { ${fields} } } } }`;
const lead = (query: string, headers = {}) =>
  sightline.ask('early-help-lead', query, { purpose: 'early-help', headers });
const unread = ({ holes }: Answer) =>
  holes
    .filter(({ reason }) => reason === 'UNREADABLE')
    .map(({ path, agency, state }) => ({ path: path.slice(4).join('.'), agency, state }));
const errorsOf = ({ errors }: Answer) =>
  errors
    .filter(({ extensions }) => extensions.reason === 'UNREADABLE')
    .map(({ path, extensions }) => [path?.join('.'), extensions.code, extensions.agency, extensions.section]);

describe('attendance of which some marks are in no list', () => {
  const EDUCATION = 'education { state attendanceBand attendancePercent attendance { sessions } }';
  const ABSENT = `'O', 'N', 'I'`;
  const recode = (from: string, to: string) =>
    sightline.sql(
      'education',
      `update "ATT_MARK" set "CODE" = $1 where trim("CODE") in (${from}) and "STUD_ID" in (select "STUD_ID" from "STUD" where "SURNAME" ilike 'shaw' and "FORENAME" ilike 'kai')`,
      [to],
    );

  test('is not known, and never the attendance of those that are left', async () => {
    expect(found(await lead(kai(EDUCATION))).education).toMatchObject({ attendancePercent: 82 });
    await recode(ABSENT, 'ZQ');
    const answer = await lead(kai(EDUCATION));
    expect(found(answer).education).toEqual({
      state: 'DISCLOSED',
      attendanceBand: null,
      attendancePercent: null,
      attendance: null,
    });
    const fields = ['attendanceBand', 'attendancePercent', 'attendance'];
    expect(unread(answer)).toEqual(
      fields.map((field) => ({ path: `education.${field}`, agency: 'education', state: 'UNAVAILABLE' })),
    );
    expect(errorsOf(answer)).toEqual(
      fields.map((field) => [
        `${PERSON.join('.')}.education.${field}`,
        'SOURCE_UNAVAILABLE',
        'education',
        'education',
      ]),
    );
    for (const { extensions, message } of answer.errors.filter(
      ({ extensions }) => extensions.reason === 'UNREADABLE',
    )) {
      expect(extensions.contact).toMatchObject({ desk: expect.any(String) });
      expect(message).not.toContain('ZQ');
    }
  });

  test('with holes alone where the client asks for them: no errors, the same holes', async () => {
    const answer = await lead(kai(EDUCATION), { 'sharing-errors': 'holes' });
    expect(answer.errors).toEqual([]);
    expect(unread(answer)).toHaveLength(3);
  });

  test('has its band where that is the same whatever the mark means', async () => {
    await recode(`'ZQ'`, 'O');
    await recode(`'/', '\\', 'L'`, 'O');
    await sightline.sql(
      'education',
      `update "ATT_MARK" set "CODE" = 'ZQ' where ctid = (select m.ctid from "ATT_MARK" m join "STUD" using ("STUD_ID") where "SURNAME" ilike 'shaw' and "FORENAME" ilike 'kai' and "SESS_DATE" = (select max("SESS_DATE") from "ATT_MARK" x where x."STUD_ID" = m."STUD_ID") limit 1)`,
    );
    const answer = await lead(kai(EDUCATION));
    expect(found(answer).education).toMatchObject({
      attendanceBand: 'SEVERELY_ABSENT',
      attendancePercent: null,
    });
    expect(unread(answer).map(({ path }) => path)).toEqual([
      'education.attendancePercent',
      'education.attendance',
    ]);
  });
});

describe('a legal status that is in no list', () => {
  const STATUS = 'mentalHealth { detained legalStatus { code } legalStatusTo }';
  beforeAll(async () => {
    await sightline.sql('mental-health', `delete from "MHA_Section" where "ClientID" = '40018'`);
    await sightline.sql(
      'mental-health',
      `insert into "MHA_Section" ("SectionID", "ClientID", "LegalStatus", "StartDT", "EndDT", "LastUpd") values ('S77', '40018', '77', '2026-01-01', null, '2026-01-01')`,
    );
  });

  test('leaves open whether she is detained, and says so to the nurse at each field', async () => {
    const answer = await sightline.ask('triage-nurse', maya(STATUS));
    expect(found(answer).mentalHealth).toEqual({ detained: null, legalStatus: null, legalStatusTo: null });
    expect(unread(answer)).toEqual([
      { path: 'mentalHealth.detained', agency: 'mental-health', state: 'UNAVAILABLE' },
      { path: 'mentalHealth.legalStatus', agency: 'mental-health', state: 'UNAVAILABLE' },
    ]);
  });

  test('says to the officer no more than is released to her', async () => {
    const answer = await sightline.ask('response-officer', maya(STATUS));
    expect(unread(answer)).toEqual([
      { path: 'mentalHealth.detained', agency: 'mental-health', state: 'UNAVAILABLE' },
    ]);
  });

  test('says nothing to whom the section is withheld', async () => {
    const ask = () => sightline.ask('housing-officer', donna(STATUS));
    const before = await ask();
    await sightline.sql('mental-health', `update "MHA_Section" set "LegalStatus" = '77', "EndDT" = null`);
    const after = await ask();
    expect({ ...after, headers: null, text: null }).toEqual({ ...before, headers: null, text: null });
    await sightline.sql(
      'mental-health',
      `update "MHA_Section" set "LegalStatus" = '01' where "ClientID" <> '40018'`,
    );
  });

  test('leaves nothing open where another that can be read says that she is', async () => {
    await sightline.sql(
      'mental-health',
      `insert into "MHA_Section" ("SectionID", "ClientID", "LegalStatus", "StartDT", "EndDT", "LastUpd") values ('S78', '40018', '03', '2026-02-01', null, '2026-02-01')`,
    );
    const answer = await sightline.ask('triage-nurse', maya('mentalHealth { detained }'));
    expect(found(answer).mentalHealth).toEqual({ detained: true });
    expect(unread(answer)).toEqual([]);
  });
});

describe('within an item of a list', () => {
  test('the hole stands at the item’s own field, under the query’s own names', async () => {
    await sightline.sql(
      'police',
      `update "T_WARN_MKR" set "REVIEW_DT" = '31/02/26' where "NOM_ID" = '100018'`,
    );
    const answer = await sightline.ask(
      'response-officer',
      maya('warningMarkers { marks: items { late: overdue type source { agency { id } } } }'),
    );
    const { marks } = found(answer).warningMarkers;
    const at = marks.findIndex(
      ({ source }: { source: { agency: { id: string } } }) => source.agency.id === 'police',
    );
    expect(marks[at].late).toBeNull();
    expect(unread(answer)).toContainEqual({
      path: `warningMarkers.marks.${at}.late`,
      agency: 'police',
      state: 'UNAVAILABLE',
    });
    expect(errorsOf(answer)).toContainEqual([
      `${PERSON.join('.')}.warningMarkers.marks.${at}.late`,
      'SOURCE_UNAVAILABLE',
      'police',
      'warningMarkers',
    ]);
  });

  test('and within an object of one', async () => {
    await sightline.sql(
      'housing',
      `update tenancy set ten_type = 'QQQ' where tenancy_ref in (select tenancy_ref from tenant where surname ilike 'shaw')`,
    );
    const answer = await lead(donna('housing { tenancy { kind { code } from } }'));
    expect(found(answer).housing.tenancy).toMatchObject({ kind: null, from: expect.any(String) });
    expect(unread(answer)).toEqual([
      { path: 'housing.tenancy.kind', agency: 'housing', state: 'UNAVAILABLE' },
    ]);
  });

  test('many alike are told once, for the list as a whole', async () => {
    await sightline.sql(
      'police',
      `insert into "T_WARN_MKR" ("MKR_ID", "NOM_ID", "MKR_CD", "START_DT", "REVIEW_DT", "UPD_DTTM")
       select 'MX' || n, '100018', 'DOG', '20260101', '99/99/99', '202601010000' from generate_series(1, 20) n`,
    );
    const answer = await sightline.ask('response-officer', maya('warningMarkers { items { overdue } }'));
    expect(unread(answer)).toEqual([
      { path: 'warningMarkers.items.*.overdue', agency: 'police', state: 'UNAVAILABLE' },
    ]);
  });
});

test('a date that stands for not knowing is a blank, and no hole', async () => {
  await sightline.sql(
    'mental-health',
    `update "CarePlan" set "ReviewDue" = '19000101' where "ClientID" = '40018'`,
  );
  const answer = await sightline.ask('triage-nurse', maya('crisisPlan { reviewDate }'));
  expect(found(answer).crisisPlan).toEqual({ reviewDate: null });
  expect(unread(answer)).toEqual([]);
});

test('records whose inputs cannot be read are not said to agree', async () => {
  await sightline.sql('mental-health', `update "Client" set "DOB" = '2002-99-14' where "ClientID" = '40018'`);
  const answer = await sightline.ask('triage-nurse', maya('identity { differs dateOfBirth }'));
  expect(found(answer).identity.dateOfBirth).toBe('2002-03-14');
  expect(found(answer).identity.differs).not.toEqual([]);
});
