import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { IndexRow, StoreDatabase } from '../../store/tables.ts';
import type { HumanDecision } from '../match/human-decisions.ts';
import type { PersonId } from '../records/types.ts';
import type { ReviewOrigin } from './types.ts';

/** Whose tasks: those of one reference, or of everybody for whoever runs the gateway. */
export interface TaskScope {
  /** Records of the issuing agency that the reference ties. */
  tied: { agency: AgencyId; records: readonly RecordId[] } | null;
  /** Searches of this organisation on this reference made tasks of their own. */
  searched: { organisation: AgencyId; reference: string } | null;
  everybody: boolean;
}
/** Two people of whom it is asked whether they are one. */
export interface PersonPair {
  origin: ReviewOrigin;
  one: PersonId;
  other: PersonId;
}
export type DecidedRow = Pick<HumanDecision, 'agency' | 'record' | 'other_agency' | 'other_record'> & {
  one: PersonId;
  other: PersonId;
};
export type TaskRecord = Pick<
  IndexRow,
  | 'agency'
  | 'record'
  | 'merged_into'
  | 'names'
  | 'date_of_birth'
  | 'sex'
  | 'postcode'
  | 'place'
  | 'place_was'
  | 'identifiers'
> & { person: PersonId };

const scopeOf = ({ tied, searched }: TaskScope) => sql`
  scope as materialized (
    select person from index_record
    where agency = ${tied?.agency ?? ''} and record = any(${tied?.records ?? []}::text[]) and person is not null
    union
    select coalesce(d.survivor, p.person) from index_review v cross join unnest(v.people) as p (person)
      left join index_redirect d on d.person = p.person
    where v.organisation = ${searched?.organisation ?? ''} and v.reference = ${searched?.reference ?? ''}
  )`;

/** Each way to somebody of the scope is a statement part of its own, so that each has an index to go by. */
const candidates = sql`
  select 'CANDIDATE' as origin, r.person as one, c.person as other
  from index_candidate c join index_record r on r.agency = c.agency and r.record = c.record`;

/** Candidate pairs, and pairs that searches could not tell apart; in the order of their ids, after one of them. */
export async function loadPersonPairs(
  store: StoreDatabase,
  scope: TaskScope,
  page: { after: readonly [string, string] | null; limit: number },
): Promise<PersonPair[]> {
  const [one, other] = page.after ?? ['', ''];
  const { rows } = await sql<PersonPair>`
    with ${scopeOf(scope)}, asked as (
      ${candidates} where ${scope.everybody}
      union ${candidates} where r.person in (select person from scope)
      union ${candidates} where c.person in (select person from scope)
      union
      select v.kind, coalesce(da.survivor, a.person), coalesce(db.survivor, b.person)
      from index_review v cross join unnest(v.people) as a (person) cross join unnest(v.people) as b (person)
        left join index_redirect da on da.person = a.person left join index_redirect db on db.person = b.person
      where ${scope.everybody}
        or (v.organisation = ${scope.searched?.organisation ?? ''} and v.reference = ${scope.searched?.reference ?? ''})
    )
    select * from (select distinct origin, one, other from asked) pairs
    where one collate "C" < other collate "C"
      and (one collate "C", other collate "C") > (${one}::text, ${other}::text)
      and exists (select from index_record r where r.person = pairs.one)
      and exists (select from index_record r where r.person = pairs.other)
    order by one collate "C", other collate "C", origin limit ${page.limit}`.execute(store);
  return rows;
}

/** Pairs of records, of a scope or among these people, on which a decision stands or waits. */
export async function loadDecidedRows(
  store: StoreDatabase,
  scope: TaskScope,
  people: readonly PersonId[],
): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    with ${scopeOf(scope)}, latest as (
      select * from index_decision_standing union select * from index_decision_waiting
    )
    select distinct d.agency, d.record, d.other_agency, d.other_record, a.person as one, b.person as other
    from latest d
      join index_record a on a.agency = d.agency and a.record = d.record
      join index_record b on b.agency = d.other_agency and b.record = d.other_record
    where a.person in (select person from scope) or b.person in (select person from scope)
      or (a.person = any(${people}::text[]) and b.person = any(${people}::text[]))
    order by d.agency, d.record, d.other_agency, d.other_record`.execute(store);
  return rows;
}

/** Pairs on which anybody decided, the newest first; those before a decision's id, if one is given. */
export async function loadNewestDecided(
  store: StoreDatabase,
  page: { before: string | null; limit: number },
): Promise<(DecidedRow & { id: string })[]> {
  const { rows } = await sql<DecidedRow & { id: string }>`
    select * from (
      select distinct on (d.agency, d.record, d.other_agency, d.other_record)
        d.id, d.agency, d.record, d.other_agency, d.other_record, a.person as one, b.person as other
      from index_decision d
        join index_record a on a.agency = d.agency and a.record = d.record
        join index_record b on b.agency = d.other_agency and b.record = d.other_record
      order by d.agency, d.record, d.other_agency, d.other_record, d.id desc
    ) newest
    where ${page.before}::bigint is null or id < ${page.before}::bigint
    order by id desc limit ${page.limit}`.execute(store);
  return rows;
}

/** Pairs on which a decision waits for the word of this agency, the oldest first. */
export async function loadAwaiting(
  store: StoreDatabase,
  agency: AgencyId,
  limit: number,
): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    select d.agency, d.record, d.other_agency, d.other_record, a.person as one, b.person as other
    from index_decision_waiting d
      join index_decision w on w.id = d.id
      join index_record a on a.agency = d.agency and a.record = d.record
      join index_record b on b.agency = d.other_agency and b.record = d.other_record
    where ${agency} = any (w.awaits)
    order by d.id limit ${limit}`.execute(store);
  return rows;
}

/** The records of these people, in a fixed order. */
export async function loadTaskRecords(
  store: StoreDatabase,
  people: readonly PersonId[],
): Promise<TaskRecord[]> {
  const { rows } = await sql<TaskRecord>`
    select agency, record, merged_into, names, date_of_birth, sex, postcode, place, place_was, identifiers, person
    from index_record where person = any(${people}::text[]) order by agency, record`.execute(store);
  return rows;
}

/** Which of these people's records are candidates of another of them. */
export async function loadCandidateRecords(
  store: StoreDatabase,
  people: readonly PersonId[],
): Promise<{ agency: AgencyId; record: RecordId; person: PersonId }[]> {
  const { rows } = await sql<{ agency: AgencyId; record: RecordId; person: PersonId }>`
    select c.agency, c.record, c.person
    from index_candidate c join index_record r on r.agency = c.agency and r.record = c.record
    where c.person = any(${people}::text[]) and r.person = any(${people}::text[])`.execute(store);
  return rows;
}

/** Two records by their pointers, whoever's they are. */
export async function loadPairRecords(
  store: StoreDatabase,
  pair: readonly { agency: AgencyId; record: RecordId }[],
): Promise<TaskRecord[]> {
  const { rows } = await sql<TaskRecord>`
    select agency, record, merged_into, names, date_of_birth, sex, postcode, place, place_was, identifiers, person
    from index_record
    join jsonb_to_recordset(${JSON.stringify(pair)}::jsonb) as a (agency text, record text) using (agency, record)
    where person is not null`.execute(store);
  return rows;
}
