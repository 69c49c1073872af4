import { sql } from 'kysely';
import type { AgencyId, Protection, RecordId } from '../../adapters/contract.ts';
import type { IndexRow, Store } from './tables.ts';
import type { PersonId } from './types.ts';

/** One agency's record of a person, as far as the gate looks at it. */
export interface KnownRecord
  extends Pick<IndexRow, 'agency' | 'record' | 'place' | 'place_was' | 'relatives' | 'excluded_staff'> {
  /** Only a candidate: `holder` is the person whose record it is for now. */
  candidate: boolean;
  holder: PersonId;
}
export interface KnownPerson {
  person: PersonId;
  /** Linked and candidate records, by agency and id. */
  records: readonly KnownRecord[];
  /** Protection → the agencies whose flags did it. */
  protections: ReadonlyMap<Protection, readonly AgencyId[]>;
}

type Row = KnownRecord & {
  asked: PersonId;
  person: PersonId;
  protections: Partial<Record<Protection, AgencyId[]>> | null;
};

/**
 * What the index knows of these persons, in one statement for any number; those it does not know are left out. One who
 * was merged away answers as the person who survives: the key is the id asked, and `person` whose it is now.
 */
export async function loadPeople(
  store: Store,
  people: readonly PersonId[],
): Promise<Map<PersonId, KnownPerson>> {
  const { rows } = await sql<Row>`
    with asked as (
      select a.person as asked, coalesce(d.survivor, a.person) as person
      from unnest(${people}::text[]) as a (person) left join index_redirect d on d.person = a.person
    ), link as (
      select person, agency, record, false as candidate from index_record where person in (select person from asked)
      union all
      select person, agency, record, true from index_candidate where person in (select person from asked)
    )
    select a.asked, l.person, l.candidate, r.agency, r.record, r.person as holder, r.place, r.place_was, r.relatives, r.excluded_staff,
      (select jsonb_object_agg(p.kind, to_jsonb(p.owners)) from index_protection p where p.person = l.person) as protections
    from (select distinct asked, person from asked) a join link l on l.person = a.person
      join index_record r on r.agency = l.agency and r.record = l.record
    order by a.asked, r.agency, r.record`.execute(store);
  return new Map([...groupByAsked(rows)].map(([asked, own]) => [asked, knownPerson(own)]));
}

function groupByAsked(rows: readonly Row[]): Map<PersonId, [Row, ...Row[]]> {
  const groups = new Map<PersonId, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(row.asked);
    if (group) group.push(row);
    else groups.set(row.asked, [row]);
  }
  return groups;
}

function knownPerson(records: readonly [Row, ...Row[]]): KnownPerson {
  const [{ person, protections }] = records;
  return {
    person,
    records,
    protections: new Map(Object.entries(protections ?? {}) as [Protection, AgencyId[]][]),
  };
}

/** Linked records of each agency. */
export function linksOf({ records }: KnownPerson): Map<AgencyId, RecordId[]> {
  const links = new Map<AgencyId, RecordId[]>();
  for (const { agency, record, candidate } of records) {
    if (!candidate) links.set(agency, [...(links.get(agency) ?? []), record]);
  }
  return links;
}
