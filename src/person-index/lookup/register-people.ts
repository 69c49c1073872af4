/** People as the disclosure register knows them: by the ids that they had when an entry was written. */
import type { AgencyId, IdentifierSystem, RecordId } from '../../../adapters/contract.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { createFeatureHash, formsOf } from '../records/feature-hash.ts';
import type { Keys } from '../records/keys.ts';
import { identifierKey } from '../records/search-keys.ts';
import type { PersonId } from '../records/types.ts';

/** These people under every id that they ever had. */
export async function everyIdOf(store: StoreDatabase, people: readonly PersonId[]): Promise<PersonId[]> {
  const { rows } = await plain<{ person: PersonId }>`
    select person from unnest(${[...people]}::text[]) as own (person)
    union select person from index_redirect where survivor = any(${[...people]}::text[])`.execute(store);
  return rows.map(({ person }) => person);
}

/** Every id of the person whose record it is now: none where the agency feeds no such record. */
export async function everyIdOfRecord(
  store: StoreDatabase,
  agency: AgencyId,
  record: RecordId,
): Promise<PersonId[]> {
  const { rows } = await plain<{ person: PersonId }>`
    select person from index_record where agency = ${agency} and record = ${record} and person is not null`.execute(
    store,
  );
  return everyIdOf(
    store,
    rows.map(({ person }) => person),
  );
}

/**
 * The agency's own records that have this number, whatever records of others have it.
 * @returns null where it is no number of its system
 */
export async function recordsWithNumber(
  store: StoreDatabase,
  keys: Keys,
  agency: AgencyId,
  { system, value }: { system: IdentifierSystem; value: string },
): Promise<RecordId[] | null> {
  const hashed = createFeatureHash(keys).identifier(system, value, agency);
  if (hashed === null) return null;
  const { rows } = await plain<{ record: RecordId }>`
    select record from index_record
    where agency = ${agency} and merged_into is null
      and search_keys && ${formsOf(hashed).map(identifierKey)}::text[] order by record`.execute(store);
  return rows.map(({ record }) => record);
}

/**
 * Those who are kept from an officer of this agency, and those whom only other agencies protect or say to be at a hidden place:
 * entries about them are for their owners.
 */
export async function hiddenInRegister(
  store: StoreDatabase,
  agency: AgencyId,
  kept: readonly PersonId[],
): Promise<PersonId[]> {
  const { rows } = await plain<{ person: PersonId }>`
    with hidden as (
      select unnest(${[...kept]}::text[]) as person
      union select person from index_protection where not owners @> array[${agency}]::text[]
    )
    select person from hidden
    union select r.person from index_redirect r join hidden h on h.person = r.survivor`.execute(store);
  return rows.map(({ person }) => person);
}

/** Everybody whom any agency protects. */
export async function protectedPeople(store: StoreDatabase): Promise<PersonId[]> {
  const { rows } = await plain<{ person: PersonId }>`
    select person from index_protection where kind = 'PROTECTED'
    union
    select r.person from index_redirect r join index_protection p on p.person = r.survivor
    where p.kind = 'PROTECTED'`.execute(store);
  return rows.map(({ person }) => person);
}
