import type { AgencyId } from '../../../adapters/contract.ts';
import type { Caller } from '../../caller/types.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { FeatureHash } from '../records/feature-hash.ts';
import { formsOf } from '../records/feature-hash.ts';
import { type KnownRecord, loadPeople } from '../records/known-people.ts';
import { identifierKey } from '../records/search-keys.ts';
import type { PersonId } from '../records/types.ts';

/** The caller as someone the agencies have records of. Empty where the token ties the login to nobody known. */
export interface CallerAsPerson {
  /** By which agencies name staff whom they keep from somebody. */
  staff: string;
  /** Whose records carry the caller's identifier. */
  persons: ReadonlySet<PersonId>;
  /** Who may be the same person as those. */
  near: ReadonlySet<PersonId>;
  records: readonly KnownRecord[];
  /** Whom an agency keeps from any of these → the agencies. */
  apart: ReadonlyMap<PersonId, readonly AgencyId[]>;
  /** Everybody who is kept from the caller, as `excludingAgencies` says it of each. */
  kept: readonly PersonId[];
}

type Known = Omit<CallerAsPerson, 'kept'>;

/** Four statements, or one where the token names no person: it never depends on who is asked for. */
export async function loadCallerAsPerson(
  store: StoreDatabase,
  caller: Caller,
  hash: FeatureHash,
): Promise<CallerAsPerson> {
  const known = await loadKnown(store, caller, hash);
  return { ...known, kept: await loadKept(store, known) };
}

async function loadKnown(store: StoreDatabase, caller: Caller, hash: FeatureHash): Promise<Known> {
  const { person } = caller;
  const hashed = person && hash.identifier(person.system, person.value, caller.organisation);
  if (!hashed)
    return { staff: caller.staff, persons: new Set(), near: new Set(), records: [], apart: new Map() };
  const ownRows = await plain<{ person: PersonId }>`
    select distinct person from index_record where search_keys && ${formsOf(hashed).map(identifierKey)}::text[] and person is not null`.execute(
    store,
  );
  const persons = ownRows.rows.map((row) => row.person);
  const ownRecords = [...(await loadPeople(store, persons)).values()].flatMap(({ records, gone }) => [
    ...records,
    ...gone,
  ]);
  const near = ownRecords.filter(({ candidate }) => candidate).map(({ holder }) => holder);
  const apart = await plain<{ other: PersonId; owners: AgencyId[] }>`
    select other, owners from index_apart where person = any(${[...persons, ...near]}::text[])`.execute(
    store,
  );
  return {
    staff: caller.staff,
    persons: new Set(persons),
    near: new Set(near),
    records: ownRecords,
    apart: new Map(apart.rows.map(({ other, owners }) => [other, owners])),
  };
}

/**
 * The people of whom any record, linked or candidate, ties them to the caller as `exclusion.ts` has it: so that they are
 * known before anybody is counted. One statement.
 */
async function loadKept(
  store: StoreDatabase,
  { staff, persons, near, records, apart }: Known,
): Promise<PersonId[]> {
  const places = records.flatMap(({ place, place_was }) => [place, place_was]).filter((at) => at !== null);
  const own = records.map(({ agency, record, relatives }) => ({ agency, record, relatives }));
  const { rows } = await plain<{ person: PersonId }>`
    with own as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as o (agency text, record text, relatives text[])
    ), tie as (
      select agency, record, person from index_record
      where excluded_staff <> '{}' and excluded_staff @> array[${staff}]::text[]
      union all
      select agency, record, person from index_record
      where person = any(${[...persons, ...apart.keys()]}::text[])
      union all
      select agency, record, person from index_record where place = any(${places}::text[])
      union all
      select agency, record, person from index_record where place_was = any(${places}::text[])
      union all
      select r.agency, r.record, r.person
      from own o join index_record r on r.agency = o.agency and r.record = any(o.relatives)
      union all
      select r.agency, r.record, r.person
      from own o join index_record r on r.agency = o.agency and r.relatives <> '{}' and r.relatives @> array[o.record]
    ), gone as (
      select g.person, g.candidates from index_gone g
      where g.excluded_staff @> array[${staff}]::text[]
        or g.person = any(${[...persons, ...apart.keys()]}::text[])
        or g.place = any(${places}::text[]) or g.place_was = any(${places}::text[])
        or exists (
          select from own o where o.agency = g.agency and (g.record = any(o.relatives) or g.relatives @> array[o.record]))
    )
    select person from tie where person is not null
    union select person from gone where person is not null
    union select unnest(candidates) from gone
    union select c.person from tie join index_candidate c on c.agency = tie.agency and c.record = tie.record
    union select unnest(${[...near]}::text[])`.execute(store);
  return rows.map(({ person }) => person);
}
