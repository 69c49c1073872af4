import { sql } from 'kysely';
import type { AgencyId } from '../../adapters/contract.ts';
import type { Caller } from '../caller/types.ts';
import type { FeatureHash } from './feature-hash.ts';
import { formsOf } from './key-forms.ts';
import { type KnownRecord, loadPeople } from './known-people.ts';
import { identifierKey } from './search-keys.ts';
import type { Store } from './tables.ts';
import type { PersonId } from './types.ts';

/** The caller as someone the agencies have records of. Empty where the token ties the login to nobody known. */
export interface CallerAsPerson {
  sub: string;
  /** Whose records carry the caller's identifier. */
  persons: ReadonlySet<PersonId>;
  /** Who may be the same person as those. */
  near: ReadonlySet<PersonId>;
  records: readonly KnownRecord[];
  /** Whom an agency keeps from any of these → the agencies. */
  apart: ReadonlyMap<PersonId, readonly AgencyId[]>;
}

/** Three statements, or none where the token names no person: it never depends on who is asked for. */
export async function loadCallerAsPerson(
  store: Store,
  caller: Caller,
  hash: FeatureHash,
): Promise<CallerAsPerson> {
  const { person } = caller;
  const hashed = person && hash.identifier(person.system, person.value, caller.organisation);
  if (!hashed) return { sub: caller.sub, persons: new Set(), near: new Set(), records: [], apart: new Map() };
  const own = await sql<{ person: PersonId }>`
    select distinct person from index_record where search_keys && ${formsOf(hashed).map(identifierKey)}::text[] and person is not null`.execute(
    store,
  );
  const persons = own.rows.map((row) => row.person);
  const known = [...(await loadPeople(store, persons)).values()].flatMap(({ records }) => records);
  const near = known.filter(({ candidate }) => candidate).map(({ holder }) => holder);
  const apart = await sql<{ other: PersonId; owners: AgencyId[] }>`
    select other, owners from index_apart where person = any(${[...persons, ...near]}::text[])`.execute(
    store,
  );
  return {
    sub: caller.sub,
    persons: new Set(persons),
    near: new Set(near),
    records: known,
    apart: new Map(apart.rows.map(({ other, owners }) => [other, owners])),
  };
}
