import { sql } from 'kysely';
import type { AgencyId } from '../../adapters/contract.ts';
import { formsOf } from './key-forms.ts';
import type { Appearance } from './may-appear.ts';
import { questionFeatures } from './search-features.ts';
import { identifierKey, questionKeys } from './search-keys.ts';
import { SEARCH_POLICY } from './search-policy.ts';
import type { SearchQuery } from './search-query.ts';
import type { IndexRow, Store } from './tables.ts';
import type { PersonId } from './types.ts';

/** One record's features, as far as a search may use them. */
export type FoundRecord = Pick<IndexRow, 'names' | 'date_of_birth' | 'sex' | 'postcode' | 'identifiers'> & {
  person: PersonId;
  agency: AgencyId;
};

/**
 * The records, of agencies that may appear, of all people whom any of them finds: at most one person more than may be
 * weighed, those first who share most with the question. One statement for every query. The postcode of people under
 * a place shield neither finds them nor leaves the store.
 */
export async function findFeatures(
  store: Store,
  query: SearchQuery,
  appearance: Appearance,
): Promise<FoundRecord[]> {
  const keys = questionKeys(questionFeatures(query));
  const numbers = query.identifier ? formsOf(query.identifier).map(identifierKey) : [];
  const named = [...keys.born, ...keys.name];
  const agencies = [...appearance.agencies];
  const identifiers = query.identifier ? [...appearance.identifiers(query.identifier.system)] : [];
  const { rows } = await sql<FoundRecord>`
    with shielded as (
      select person from index_protection where kind = 'PLACE_SHIELD'
    ), shared as (
      select person, ${query.identifier ? 100 : 0}::int as keys from index_record
      where agency = any(${identifiers}::text[]) and search_keys && ${numbers}::text[]
      union all
      select person, (
        select count(*) filter (where key = any(${keys.name}::text[]))
          + 10 * count(*) filter (where key = any(${keys.born}::text[]))
        from unnest(search_keys) as key)::int
      from index_record
      where agency = any(${agencies}::text[]) and search_keys && ${named}::text[]
      union all
      select person, 10 from index_record
      where agency = any(${agencies}::text[]) and place_keys && ${keys.place}::text[]
        and person not in (select person from shielded)
    ), found as (
      select person from shared where person is not null group by person
      order by max(keys) desc, person limit ${SEARCH_POLICY.people + 1}
    )
    select person, agency, names, date_of_birth, sex, identifiers,
      case when person in (select person from shielded) then null else postcode end as postcode
    from index_record
    where person in (select person from found) and agency = any(${agencies}::text[])
    order by person, agency, record`.execute(store);
  return rows;
}
