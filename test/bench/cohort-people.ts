import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Agencies of the benchmark, and the rows that they and the index have of people 1 to `people`. */
export const COUNTED_AGENCIES = ['police', 'education', 'housing', 'work-and-pensions'] as const;
export type CountedAgency = (typeof COUNTED_AGENCIES)[number];

/** Whom each agency knows, by a person's number `i`: every person is known to one at least. */
const KNOWS: Record<CountedAgency, string> = {
  police: 'i % 4 = 0',
  education: 'i % 7 = 0',
  housing: 'i % 3 = 0',
  'work-and-pensions': 'i % 2 = 1 or (i % 4 <> 0 and i % 7 <> 0 and i % 3 <> 0)',
};
/** An even number from 0 to 99 that hangs on the person and a word, the same in every database. */
const chance = (word: string) => `(('x' || substr(md5(i || '${word}'), 1, 7))::bit(28)::int % 100)`;
const some = (people: number, agency: CountedAgency) =>
  `from generate_series(1, ${people}) as i where ${KNOWS[agency]}`;
const NINO = `'QQ' || lpad((i % 1000000)::text, 6, '0') || chr(65 + i / 1000000)`;

/** Rows of each agency's own tables; columns that counting never reads are left empty. */
const ROWS: Record<CountedAgency, (people: number) => string[]> = {
  police: (people) => [
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "DA_FLG", "MH_FLG")
      select i, i, case when ${chance('role')} < 70 then 'V' else 'W' end,
        (array['DOM', 'MH', 'ASL', 'THF', 'BUR', 'ASB', 'OTH'])[1 + ${chance('type')} % 7],
        '2026' || lpad((1 + ${chance('month')} % 11)::text, 2, '0') || '151200', 'N', 'N' ${some(people, 'police')}`,
  ],
  education: (people) => [
    `insert into "ACAD_YR" values ('2627', '20260901', '20270731', 'Y')`,
    `insert into "STUD" ("STUD_ID") select i ${some(people, 'education')}`,
    `insert into "ATT_MARK" ("STUD_ID", "SESS_DATE", "AMPM", "CODE", "YR_CD")
      select i, '202610' || lpad(day::text, 2, '0'), 'AM',
        case when ${chance('absent')} < 25 and day % 3 = 0 or ${chance('absent')} between 25 and 49 and day = 5 then 'N' else '/' end, '2627'
      from generate_series(1, ${people}) as i, generate_series(1, 10) as day where ${KNOWS.education}`,
  ],
  housing: (people) => [
    `insert into tenant (tenant_no, tenancy_ref) select i, i ${some(people, 'housing')}`,
    `insert into rent_acct (tenancy_ref, bal_amt, arrears_wks)
      select i, case when ${chance('owes')} < 40 then 500 else 0 end, ${chance('weeks')} % 12 ${some(people, 'housing')}`,
  ],
  'work-and-pensions': (people) => [
    `insert into "CLMNT" ("CLMNT_ID", "NINO") select i, ${NINO} ${some(people, 'work-and-pensions')}`,
    `insert into "SANCTION" ("SANC_ID", "NINO", "LVL", "ST_DT", "DAYS")
      select i, ${NINO}, 'LOW', '20261101', 182 from generate_series(1, ${people}) as i
      where (${KNOWS['work-and-pensions']}) and ${chance('sanction')} < 10`,
  ],
};

/** What the person index has of them, linked. */
const indexRows = (people: number, agency: CountedAgency) => `
  insert into index_record (agency, record, content, names, date_of_birth, sex, postcode, identifiers, search_keys, place_keys,
    protections, relatives, household, adverse, excluded_staff, person, pending)
  select '${agency}', i::text, '', '[]',
    (1940 + (${chance('born')} * 85 / 100))::text || '-06-15',
    (array['FEMALE', 'MALE', 'INDETERMINATE', 'UNKNOWN'])[1 + ${chance('sex')} % 4], 'ZZ' || (1 + ${chance('place')} % 8) || '1AA', '[]',
    '{}', '{}', '{}', '{}', '{}', '{}', '{}', md5(i::text)::uuid::text, false ${some(people, agency)}`;

/** Fills an agency's empty database. */
export async function fillAgency(url: string, root: string, agency: CountedAgency, people: number) {
  await each(url, [
    readFileSync(join(root, 'fixtures', agency, 'schema.sql'), 'utf8'),
    ...ROWS[agency](people),
    'analyze',
  ]);
}

/** Fills the index of a migrated store, as after a pass of every agency's feed. */
export async function fillIndex(url: string, people: number) {
  await each(url, [
    'drop index index_record_search, index_record_place_search',
    ...COUNTED_AGENCIES.flatMap((agency) => [
      indexRows(people, agency),
      `insert into index_feed (agency, as_of, interval_ms) values ('${agency}', now(), 86400000)`,
    ]),
    'analyze',
  ]);
}

async function each(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
