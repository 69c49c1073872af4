import type { AgencyId } from '../../adapters/contract.ts';
import type { CallerAsPerson } from './caller-as-person.ts';
import { samePlace } from './key-forms.ts';
import type { KnownPerson, KnownRecord } from './known-people.ts';

/**
 * The agencies whose records keep this caller from this person: oneself, one's household and declared relatives, the
 * other side of an abuse case and their household, staff whom an agency has named; through candidate links as well,
 * on either side. Empty if nobody does. `ownRecord` is set where people may see their own record.
 */
export function excludingAgencies(
  person: KnownPerson,
  caller: CallerAsPerson,
  ownRecord: boolean,
): ReadonlySet<AgencyId> {
  const named = person.records.filter((record) => record.excluded_staff.includes(caller.sub));
  const near = ownRecord && caller.persons.has(person.person) ? [] : nearCaller(person, caller);
  return new Set([...named.map(({ agency }) => agency), ...near]);
}

function nearCaller(person: KnownPerson, caller: CallerAsPerson): AgencyId[] {
  const self = caller.persons.has(person.person) || caller.near.has(person.person);
  const tied = person.records.filter(
    (record) => self || caller.persons.has(record.holder) || caller.records.some((own) => ties(own, record)),
  );
  const apart = person.records.flatMap(({ holder }) => caller.apart.get(holder) ?? []);
  return [...tied.map(({ agency }) => agency), ...apart];
}

const placeOf = ({ place, place_was: placeWas }: KnownRecord) => ({ place, placeWas });

function ties(own: KnownRecord, other: KnownRecord): boolean {
  if (samePlace(placeOf(own), placeOf(other))) return true;
  if (own.agency !== other.agency) return false;
  return own.relatives.includes(other.record) || other.relatives.includes(own.record);
}
