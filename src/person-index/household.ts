import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import type { Relationship } from '../sharing/types.ts';
import type { Admission } from './admission.ts';
import { admit } from './admit.ts';
import type { Subjects } from './subjects.ts';
import type { Store } from './tables.ts';
import type { HouseholdMember, PersonId, Subject } from './types.ts';

/** Somebody whom an agency names as of a person's household. */
export interface Relative {
  from: Subject;
  agency: AgencyId;
  record: RecordId;
}

/**
 * The people behind household members, in the order given. A VERIFIED or CLAIMED person lends them the relationship,
 * one step far: those reached this way lend it to nobody. Nobody is claimed by it.
 */
export async function householdMembers(
  store: Store,
  admission: Admission,
  subjects: Subjects,
  relatives: readonly Relative[],
): Promise<HouseholdMember[]> {
  const holders = await holdersOf(store, relatives);
  const people = relatives.map(({ agency, record }) => holders.get(key(agency, record)) ?? null);
  const lent = new Map<PersonId, Relationship>();
  relatives.forEach(({ from }, at) => {
    const person = people[at];
    const lends =
      (from.relationship === 'VERIFIED' || from.relationship === 'CLAIMED') && !subjects.isLent(from);
    if (person && lends && lent.get(person) !== 'VERIFIED') lent.set(person, from.relationship);
  });
  const verdicts = await admission.judge(people, (person) => lent.get(person) ?? 'NONE');
  const admitted = await admit(admission, subjects, [...verdicts.values()], {
    missed: false,
    missesCount: false,
    lent: true,
  });
  return people.map((person) => (person === null ? 'UNLINKED' : (admitted.get(person) ?? 'GONE')));
}

/**
 * Which of the records that an agency ties to these people are of somebody hidden from the caller: protected, or kept
 * from them. Two statements for any number of people; nothing is written and nobody alerted, because nobody was asked for.
 */
export async function hiddenRelatives(
  store: Store,
  admission: Admission,
  own: readonly { agency: AgencyId; record: RecordId }[],
): Promise<{ agency: AgencyId; record: RecordId }[]> {
  const { rows } = await sql<{ agency: AgencyId; record: RecordId; person: PersonId }>`
    select distinct o.agency, o.record, o.person
    from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as a (agency text, record text)
    join index_record r on r.agency = a.agency and r.record = a.record
    join index_record o on o.agency = r.agency and o.record = any(r.relatives)`.execute(store);
  const verdicts = await admission.judge(rows.map(({ person }) => person));
  return rows.filter(({ person }) => verdicts.get(person)?.hidden);
}

async function holdersOf(store: Store, relatives: readonly Relative[]): Promise<Map<string, PersonId>> {
  const asked = relatives.map(({ agency, record }) => ({ agency, record }));
  const { rows } = await sql<{ agency: AgencyId; record: RecordId; person: PersonId }>`
    select r.agency, r.record, r.person
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (agency text, record text)
    join index_record r on r.agency = a.agency and r.record = a.record`.execute(store);
  return new Map(rows.map(({ agency, record, person }) => [key(agency, record), person]));
}

const key = (agency: AgencyId, record: RecordId): string => JSON.stringify([agency, record]);
