import type { AgencyId, Protection, RecordId } from '../../../adapters/contract.ts';
import { plain } from '../../store/prepared.ts';
import type { IndexRow, StoreDatabase } from '../../store/tables.ts';
import type { PersonId } from './types.ts';

/** One agency's record of a person, as far as the gate looks at it. */
export interface KnownRecord
  extends Pick<
    IndexRow,
    'agency' | 'record' | 'merged_into' | 'place' | 'place_was' | 'relatives' | 'excluded_staff'
  > {
  /** Only a candidate: `holder` is the person whose record it is for now. */
  candidate: boolean;
  holder: PersonId;
}
export interface KnownPerson {
  person: PersonId;
  /** Linked and candidate records, by agency and id. */
  records: readonly KnownRecord[];
  /**
   * Records that are no longer fed, and were theirs, or candidates for them: nothing is answered by these, but whom they
   * keep away is kept away until `endRetention`.
   */
  gone: readonly KnownRecord[];
  /** Protection → the agencies whose flags did it. */
  protections: ReadonlyMap<Protection, readonly AgencyId[]>;
}

type Row = KnownRecord & {
  asked: PersonId;
  gone: boolean;
  person: PersonId;
  protections: Partial<Record<Protection, AgencyId[]>> | null;
};

/**
 * What the index knows of these persons, in one statement for any number; those it does not know are left out. One who
 * was merged away answers as the person who survives: the key is the id asked, and `person` whose it is now.
 */
export async function loadPeople(
  store: StoreDatabase,
  people: readonly PersonId[],
): Promise<Map<PersonId, KnownPerson>> {
  const { rows } = await plain<Row>`
    with asked as (
      select a.person as asked, coalesce(d.survivor, a.person) as person
      from unnest(${people}::text[]) as a (person) left join index_redirect d on d.person = a.person
    ), link as (
      select person, agency, record, false as candidate from index_record where person in (select person from asked)
      union all
      select person, agency, record, true from index_candidate where person in (select person from asked)
    ), whole as (
      select l.person, false as gone, l.candidate, r.agency, r.record, r.merged_into, r.person as holder, r.place, r.place_was, r.relatives, r.excluded_staff
      from link l join index_record r on r.agency = l.agency and r.record = l.record
      union all
      select p.person, true, g.person is distinct from p.person, g.agency, g.record, null, g.person, g.place, g.place_was, g.relatives, g.excluded_staff
      from (select distinct person from link) p join index_gone g on g.person = p.person or g.candidates @> array[p.person]
    )
    select a.asked, w.*,
      (select jsonb_object_agg(p.kind, to_jsonb(p.owners)) from index_protection p where p.person = w.person) as protections
    from (select distinct asked, person from asked) a join whole w on w.person = a.person
    order by a.asked, w.agency, w.record`.execute(store);
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

function knownPerson(rows: readonly [Row, ...Row[]]): KnownPerson {
  const [{ person, protections }] = rows;
  return {
    person,
    records: rows.filter(({ gone }) => !gone),
    gone: rows.filter(({ gone }) => gone),
    protections: new Map(Object.entries(protections ?? {}) as [Protection, AgencyId[]][]),
  };
}

/** Linked records of each agency that it has merged into another. */
export function mergedAwayOf({ records }: KnownPerson): Map<AgencyId, ReadonlySet<RecordId>> {
  const merged = records.filter((one) => !one.candidate && one.merged_into !== null);
  const agencies = [...new Set(merged.map(({ agency }) => agency))];
  return new Map(
    agencies.map((agency) => [
      agency,
      new Set(merged.filter((one) => one.agency === agency).map(({ record }) => record)),
    ]),
  );
}

/** Linked records of each agency. */
export function linksOf({ records }: KnownPerson): Map<AgencyId, RecordId[]> {
  const links = new Map<AgencyId, RecordId[]>();
  for (const { agency, record, candidate } of records) {
    if (!candidate) links.set(agency, [...(links.get(agency) ?? []), record]);
  }
  return links;
}
