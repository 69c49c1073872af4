import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { IndexRow, StoreDatabase } from '../../store/tables.ts';
import type { Reach } from '../admit/may-appear.ts';
import { SEARCH_POLICY } from '../admit/search-policy.ts';
import { formsOf } from '../records/feature-hash.ts';
import { identifierKey, questionKeys } from '../records/search-keys.ts';
import type { PersonId } from '../records/types.ts';
import { questionFeatures } from './search-features.ts';
import type { SearchQuery } from './search-query.ts';

/** One record's features, as far as a search may use them. */
export type FoundRecord = Pick<IndexRow, 'names' | 'date_of_birth' | 'sex' | 'postcode' | 'identifiers'> & {
  person: PersonId;
  agency: AgencyId;
  record: RecordId;
};

/**
 * The records within reach of all people whom any of them finds, those first who share most with the question: of people
 * who may appear at most one more than may be weighed, and of all others as many again, whose owners may have to be
 * alerted and who take nobody's place. One statement for every query. The postcode of people under a place shield
 * neither finds them nor leaves the store.
 */
export async function findFeatures(
  store: StoreDatabase,
  query: SearchQuery,
  reach: Reach,
): Promise<FoundRecord[]> {
  const keys = questionKeys(questionFeatures(query));
  const numbers = query.identifier ? formsOf(query.identifier).map(identifierKey) : [];
  const named = [...keys.born, ...keys.name];
  const { tied, at, kept, untied } = reach;
  const anybody = untied === 'ANYBODY';
  const system = query.identifier?.system;
  const numbered = (whose: 'tied' | 'untied') => (system ? [...at[whose].identifiers(system)] : []);
  // Whoever is hidden is looked for as if they were tied: an attempt on them is one on any reference, and on none.
  const within = (whole: Record<'tied' | 'untied', readonly AgencyId[]>) => sql`(
    r.agency = any(${whole.untied}::text[]) and r.person not in (select person from tied)
    or r.agency = any(${whole.tied}::text[])
      and (r.person in (select person from tied) or r.person in (select person from hidden))
    or ${tied.own} and r.agency = ${tied.agency} and r.record = any(${tied.records}::text[]))`;
  const seen = within({ tied: [...at.tied.agencies], untied: [...at.untied.agencies] });
  const { rows } = await sql<FoundRecord>`
    with shielded as materialized (
      select person from index_protection where kind = 'PLACE_SHIELD'
    ), hidden as materialized (
      select person from index_protection where kind = 'PROTECTED' union select unnest(${kept}::text[])
    ), tied as materialized (
      select person from index_record
      where agency = ${tied.agency} and record = any(${tied.records}::text[]) and person is not null
    ), shared as (
      select person, ${query.identifier ? 100 : 0}::int as keys from index_record r
      where search_keys && ${numbers}::text[] and ${within({ tied: numbered('tied'), untied: numbered('untied') })}
      union all
      select person, (
        select count(*) filter (where key = any(${keys.name}::text[]))
          + 10 * count(*) filter (where key = any(${keys.born}::text[]))
        from unnest(search_keys) as key)::int
      from index_record r
      where search_keys && ${named}::text[] and ${seen}
      union all
      select person, 10 from index_record r
      where place_keys && ${keys.place}::text[] and ${seen}
        and person not in (select person from shielded)
    ), met as (
      select person, max(keys) as keys,
        person not in (select person from hidden) and (
          person in (select person from tied) or ${anybody} or person = any(${anybody ? [] : untied}::text[])) as admitted
      from shared where person is not null group by person
    ), found as (
      (select person from met where admitted order by keys desc, person limit ${SEARCH_POLICY.people + 1})
      union all
      (select person from met where not admitted order by keys desc, person limit ${SEARCH_POLICY.people + 1})
    )
    select person, agency, record, names, date_of_birth, sex, identifiers,
      case when person in (select person from shielded) then null else postcode end as postcode
    from index_record r
    where person in (select person from found) and ${seen}
    order by person, agency, record`.execute(store);
  return rows;
}
