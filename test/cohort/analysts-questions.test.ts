/** What analysts ask: counted over several agencies, and compared with what SQL finds in the agencies' own rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shownCount } from '../../src/counting/count-cohort.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { recordKeyOf } from '../../src/counting/record-key.ts';
import {
  ARREARS,
  ATTENDANCE,
  absentOften,
  all,
  type By,
  both,
  crossed,
  DOMESTIC_ABUSE,
  EARLY_HELP,
  peopleBy,
  peopleByDistrict,
  SANCTIONED,
} from '../support/counted-in-sql.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let root: PolicyRoot;
beforeAll(async () => {
  root = await policyRoot();
  // A place of two districts: of more, most groups of two thousand people would be small.
  root.replace('schema/districts.yaml', DISTRICTS);
  sightline = await startSightline({ people: 2000, root: root.root });
  await makeATownInWhichMuchHappens();
});
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

const DISTRICTS = `districts:
  NORTH: { name: North, people: 45200, postcodes: [ZZ1] }
  SOUTH: { name: South, people: 105300, postcodes: [ZZ2, ZZ3, ZZ4, ZZ5, ZZ6, ZZ7, ZZ8] }
`;
const AREAS = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((area) => [`ZZ${area}`, area === 1 ? 'NORTH' : 'SOUTH']),
);

/** So that there is something to tell, and as many beside it: the generated people have too little of it each. */
async function makeATownInWhichMuchHappens(): Promise<void> {
  await sightline.sql(
    'police',
    `update "T_OCCURRENCE" set "ROLE_CD" = 'V', "MH_FLG" = 'N',
       "OCC_TYPE" = case when hashtext("NOM_ID") & 1 = 0 then 'DOM' else 'THF' end,
       "DA_FLG" = case when hashtext("NOM_ID") & 1 = 0 then 'y' else 'N' end,
       "RPT_DTTM" = to_char(date_trunc('month', now()) - (hashtext("OCC_NO" || "NOM_ID") & 7) * interval '1 month' + interval '12 hours', 'YYYYMMDDHH24MI')
     where "OCC_NO" not like '26/%'`,
  );
  await sightline.sql('education', `update "ATT_MARK" set "CODE" = '/' where "STUD_ID" like '6_____'`);
  await missing(0.7, `abs(hashtext("STUD_ID")) % 4 = 0`);
  await missing(0.3, `abs(hashtext("STUD_ID")) % 4 = 1`);
  await missing(0.1, `abs(hashtext("STUD_ID")) % 4 = 2`);
  // Few children are known to police and schools alike: a third of them each way.
  const pupils = [...(await knownTo('education', 'police')).values()];
  const listOf = (agency: string, third?: number) =>
    pupils
      .filter((_, at) => third === undefined || at % 3 === third)
      .flatMap((records) => records[agency] ?? [])
      .map((one) => `'${one}'`)
      .join();
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "DA_FLG", "MH_FLG")
     select '24/' || "NOM_ID", "NOM_ID", 'W', 'DOM', '202410021200', 'Y', 'N' from "T_NOMINAL" where "NOM_ID" in (${listOf('police')})`,
  );
  for (const [third, share] of [0, 0.3, 0.7].entries())
    await missing(share, `"STUD_ID" in (${listOf('education', third)})`);
  await sightline.sql(
    'housing',
    `update rent_acct set bal_amt = (array[-10, 200, 700, 1500])[1 + abs(hashtext(tenancy_ref)) % 4],
       arrears_wks = (array[0, 2, 6, 14])[1 + abs(hashtext(tenancy_ref)) % 4]`,
  );
  await sightline.sql('work-and-pensions', `delete from "SANCTION"`);
  // Of five claimants three were sanctioned, and of those one in three no longer is.
  await sightline.sql(
    'work-and-pensions',
    `insert into "SANCTION" ("SANC_ID", "NINO", "LVL", "ST_DT", "DAYS", "LAST_UPD")
     select 'T' || "CLMNT_ID", "NINO", 'LOW', to_char(now() - interval '10 days', 'DD/MM/YY'),
       (array[91, 91, 7])[1 + abs(hashtext("CLMNT_ID")) % 3], now()
     from "CLMNT" where abs(hashtext("CLMNT_ID")) % 5 > 1`,
  );
  await sightline.sql(
    'childrens-services',
    `insert into "FACT_CAF_EPISODE" ("FACT_CAF_EPISODE_ID", "DIM_PERSON_ID", "START_DTTM", "END_DTTM", "UPDATED_DTTM")
     select 9000000 + "DIM_PERSON_ID", "DIM_PERSON_ID", now() - interval '90 days', null, now()
     from "DIM_PERSON" where "BIRTH_DTTM" > '2009-01-01' and "DIM_PERSON_ID" % 2 = 0`,
  );
}

/** Makes pupils miss this share of the half days for which they have marks. */
const missing = (share: number, which: string) =>
  sightline.sql(
    'education',
    `update "ATT_MARK" m set "CODE" = case when nth <= ${share} * marks then 'O' else '/' end
     from (select "STUD_ID" as pupil, "SESS_DATE" as day, "AMPM" as half, count(*) over (partition by "STUD_ID") as marks,
             row_number() over (partition by "STUD_ID" order by "SESS_DATE", "AMPM") as nth from "ATT_MARK") as one
     where m."STUD_ID" = pupil and m."SESS_DATE" = day and m."AMPM" = half and m."STUD_ID" like '6_____' and ${which}`,
  );

/** Records at two agencies of everybody whom both know and nobody protects, by person. */
async function knownTo(...agencies: readonly string[]): Promise<Map<string, Record<string, string[]>>> {
  const links = (await sightline.store(
    `select person, agency, record from index_record where agency = any($1) and person is not null
       and person not in (select person from index_protection) order by person, agency, record`,
    [agencies],
  )) as { person: string; agency: string; record: string }[];
  const people = new Map<string, Record<string, string[]>>();
  for (const { person, agency, record } of links) {
    const records = people.get(person) ?? {};
    people.set(person, { ...records, [agency]: [...(records[agency] ?? []), record] });
  }
  return new Map([...people].filter(([, records]) => agencies.every((agency) => records[agency])));
}

interface Told {
  people: { value: number | null; suppressed: boolean };
  groups: {
    keys: { dimension: string; value: string | null }[];
    people: { value: number | null; suppressed: boolean };
  }[];
  sources: { agency: { id: string }; state: string; scope: string | null }[];
  method: string;
}
const COHORT = `people { value suppressed } groups { keys { dimension value } people { value suppressed } }
  sources { agency { id } state scope } method`;
async function count(where: string, by: readonly string[] = []): Promise<Told> {
  const query = `{ cohort(where: ${where}, by: [${by.join(', ')}]) { ${COHORT} } }`;
  const answer = await sightline.ask('analyst', query, { reference: null });
  expect(answer.errors).toEqual([]);
  return answer.data.cohort;
}
const table = ({ groups }: Told) =>
  new Map(groups.map(({ keys, people }) => [keys.map(({ value }) => value).join(' '), people.value]));

/** What is told of these people: their number, with the noise that their own keys give. */
function told(people: ReadonlySet<string>): number {
  expect(people.size, 'as many as may be told').toBeGreaterThanOrEqual(10);
  const secret = Buffer.from(readFileSync(join(sightline.dataDir, 'counting.key'), 'utf8'), 'base64');
  const key = [...people].reduce((sum, person) => sum + recordKeyOf(secret, person), 0) % 256;
  return shownCount(people.size, key, ownPerturbationTable());
}
/** The values of a table, of which so many at least are told, and each of those as SQL has it. */
function isTold(answer: Told, expected: By, atLeast: number): void {
  const shown = [...table(answer)].filter(([, value]) => value !== null);
  expect(shown.length).toBeGreaterThanOrEqual(atLeast);
  expect(shown).toEqual(shown.map(([value]) => [value, told(expected.get(value) ?? new Set())]));
}

describe('an analyst counts', () => {
  test('domestic-abuse incidents by month: whoever was in one, in each month in which they were', async () => {
    const answer = await count('{ policeEvents: { category: { is: DOMESTIC_ABUSE } } }', [
      'POLICE_EVENTS_MONTH',
    ]);
    const months = await peopleBy(sightline, 'police', DOMESTIC_ABUSE);
    expect(answer.people.value).toBe(told(all(months)));
    expect(table(answer).size).toBe(12);
    isTold(answer, months, 8);
  });

  test('children known to domestic-abuse incidents and persistently absent', async () => {
    const answer = await count(
      '{ policeEvents: { category: { is: DOMESTIC_ABUSE } }, education: { attendanceBand: { in: [PERSISTENTLY_ABSENT, SEVERELY_ABSENT] } } }',
    );
    const bands = await peopleBy(sightline, 'education', ATTENDANCE);
    const abused = all(await peopleBy(sightline, 'police', DOMESTIC_ABUSE));
    expect(answer.people.value).toBe(told(both(abused, absentOften(bands))));
  });

  test('people in arrears with a sanctioned benefit', async () => {
    const answer = await count(
      '{ housing: { arrearsBand: { in: [UNDER_4_WEEKS, FROM_4_TO_8_WEEKS, OVER_8_WEEKS] } }, benefits: { activeSanction: { is: true } } }',
    );
    const owing = all(await peopleBy(sightline, 'housing', ARREARS));
    const sanctioned = all(await peopleBy(sightline, 'work-and-pensions', SANCTIONED));
    expect(answer.people.value).toBe(told(both(owing, sanctioned)));
  });

  test('open early-help cases by district and attendance band', async () => {
    const answer = await count('{ childSafeguarding: { status: { is: EARLY_HELP } } }', [
      'DISTRICT',
      'EDUCATION_ATTENDANCE_BAND',
    ]);
    const open = all(await peopleBy(sightline, 'childrens-services', EARLY_HELP));
    expect(answer.people.value).toBe(told(open));
    const districts = await peopleByDistrict(sightline, AREAS);
    const bands = await peopleBy(sightline, 'education', ATTENDANCE);
    const cells = crossed(new Map([...districts].map(([name, there]) => [name, both(open, there)])), bands);
    expect(table(answer).size).toBe(8);
    isTold(answer, cells, 6);
  });
});

test.each([
  [
    '{ policeEvents: { category: { is: THEFT } }, education: { attendanceBand: { is: SEVERELY_ABSENT } } }',
    '{ education: { attendanceBand: { is: SEVERELY_ABSENT } }, policeEvents: { category: { is: THEFT } } }',
    '{ all: [{ education: { attendanceBand: { in: [SEVERELY_ABSENT] } } }, { policeEvents: { category: { is: THEFT } } }] }',
    '{ not: { any: [{ not: { policeEvents: { category: { is: THEFT } } } }, { not: { education: { attendanceBand: { is: SEVERELY_ABSENT } } } }] } }',
  ],
])('agencies are named in the directory’s order, however the question is put', async (...phrased) => {
  const named = await Promise.all(
    phrased.map(async (where) => (await count(where)).sources.map(({ agency }) => agency.id)),
  );
  for (const one of named) expect(one).toEqual(['education', 'police']);
});
