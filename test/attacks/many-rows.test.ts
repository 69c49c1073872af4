/**
 * One agency with very many rows of one person takes no more than its part: what is not looked at is named and never
 * read as none, answers have an end, and others are answered in between.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { found, idsOf, maya, PEOPLE } from '../gateway/support/people.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "UPD_DTTM")
     select '26/9' || lpad(n::text, 6, '0'), '100018', 'I', 'CFS', '202610' || lpad((n % 28 + 1)::text, 2, '0') || '1200', '202610291200'
     from generate_series(1, 30000) as n`,
  );
  await sightline.sql(
    'police',
    `insert into "T_ALIAS" ("ALIAS_ID", "NOM_ID", "SURNAME", "FORENAME1", "ALIAS_TYP")
     select 'M' || n, '100018', 'Kerr', 'Maya ' || n, 'AKA' from generate_series(1, 15000) as n`,
  );
  // More half days than five school years have, all of this one.
  await sightline.sql(
    'education',
    `insert into "ATT_MARK" ("STUD_ID", "SESS_DATE", "AMPM", "CODE", "YR_CD")
     select '90151', lpad(n::text, 8, '0'), 'AM', '/', (select "YR_CD" from "ACAD_YR" where "CURR_FLG" = 'Y') from generate_series(1, 4000) as n`,
  );
}, 240_000);
afterAll(() => sightline?.close());

describe('thirty thousand events and fifteen thousand names of one person', () => {
  test('are told by their newest, and that there are more', async () => {
    const answer = await sightline.ask(
      'response-officer',
      maya('policeEvents { items(first: 500) { date } truncated } '),
    );
    const { items, truncated } = found(answer).policeEvents;
    expect(items).toHaveLength(500);
    const days = items.map(({ date }: { date: string }) => date.slice(0, 10));
    // Of those that came with the rest, on the 1st to the 28th of October, the newest; and her own few of November.
    expect(days.filter((day: string) => day < '2026-10-28')).toEqual([]);
    expect(truncated).toBe(true);
  });

  test('in a list that is not cut by asking leave a hole that names it', async () => {
    const answer = await sightline.ask('response-officer', maya('identity { name records { name } }'));
    const { name, records } = found(answer).identity;
    expect(name).toBe('Maya Kerr');
    expect(records.length).toBeGreaterThan(400);
    expect(records.length).toBeLessThan(1_000);
    expect(answer.holes).toContainEqual(
      expect.objectContaining({
        path: ['findPeople', 'people', 0, 'person', 'identity', 'records'],
        agency: 'police',
        state: 'UNAVAILABLE',
        reason: 'TOO_MANY_ROWS',
      }),
    );
    expect(answer.text.length).toBeLessThan(500_000);
  });
});

describe('more marks of a pupil than are looked at', () => {
  const schooling = (fields: string) =>
    sightline.ask(
      'school-safeguarding-lead',
      `{ findPeople(by: { familyName: "Shaw", givenName: "Kai", dateOfBirth: "2015-05-19" }) { outcome people { person { education { state ${fields} } } } } }`,
    );

  test('make no percentage, no band and no counts: each is null, and says why', async () => {
    const answer = await schooling(
      'attendancePercent attendanceBand attendance { sessions } exclusions { sessions }',
    );
    expect(found(answer).education).toMatchObject({
      state: 'DISCLOSED',
      attendancePercent: null,
      attendanceBand: null,
      attendance: null,
      exclusions: [{ sessions: 2 }],
    });
    const told = answer.errors.map(({ path, extensions }) => [
      path?.at(-1),
      extensions.code,
      extensions.reason,
    ]);
    expect(told).toEqual(
      ['attendancePercent', 'attendanceBand', 'attendance'].map((field) => [
        field,
        'SOURCE_UNAVAILABLE',
        'TOO_MANY_ROWS',
      ]),
    );
    expect(answer.holes.map(({ path, reason }) => [path.at(-1), reason])).toEqual(
      told.map(([field, , reason]) => [field, reason]),
    );
  });

  test('leave what does not rest on them as it is', async () => {
    const answer = await schooling('safeguardingConcern specialNeeds { code }');
    expect(found(answer).education).toMatchObject({ safeguardingConcern: true, specialNeeds: { code: 'K' } });
    expect(answer.errors).toEqual([]);
  });
});

describe('a long answer', () => {
  // Without turns the loop is not free before the long answer is whole, and the short one comes after it.
  test('lets another person’s request through, once its rows have come', async () => {
    const [her = ''] = await idsOf(sightline, 'police', ['100018']);
    const order: string[] = [];
    const long = sightline
      .ask(
        'response-officer',
        PEOPLE('policeEvents { items(first: 500) { date category role outcome source { asOf } } }'),
        { variables: { ids: Array.from({ length: 120 }, () => her) } },
      )
      .then((answer) => {
        order.push('long');
        return answer;
      });
    const rowsHaveCome = async () => {
      const rows = await sightline.sql(
        'police',
        `select 1 from pg_stat_activity where usename like '%reader' and state = 'idle' and query like '%OUTC_CD%'`,
      );
      return rows.length > 0;
    };
    await expect.poll(rowsHaveCome, { timeout: 60_000, interval: 1 }).toBe(true);
    const short = await sightline.ask('mash-social-worker', '{ viewer { name } }');
    order.push('short');
    expect(short.status).toBe(200);
    const answer = await long;
    expect(answer.data.people).toHaveLength(120);
    expect(answer.data.people[119].policeEvents.items).toHaveLength(500);
    expect(order).toEqual(['short', 'long']);
  });
});
