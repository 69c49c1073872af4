import type { AgencyId } from '../../adapters/contract.ts';
import type { CallerAsPerson } from './caller-as-person.ts';
import type { KnownPerson, KnownRecord } from './known-people.ts';

/**
 * The agencies whose records keep this caller from this person: oneself, one's household and declared relatives, the
 * other side of an abuse case, staff whom an agency has named; through candidate links as well, on either side.
 * Empty if nobody does. `ownRecord` is set where people may see their own record.
 */
export function excludingAgencies(
  person: KnownPerson,
  caller: CallerAsPerson,
  ownRecord: boolean,
): ReadonlySet<AgencyId> {
  const own = ownRecord && caller.persons.has(person.person);
  const excluding = person.records.filter(
    (record) => record.excluded_staff.includes(caller.sub) || (!own && tiedToCaller(record, caller)),
  );
  const self = !own && (caller.persons.has(person.person) || caller.near.has(person.person));
  return new Set((self ? person.records : excluding).map(({ agency }) => agency));
}

function tiedToCaller(record: KnownRecord, caller: CallerAsPerson): boolean {
  return caller.persons.has(record.holder) || caller.records.some((own) => tied(own, record));
}

function tied(own: KnownRecord, other: KnownRecord): boolean {
  if (own.place !== null && own.place === other.place) return true;
  return own.agency === other.agency && (names(own, other) || names(other, own));
}

function names(one: KnownRecord, other: KnownRecord): boolean {
  return one.relatives.includes(other.record) || one.adverse.includes(other.record);
}
