/** What analysts ask: counted over several agencies, and compared with what SQL finds in the agencies' own rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shownCount } from '../../src/counting/count-cohort.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { recordKeyOf } from '../../src/counting/record-key.ts';
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

type By = ReadonlyMap<string, ReadonlySet<string>>;

/** Whose these records are, without anybody who is hidden; by each value of theirs. */
async function peopleBy(agency: string, select: string): Promise<By> {
  const rows = (await sightline.sql(agency, select)) as { key: string; value?: string }[];
  const links = (await sightline.store(
    `select record, person from index_record where agency = $1 and person is not null
       and person not in (select person from index_protection)`,
    [agency],
  )) as { record: string; person: string }[];
  const owners = new Map(links.map(({ record, person }) => [record, person]));
  const found = new Map<string, Set<string>>();
  for (const { key, value = '' } of rows) {
    const person = owners.get(String(key));
    if (person !== undefined) found.set(value, (found.get(value) ?? new Set()).add(person));
  }
  return found;
}
const peopleIn = async (agency: string, select: string) => all(await peopleBy(agency, select));
const all = (by: By): Set<string> => new Set([...by.values()].flatMap((one) => [...one]));
const both = (one: ReadonlySet<string>, other: ReadonlySet<string> = new Set()): Set<string> =>
  new Set([...one].filter((person) => other.has(person)));

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

const DOMESTIC_ABUSE = `select "NOM_ID" as key, substr("RPT_DTTM", 1, 4) || '-' || substr("RPT_DTTM", 5, 2) as value
  from "T_OCCURRENCE" where upper("DA_FLG") = 'Y' and trim("ROLE_CD") in ('V', 'W', 'I')`;
/** Per cent of the half days of this year at which somebody could be there and was, by the Department for Education's bands. */
const ATTENDANCE = `select "STUD_ID" as key, case when share < 50 then 'SEVERELY_ABSENT' when share < 90 then 'PERSISTENTLY_ABSENT'
    when share <= 95 then 'FROM_90_TO_95' else 'ABOVE_95' end as value
  from (select m."STUD_ID", 100.0 * count(*) filter (where upper(trim(m."CODE")) in ('/', chr(92), 'L', 'V', 'P', 'B', 'D', 'K', 'W')) / count(*) as share
    from "ATT_MARK" m join "ACAD_YR" y on y."YR_CD" = m."YR_CD" and upper(trim(y."CURR_FLG")) in ('Y', '1')
    where upper(trim(m."CODE")) in ('/', chr(92), 'L', 'V', 'P', 'B', 'D', 'K', 'W', 'C', 'C1', 'C2', 'J1', 'M', 'R', 'S', 'T', 'I', 'E', 'G', 'N', 'O', 'U')
    group by 1) as pupil`;
const ARREARS = `select t.tenant_no as key from rent_acct r join tenant t on t.tenancy_ref = r.tenancy_ref where r.bal_amt > 0`;
const SANCTIONED = `select c."CLMNT_ID" as key from "CLMNT" c join "SANCTION" s on s."NINO" = c."NINO"
  where to_date(s."ST_DT", 'DD/MM/YY') <= current_date and to_date(s."ST_DT", 'DD/MM/YY') + s."DAYS"::int > current_date`;
const EARLY_HELP = `select e."DIM_PERSON_ID"::text as key from "FACT_CAF_EPISODE" e
  where (e."END_DTTM" is null or e."END_DTTM" = 'infinity' or e."END_DTTM"::date >= current_date or e."END_DTTM" < '1901-01-02')
    and coalesce(trim(e."SEAL_CODE"), '') in ('', 'N', '0')
    and e."DIM_PERSON_ID" not in (select "DIM_PERSON_ID" from "FACT_ADOPTION_SEALS")`;

/** By the postcode of the first agency that gives one, of those that let districts be counted. */
async function peopleByDistrict(): Promise<By> {
  const rows = (await sightline.store(
    `select distinct on (person) person, case when postcode like 'ZZ1___' then 'NORTH' when postcode ~ '^ZZ[2-8]...$' then 'SOUTH' end as district
     from index_record where postcode is not null and person not in (select person from index_protection) and agency = any($1)
     order by person, array_position($1, agency), record`,
    [['childrens-services', 'education', 'housing', 'police', 'work-and-pensions']],
  )) as { person: string; district: string | null }[];
  const found = new Map<string, Set<string>>();
  for (const { person, district } of rows)
    if (district !== null) found.set(district, (found.get(district) ?? new Set()).add(person));
  return found;
}

describe('an analyst counts', () => {
  test('domestic-abuse incidents by month: whoever was in one, in each month in which they were', async () => {
    const answer = await count('{ policeEvents: { category: { is: DOMESTIC_ABUSE } } }', [
      'POLICE_EVENTS_MONTH',
    ]);
    const months = await peopleBy('police', DOMESTIC_ABUSE);
    expect(answer.people.value).toBe(told(all(months)));
    expect(table(answer).size).toBe(12);
    isTold(answer, months, 8);
  });

  test('children known to domestic-abuse incidents and persistently absent', async () => {
    const answer = await count(
      '{ policeEvents: { category: { is: DOMESTIC_ABUSE } }, education: { attendanceBand: { in: [PERSISTENTLY_ABSENT, SEVERELY_ABSENT] } } }',
    );
    const bands = await peopleBy('education', ATTENDANCE);
    const absent = all(new Map([...bands].filter(([band]) => /^(PERSISTENTLY|SEVERELY)_ABSENT$/.test(band))));
    expect(answer.people.value).toBe(told(both(await peopleIn('police', DOMESTIC_ABUSE), absent)));
  });

  test('people in arrears with a sanctioned benefit', async () => {
    const answer = await count(
      '{ housing: { arrearsBand: { in: [UNDER_4_WEEKS, FROM_4_TO_8_WEEKS, OVER_8_WEEKS] } }, benefits: { activeSanction: { is: true } } }',
    );
    const owing = await peopleIn('housing', ARREARS);
    const sanctioned = await peopleIn('work-and-pensions', SANCTIONED);
    expect(answer.people.value).toBe(told(both(owing, sanctioned)));
  });

  test('open early-help cases by district and attendance band', async () => {
    const answer = await count('{ childSafeguarding: { status: { is: EARLY_HELP } } }', [
      'DISTRICT',
      'EDUCATION_ATTENDANCE_BAND',
    ]);
    const open = await peopleIn('childrens-services', EARLY_HELP);
    expect(answer.people.value).toBe(told(open));
    const [districts, bands] = [await peopleByDistrict(), await peopleBy('education', ATTENDANCE)];
    const cells = new Map(
      [...districts].flatMap(([district, there]) =>
        [...bands].map(([band, pupils]) => [`${district} ${band}`, both(both(open, there), pupils)] as const),
      ),
    );
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
