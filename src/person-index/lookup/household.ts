import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Relationship } from '../../sharing/policy/types.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Admission } from '../admit/admission.ts';
import type { Subjects } from '../admit/subjects.ts';
import { admit } from '../admit/subjects.ts';
import type { HouseholdMember, PersonId, Subject } from '../records/types.ts';

/** Somebody whom an agency names as of a person's household. */
export interface Relative {
  from: Subject;
  agency: AgencyId;
  record: RecordId;
}

/** A child, their mother, and the man who moved in with her: further no household ties anybody. */
const FURTHEST = 2;

/**
 * The people behind household members, in the order given. A VERIFIED or CLAIMED person lends them the relationship,
 * two households far: those at the end lend it to nobody. Nobody is claimed by it.
 */
export async function householdMembers(
  store: StoreDatabase,
  admission: Admission,
  subjects: Subjects,
  relatives: readonly Relative[],
): Promise<HouseholdMember[]> {
  const holders = await holdersOf(store, relatives);
  const people = relatives.map(({ agency, record }) => holders.get(key(agency, record)) ?? null);
  const lent = lentTo(people, relatives, subjects);
  const verdicts = await admission.judge(people, (person) => lent.get(person)?.relationship ?? 'NONE');
  const admitted = await admit(admission, subjects, [...verdicts.values()], {
    missed: false,
    missesCount: false,
    lentOver: (person) => lent.get(person)?.steps ?? FURTHEST,
  });
  return people.map((person) => (person === null ? 'UNLINKED' : (admitted.get(person) ?? 'GONE')));
}

/** What each is lent: by the strongest relationship, and by the shortest way of those. */
function lentTo(
  people: readonly (PersonId | null)[],
  relatives: readonly Relative[],
  subjects: Subjects,
): Map<PersonId, { relationship: Relationship; steps: number }> {
  const lent = new Map<PersonId, { relationship: Relationship; steps: number }>();
  for (const [at, { from }] of relatives.entries()) {
    const [person, steps, { relationship }] = [people[at], subjects.steps(from) + 1, from];
    if (!person || steps > FURTHEST || (relationship !== 'VERIFIED' && relationship !== 'CLAIMED')) continue;
    const known = lent.get(person);
    const stronger = known?.relationship === 'CLAIMED' && relationship === 'VERIFIED';
    const nearer = known?.relationship === relationship && steps < known.steps;
    if (!known || stronger || nearer) lent.set(person, { relationship, steps });
  }
  return lent;
}

/**
 * Which of the records that an agency ties to these people are of somebody hidden from the caller: protected, or kept
 * from them. Two statements for any number of people; nothing is written and nobody alerted, because nobody was asked for.
 */
export async function hiddenRelatives(
  store: StoreDatabase,
  admission: Admission,
  own: readonly { agency: AgencyId; record: RecordId }[],
): Promise<{ agency: AgencyId; record: RecordId }[]> {
  const { rows } = await plain<{ agency: AgencyId; record: RecordId; person: PersonId }>`
    select distinct o.agency, o.record, o.person
    from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as a (agency text, record text)
    join index_record r on r.agency = a.agency and r.record = a.record
    join index_record o on o.agency = r.agency and o.record = any(r.relatives)`.execute(store);
  const verdicts = await admission.judge(rows.map(({ person }) => person));
  return rows.filter(({ person }) => verdicts.get(person)?.hidden);
}

async function holdersOf(
  store: StoreDatabase,
  relatives: readonly Relative[],
): Promise<Map<string, PersonId>> {
  const asked = relatives.map(({ agency, record }) => ({ agency, record }));
  const { rows } = await plain<{ agency: AgencyId; record: RecordId; person: PersonId }>`
    select r.agency, r.record, r.person
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (agency text, record text)
    join index_record r on r.agency = a.agency and r.record = a.record`.execute(store);
  return new Map(rows.map(({ agency, record, person }) => [key(agency, record), person]));
}

const key = (agency: AgencyId, record: RecordId): string => JSON.stringify([agency, record]);
