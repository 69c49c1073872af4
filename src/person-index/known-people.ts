import { sql } from 'kysely';
import type { AgencyId, Protection, RecordId } from '../../adapters/contract.ts';
import type { IndexRow, Store } from './tables.ts';
import type { PersonId } from './types.ts';

/** One agency's record of a person, as far as the gate looks at it. */
export interface KnownRecord
  extends Pick<IndexRow, 'agency' | 'record' | 'place' | 'relatives' | 'excluded_staff'> {
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

type Row = KnownRecord & { person: PersonId; protections: Partial<Record<Protection, AgencyId[]>> | null };

/** What the index knows of these persons, in one statement for any number; those it does not know are left out. */
export async function loadPeople(
  store: Store,
  people: readonly PersonId[],
): Promise<Map<PersonId, KnownPerson>> {
  const { rows } = await sql<Row>`
    with link as (
      select person, agency, record, false as candidate from index_record where person = any(${people}::text[])
      union all
      select person, agency, record, true from index_candidate where person = any(${people}::text[])
    )
    select l.person, l.candidate, r.agency, r.record, r.person as holder, r.place, r.relatives, r.excluded_staff,
      (select jsonb_object_agg(p.kind, to_jsonb(p.owners)) from index_protection p where p.person = l.person) as protections
    from link l join index_record r on r.agency = l.agency and r.record = l.record
    order by l.person, r.agency, r.record`.execute(store);
  return new Map([...groupByPerson(rows)].map(([person, own]) => [person, knownPerson(person, own)]));
}

function groupByPerson(rows: readonly Row[]): Map<PersonId, Row[]> {
  const groups = new Map<PersonId, Row[]>();
  for (const row of rows) groups.set(row.person, [...(groups.get(row.person) ?? []), row]);
  return groups;
}

function knownPerson(person: PersonId, records: readonly Row[]): KnownPerson {
  const protections = Object.entries(records[0]?.protections ?? {}) as [Protection, AgencyId[]][];
  return { person, records, protections: new Map(protections) };
}

/** Linked records of each agency. */
export function linksOf({ records }: KnownPerson): Map<AgencyId, RecordId[]> {
  const links = new Map<AgencyId, RecordId[]>();
  for (const { agency, record, candidate } of records) {
    if (!candidate) links.set(agency, [...(links.get(agency) ?? []), record]);
  }
  return links;
}
