/** The people whom analysts ask about, found in the agencies' own rows and the index by SQL that knows nothing of counting. */
import type { Sightline } from './sightline.ts';

export type By = ReadonlyMap<string, ReadonlySet<string>>;

/** Whose these records are, without anybody who is hidden; by each value of theirs. */
export async function peopleBy(sightline: Sightline, agency: string, select: string): Promise<By> {
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

export const all = (by: By): Set<string> => new Set([...by.values()].flatMap((one) => [...one]));
export const both = (one: ReadonlySet<string>, other: ReadonlySet<string> = new Set()): Set<string> =>
  new Set([...one].filter((person) => other.has(person)));

/** In each group of the one and each of the other: `NORTHMOOR ABOVE_95`. */
export const crossed = (one: By, other: By): By =>
  new Map(
    [...one].flatMap(([a, these]) =>
      [...other].map(([b, those]) => [`${a} ${b}`, both(these, those)] as const),
    ),
  );

/** As the police mark it, in two styles; by its type where it is marked as something else by nobody. */
export const DOMESTIC_ABUSE = `select "NOM_ID" as key, substr("RPT_DTTM", 1, 4) || '-' || substr("RPT_DTTM", 5, 2) as value
  from "T_OCCURRENCE" where trim("ROLE_CD") in ('V', 'W', 'I') and (upper(trim("DA_FLG")) in ('Y', '1')
    or (upper(trim("OCC_TYPE")) = 'DOM' and coalesce(upper(trim("MH_FLG")), '') not in ('Y', '1')))`;
/** Per cent of the half days of this year at which somebody could be there and was, by the Department for Education's bands. */
export const ATTENDANCE = `select "STUD_ID" as key, case when share < 50 then 'SEVERELY_ABSENT' when share < 90 then 'PERSISTENTLY_ABSENT'
    when share <= 95 then 'FROM_90_TO_95' else 'ABOVE_95' end as value
  from (select m."STUD_ID", 100.0 * count(*) filter (where upper(trim(m."CODE")) in ('/', chr(92), 'L', 'V', 'P', 'B', 'D', 'K', 'W')) / count(*) as share
    from "ATT_MARK" m join "ACAD_YR" y on y."YR_CD" = m."YR_CD" and upper(trim(y."CURR_FLG")) in ('Y', '1')
    where upper(trim(m."CODE")) in ('/', chr(92), 'L', 'V', 'P', 'B', 'D', 'K', 'W', 'C', 'C1', 'C2', 'J1', 'M', 'R', 'S', 'T', 'I', 'E', 'G', 'N', 'O', 'U')
    group by 1) as pupil`;
export const ARREARS = `select t.tenant_no as key from rent_acct r join tenant t on t.tenancy_ref = r.tenancy_ref where r.bal_amt > 0`;
/** What is not a date in either of the two forms in which the department writes them begins on no day. */
export const SANCTIONED = `select key from (
    select c."CLMNT_ID" as key, s."DAYS"::int as days, case
      when s."ST_DT" ~ '^[0-9]{8}$' then to_date(s."ST_DT", 'YYYYMMDD')
      when s."ST_DT" ~ '^[0-9]{2}/[0-9]{2}/[0-9]{2}$' then to_date(s."ST_DT", 'DD/MM/YY') end as begun
    from "CLMNT" c join "SANCTION" s on s."NINO" = c."NINO") as sanctioned
  where begun <= current_date and begun + days > current_date`;
export const EARLY_HELP = `select e."DIM_PERSON_ID"::text as key from "FACT_CAF_EPISODE" e
  where (e."END_DTTM" is null or e."END_DTTM" = 'infinity' or e."END_DTTM"::date >= current_date or e."END_DTTM" < '1901-01-02')
    and coalesce(trim(e."SEAL_CODE"), '') in ('', 'N', '0')
    and e."DIM_PERSON_ID" not in (select "DIM_PERSON_ID" from "FACT_ADOPTION_SEALS")`;

/** Pupils who miss a tenth or more of what they could be at. */
export const absentOften = (bands: By): Set<string> =>
  all(new Map([...bands].filter(([band]) => /^(PERSISTENTLY|SEVERELY)_ABSENT$/.test(band))));

/**
 * By the postcode of the first agency that gives one, of those that let districts be counted. `districts`: from what a postcode
 * begins with to the name of the district.
 */
export async function peopleByDistrict(
  sightline: Sightline,
  districts: Readonly<Record<string, string>>,
): Promise<By> {
  const rows = (await sightline.store(
    `select distinct on (person) person, substr(postcode, 1, 3) as area
     from index_record where postcode is not null and person not in (select person from index_protection) and agency = any($1)
     order by person, array_position($1, agency), record`,
    [['childrens-services', 'education', 'housing', 'police', 'work-and-pensions']],
  )) as { person: string; area: string }[];
  const found = new Map<string, Set<string>>();
  for (const { person, area } of rows) {
    const district = districts[area];
    if (district !== undefined) found.set(district, (found.get(district) ?? new Set()).add(person));
  }
  return found;
}
