import { sql } from 'kysely';
import type { AgencyId } from '../../adapters/contract.ts';
import type { Appearance } from './may-appear.ts';
import { bornKey, identifierKey, postcodeKey } from './search-keys.ts';
import type { SearchQuery } from './search-query.ts';
import type { IndexRow, Store } from './tables.ts';
import type { PersonId } from './types.ts';

/** One record's features, as far as a search may use them. */
export type FoundRecord = Pick<IndexRow, 'names' | 'date_of_birth' | 'sex' | 'postcode' | 'identifiers'> & {
  person: PersonId;
  agency: AgencyId;
};

const MOST_PEOPLE = 200;

/**
 * The records, of agencies that may appear, of all people whom any of them finds. One statement for every query.
 * The postcode of people under a place shield neither finds them nor leaves the store.
 */
export async function findFeatures(
  store: Store,
  query: SearchQuery,
  appearance: Appearance,
): Promise<FoundRecord[]> {
  const { familyName, dateOfBirth, postcode, identifier } = query;
  const agencies = [...appearance.agencies];
  const identifiers = identifier ? [...appearance.identifiers(identifier.system)] : [];
  const { rows } = await sql<FoundRecord>`
    with shielded as (
      select person from index_protection where kind = 'PLACE_SHIELD'
    ), found as (
      select person from index_record
      where agency = any(${identifiers}::text[]) and search_keys && ${identifier ? [identifierKey(identifier.hash)] : []}::text[]
      union
      select person from index_record
      where agency = any(${agencies}::text[])
        and search_keys && ${familyName && dateOfBirth ? [bornKey(familyName, dateOfBirth)] : []}::text[]
      union
      select person from index_record
      where agency = any(${agencies}::text[])
        and place_keys && ${familyName && postcode ? [postcodeKey(familyName, postcode)] : []}::text[]
        and person not in (select person from shielded)
      limit ${MOST_PEOPLE}
    )
    select person, agency, names, date_of_birth, sex, identifiers,
      case when person in (select person from shielded) then null else postcode end as postcode
    from index_record
    where person in (select person from found) and agency = any(${agencies}::text[])
    order by person, agency, record`.execute(store);
  return rows;
}
